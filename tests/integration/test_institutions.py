"""Institutions: found by any spelling, shown as of a day, each fact with its source."""

from datetime import date

import pytest
from sqlalchemy import select

from emnnet.domain.audience import Dissemination
from emnnet.domain.network import Level, Standing, TieKind
from emnnet.domain.roles import Role
from emnnet.models.competence import Competence
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.institution import FormerName, Institution
from emnnet.models.theme import Theme
from emnnet.models.tie import Tie
from emnnet.selectors.institutions import Wanted, institutions
from emnnet.selectors.names import name_on
from emnnet.selectors.network import partners
from tests.builders import a_query, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.shipped_network import load_lithuania

TODAY = date(2026, 3, 16)


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def the(session, slug):
    return session.scalars(select(Institution).where(Institution.slug == slug)).one()


def slugs(session, on=TODAY, **wanted):
    found = institutions(session, Wanted(**wanted), on)
    return [row.slug for row in found.rows]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        pytest.param(date(2024, 12, 31), "Refugees Reception Centre", id="last day"),
        pytest.param(date(2025, 1, 1), "Reception and Integration Agency", id="next"),
        pytest.param(date(2004, 5, 1), "Refugees Reception Centre", id="long before"),
    ],
)
def test_k04_an_institution_is_called_what_it_was_called_that_day(lithuania, day, name):
    assert name_on(the(lithuania, "pia"), day) == name


def test_a_former_name_without_any_day_is_never_the_name(lithuania):
    body = the(lithuania, "lstc")
    assert name_on(body, date(2004, 5, 1)) == body.name_en


def test_partners_of_a_day_have_the_names_of_that_day(lithuania):
    def name(day):
        return {p.slug: (p.name_en, p.abbreviation) for p in partners(lithuania, day)}

    before, after = date(2022, 12, 31), date(2023, 1, 1)
    assert name(before)["vda"] == ("Statistics Lithuania", "LSD")
    assert name(after)["vda"] == ("State Data Agency (Statistics Lithuania)", "VDA")


@pytest.mark.parametrize(
    "typed",
    ["Užimtumo tarnyba", "uzimtumo  TARNYBA", "užt", "labour exchange", "darbo birža"],
)
def test_k02_an_institution_is_found_by_any_spelling_and_by_former_names(
    lithuania, typed
):
    assert "uzt" in slugs(lithuania, text=typed)


def test_the_list_is_narrowed_by_all_choices_together(lithuania):
    assert slugs(lithuania, sector="ngo", member=True) == ["caritas", "hrmi", "lrk"]
    assert slugs(lithuania, sector="ngo", member=False) == ["ddg"]
    assert slugs(lithuania, theme="health", member=True, text="ministry") == ["sam"]


def test_an_institution_that_ended_is_listed_last_with_its_last_day(lithuania, client):
    assert slugs(lithuania)[-1] == "migration_services"
    assert slugs(lithuania, on=date(2019, 6, 30))[-1] != "migration_services"
    page = client.get("/institutions?q=migration+services").text
    assert "until Sun 30 Jun 2019" in page


def test_each_fact_says_whether_it_is_sourced_and_by_what(lithuania, client):
    page = client.get("/institutions/md").text
    assert "Decides on asylum applications in first instance" in page
    assert 'href="https://www.e-tar.lt/rs/legalact/TAR.10444E09142E/"' in page
    assert "standing-sourced" in page
    assert "standing-plausible" in page


def test_a_page_as_of_a_day_shows_the_ties_and_names_of_that_day(lithuania, client):
    then = client.get("/institutions/md?as_of=2019-06-30").text
    now = client.get("/institutions/md").text
    assert "Successor of" not in then
    assert "Successor of" in now
    assert "Territorial migration services" in now
    pia = client.get("/institutions/pia?as_of=2024-12-31").text
    assert "<h1>Refugees Reception Centre</h1>" in pia


def test_an_institution_that_is_gone_leads_to_its_successor(lithuania, client):
    page = client.get("/institutions/migration_services").text
    assert "It ended on Sun 30 Jun 2019." in page
    assert 'Its tasks went to <a href="/institutions/md">' in page


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (None, False),
        (Role.READER, False),
        (Role.CONTACT, False),
        (Role.APPROVER, True),
        (Role.COORDINATOR, True),
    ],
)
def test_contacts_are_for_the_office_only(session, client, signed_in, role, shown):
    an_institution(session, slug="vsat", email="focal.point@example.org")
    reader = signed_in(role) if role else client
    page = reader.get("/institutions/vsat").text
    assert ("focal.point@example.org" in page) is shown


def answered(session, institution, *, dissemination=Dissemination.YES, **query):
    """A query whose one question the institution answered."""
    assignment = an_assignment(
        session, query=a_query(session, **query), institution=institution
    )
    contribution = session.scalars(
        select(Contribution).where(Contribution.assignment_id == assignment.id)
    ).one()
    contribution.latest_number = 1
    session.add(
        ContributionVersion(
            contribution_id=contribution.id,
            number=1,
            text="SECRET-TEXT",
            dissemination=dissemination,
            submitted_at=NOON,
            submitted_by="Focal point",
            due_on=date(2026, 3, 31),
        )
    )
    session.commit()


def test_f02_answers_are_told_as_far_as_the_reader_may_know(session, client, signed_in):
    body = an_institution(session, slug="vsat")
    published = {"published_at": NOON}
    answered(session, body, title="Open and published", **published)
    answered(session, body, title="Open, not published")
    answered(session, body, title="Closed", dissemination=Dissemination.NO, **published)
    answered(session, body, title="Taken back", **published, unpublished_at=NOON)
    titles = ("Open and published", "Open, not published", "Closed", "Taken back")

    def told(reader):
        page = reader.get("/institutions/vsat").text
        assert "SECRET-TEXT" not in page
        return [title for title in titles if f"{title}<" in page]

    assert told(client) == ["Open and published"]
    assert told(signed_in(Role.READER)) == ["Open and published"]
    assert told(signed_in(Role.COORDINATOR)) == list(titles)


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_takes_three_statements_whatever_its_length(
    session, signed_in, statements, count
):
    a_crowd(session, count)
    office = signed_in(Role.COORDINATOR)
    with statements("SELECT") as seen:
        assert office.get("/institutions").status_code == 200
    assert len(seen) == 3  # the account, institutions with parts, themes


@pytest.mark.parametrize("count", [1, 50])
def test_a_page_takes_four_statements_whatever_hangs_on_it(
    session, signed_in, statements, count
):
    a_crowd(session, count)
    office = signed_in(Role.COORDINATOR)
    with statements("SELECT") as seen:
        page = office.get("/institutions/crowd0")
    assert page.text.count("Theme ") == count
    assert len(seen) == 3  # the account, ties, what is claimed and answered


def a_crowd(session, count):
    """One institution with `count` others tied to it, themes, names and answers."""
    first = an_institution(session, slug="crowd0")
    for n in range(count):
        other = an_institution(session, email=None)
        theme = Theme(slug=f"t{n}", name_en=f"Theme {n}", name_lt="Tema", position=n)
        session.add_all([theme, FormerName(institution_id=other.id, name_en="Old",
                                           name_lt="Senas")])  # fmt: skip
        session.flush()
        session.add(
            Tie(
                kind=TieKind.SUBORDINATE_TO,
                from_institution_id=other.id,
                to_institution_id=first.id,
                standing=Standing.SOURCED,
            )
        )
        session.add(
            Competence(
                institution_id=first.id,
                theme_id=theme.id,
                level=Level.LEAD,
                standing=Standing.SOURCED,
            )
        )
    session.commit()
    for _ in range(min(count, 25)):
        answered(session, first)


def test_an_unknown_institution_is_not_found(client):
    assert client.get("/institutions/nobody").status_code == 404


def test_an_impossible_day_is_told_at_the_field(lithuania, client):
    page = client.get("/institutions/md?as_of=2024-02-30")
    assert page.status_code == 422
    assert "There is no such day as 2024-02-30." in page.text


def test_without_a_network_the_list_says_what_to_do(client):
    assert "emnnet network load" in client.get("/institutions").text


def test_a_search_that_finds_nothing_offers_the_way_back(lithuania, client):
    page = client.get("/institutions?q=nowhere").text
    assert "Nothing found" in page
    assert "Show all institutions" in page
