"""Whether a description of the network holds together, and what it adds up to."""

from datetime import date

import pytest

from emnnet.domain.network import (
    Aspect,
    AspectFact,
    Backing,
    CompetenceFact,
    ContactFact,
    ContactPurpose,
    FormerName,
    InstitutionFact,
    Level,
    MembershipFact,
    MembershipKind,
    NetworkDescription,
    Place,
    Sector,
    SourceFact,
    Standing,
    ThemeFact,
    TieFact,
    TieKind,
)
from emnnet.domain.network_check import composition, problems

GOVERNMENT, NGO = Sector.GOVERNMENT, Sector.NGO
SUBORDINATE = TieKind.SUBORDINATE_TO


def at(line: int) -> Place:
    return Place("some.yaml", line)


def body(id_: str, line: int = 1, **facts: object) -> InstitutionFact:
    return InstitutionFact(id_, id_, id_, GOVERNMENT, place=at(line), **facts)


def tie(under: str, over: str, line: int = 1, **facts: object) -> TieFact:
    kind = facts.pop("kind", SUBORDINATE)
    return TieFact(kind, under, over, place=at(line), **facts)


def found(**rows: object) -> list[str]:
    return [str(problem) for problem in problems(NetworkDescription(**rows))]


@pytest.mark.parametrize(
    ("sectors", "sentence"),
    [
        pytest.param(
            [GOVERNMENT] * 12 + [NGO] * 3 + [Sector.ACADEMIA] * 2,
            "17 partners: 12 government (70.6 %), 5 others (29.4 %)",
            id="Lithuania",
        ),
        pytest.param(
            [GOVERNMENT, NGO],
            "2 partners: 1 government (50.0 %), 1 others (50.0 %)",
            id="one decimal, always",
        ),
        pytest.param(
            [],
            "0 partners: 0 government (0.0 %), 0 others (0.0 %)",
            id="an empty network",
        ),
        pytest.param(
            [GOVERNMENT, GOVERNMENT, NGO, Sector.INTERNATIONAL],
            "3 partners: 2 government (66.7 %), 1 others (33.3 %); "
            "beside them international organisations: 1",
            id="an international organisation is neither",
        ),
    ],
)
def test_composition(sectors: list[Sector], sentence: str):
    assert str(composition(sectors).sentence) == sentence


def test_a_sound_description_has_no_problems():
    assert (
        found(
            sources=[SourceFact("n1", "A page", "https://example.org")],
            institutions=[body("vrm"), body("md")],
            ties=[tie("md", "vrm", backing=Backing(Standing.SOURCED, ("n1",)))],
            memberships=[MembershipFact("md", MembershipKind.PARTNER)],
            themes=[ThemeFact("visas", "Visas", "Vizos", 1)],
            competences=[CompetenceFact("md", "visas", Level.LEAD)],
        )
        == []
    )


def test_unknown_institutions_are_named_with_their_line():
    assert found(
        institutions=[body("md")],
        ties=[tie("md", "vrm", 7)],
        memberships=[MembershipFact("xx", MembershipKind.PARTNER, place=at(8))],
        contacts=[
            ContactFact("yy", "A", "a@example.org", "lt", ContactPurpose.ROUTING, at(9))
        ],
    ) == [
        "some.yaml:7: unknown institution: vrm",
        "some.yaml:8: unknown institution: xx",
        "some.yaml:9: unknown institution: yy",
    ]


def test_unknown_themes_and_sources_are_named():
    named = Backing(Standing.SOURCED, ("n9",))
    facts = (AspectFact(Aspect.NAME, named),)
    assert found(
        institutions=[body("md", 3, facts=facts)],
        competences=[CompetenceFact("md", "vizas", Level.LEAD, named, place=at(4))],
    ) == [
        "some.yaml:4: unknown theme: vizas",
        "some.yaml:3: unknown source: n9",
        "some.yaml:4: unknown source: n9",
    ]


def test_doubled_rows_say_where_the_first_one_stands():
    assert found(
        institutions=[body("md", 1), body("vrm", 2), body("md", 5)],
        ties=[tie("md", "vrm", 11), tie("md", "vrm", 12)],
    ) == [
        "some.yaml:5: doubled: md stands on line 1 already",
        "some.yaml:12: doubled: md subordinate_to vrm stands on line 11 already",
    ]


def test_the_same_tie_in_two_periods_is_not_doubled():
    ties = [
        tie("md", "vrm", valid_to=date(2018, 12, 31)),
        tie("md", "vrm", valid_from=date(2020, 1, 1)),
    ]
    assert found(institutions=[body("md"), body("vrm")], ties=ties) == []


def test_a_circle_of_subordination_is_told_once_with_its_chain():
    bodies = [body(id_) for id_ in "abcd"]
    ties = [tie("a", "b", 1), tie("b", "c", 2), tie("c", "a", 3), tie("d", "a", 4)]
    assert found(institutions=bodies, ties=ties) == [
        "some.yaml:1: subordination goes in a circle: a → b → c → a"
    ]


def test_a_body_under_itself_is_told():
    assert found(institutions=[body("a")], ties=[tie("a", "a", 6)]) == [
        "some.yaml:6: a is tied to itself"
    ]


def test_a_circle_of_cooperation_is_no_problem():
    ties = [
        tie("a", "b", kind=TieKind.COOPERATES_WITH),
        tie("b", "a", kind=TieKind.COOPERATES_WITH),
    ]
    assert found(institutions=[body("a"), body("b")], ties=ties) == []


def test_two_paths_to_the_same_body_are_no_circle():
    ties = [tie("a", "b"), tie("a", "c"), tie("b", "d"), tie("c", "d")]
    assert found(institutions=[body(id_) for id_ in "abcd"], ties=ties) == []


def test_backward_dates_are_told_also_of_former_names():
    late, early = date(2020, 1, 2), date(2020, 1, 1)
    name = FormerName("A", "A", valid_from=late, valid_to=early)
    expected = "the first day 2020-01-02 is after the last day 2020-01-01"
    assert found(
        institutions=[
            body("a", 1, valid_from=late, valid_to=early),
            body("b", 2, former_names=(name,)),
            body("c", 3, valid_from=early, valid_to=early),
        ],
    ) == [f"some.yaml:1: {expected}", f"some.yaml:2: {expected}"]
