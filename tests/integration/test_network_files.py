"""The Lithuanian network, as its files say it."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from emnnet.documents.network_files import read_network
from emnnet.domain.network import (
    Duty,
    MembershipKind,
    Sector,
    Standing,
    TieKind,
    Vocabulary,
)
from emnnet.domain.network_check import composition

LITHUANIA = Path(__file__).parents[2] / "emnnet/data/lt"


@pytest.fixture(scope="module")
def network():
    return read_network(LITHUANIA)


def test_the_lithuanian_network_is_read(network):
    assert len(network.institutions) == 36
    sectors = {body.id: body.sector for body in network.institutions}
    partners = [
        row.institution_id
        for row in network.memberships
        if row.kind is MembershipKind.PARTNER
    ]
    assert str(composition(sectors[id_] for id_ in partners).sentence) == (
        "17 partners: 12 government (70.6 %), 5 others (29.4 %)"
    )
    roles = {
        (row.institution_id, row.kind)
        for row in network.memberships
        if row.kind is not MembershipKind.PARTNER
    }
    assert roles == {
        ("iom", MembershipKind.NCP_COORDINATOR),
        ("vrm", MembershipKind.NCP_EXPERT),
        ("vrm", MembershipKind.STEERING_BOARD),
        ("md", MembershipKind.NCP_EXPERT),
    }


def test_every_partner_has_a_duty_a_competence_and_two_contacts(network):
    duties = {body.id: body.duty for body in network.institutions}
    contacts = Counter(row.institution_id for row in network.contacts)
    competent = {row.institution_id for row in network.competences}
    members = {row.institution_id for row in network.memberships}
    assert {id_ for id_ in members if duties[id_] is None} == set()
    assert {id_: contacts[id_] for id_ in members} == dict.fromkeys(members, 2)
    assert members <= competent
    assert duties["iom"] is Duty.AGREEMENT
    assert all(row.email.endswith("@example.org") for row in network.contacts)


def test_what_is_sourced_has_a_source(network):
    backings = [
        *(fact.backing for body in network.institutions for fact in body.facts),
        *(row.backing for row in network.ties),
        *(row.backing for row in network.memberships),
        *(row.backing for row in network.competences),
    ]
    bare = [b for b in backings if b.standing is Standing.SOURCED and not b.sources]
    assert bare == []


def test_the_organogram_is_no_tree_of_one_kind(network):
    kinds = {(tie.kind, tie.from_id, tie.to_id) for tie in network.ties}
    assert (TieKind.ACCOUNTABLE_TO, "government", "seimas") in kinds
    assert (TieKind.ACCOUNTABLE_TO, "lrski", "seimas") in kinds
    assert (TieKind.APPEAL_TO, "vaat", "lvat") in kinds
    assert (TieKind.SUBORDINATE_TO, "lvat", "seimas") not in kinds
    (police,) = [tie for tie in network.ties if tie.to_id == "migration_services"][:1]
    assert (police.kind, police.valid_to) == (TieKind.COORDINATES, date(2019, 6, 30))


def test_changes_of_names_and_tasks_have_their_days(network):
    names = {
        body.id: [(name.abbreviation, name.valid_to) for name in body.former_names]
        for body in network.institutions
        if body.former_names
    }
    assert names["pia"] == [("PPC / RRC", date(2024, 12, 31))]
    assert names["uzt"] == [("LDB", date(2018, 9, 30))]
    assert names["vda"] == [("LSD", date(2022, 12, 31))]
    (integration,) = [
        row
        for row in network.competences
        if (row.institution_id, row.theme) == ("sadm", "integration")
    ]
    assert integration.valid_from == date(2014, 1, 22)


def test_every_printed_theme_of_the_ies_era_is_mapped(network):
    words = {
        mapping.word
        for theme in network.themes
        for mapping in theme.mappings
        if mapping.vocabulary is Vocabulary.IES
    }
    assert words == {
        *("Border", "Family Reunification", "Integration", "Irregular Migration"),
        *("Miscellaneous", "Protection", "Residence", "Return"),
    }


def test_reading_twice_gives_the_same(network):
    assert read_network(LITHUANIA) == network


def test_rows_know_their_line(network):
    lines = (LITHUANIA / "institutions.yaml").read_text().splitlines()
    places = {body.id: body.place for body in network.institutions}
    assert places["md"].file == "institutions.yaml"
    assert lines[places["md"].line - 1] == '  - id: "md"'


def test_sectors_of_the_36_bodies(network):
    assert Counter(body.sector for body in network.institutions) == {
        Sector.GOVERNMENT: 25,
        Sector.NGO: 4,
        Sector.ACADEMIA: 3,
        Sector.INTERNATIONAL: 2,
        Sector.JUDICIARY: 2,
    }
