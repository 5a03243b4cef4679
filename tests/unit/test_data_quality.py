"""Findings about the network, rule by rule."""

from datetime import date

import pytest

from emnnet.domain.data_quality import (
    BodyLife,
    FindingKind,
    NetworkRows,
    PartRow,
    TieRow,
    findings,
)
from emnnet.domain.network import MembershipKind, Sector, Standing, TieKind

TODAY = date(2026, 3, 16)
K = FindingKind
UNDER = TieKind.SUBORDINATE_TO


def body(id_, begin=None, end=None, sector=Sector.GOVERNMENT):
    return BodyLife(id_, f"b{id_}", f"B{id_}", sector, begin, end)


def tie(id_, source, target, begin=None, end=None, kind=UNDER, **more):
    stands = {"standing": Standing.SOURCED, "has_source": True} | more
    return TieRow(id_, kind, source, target, begin, end, **stands)


def part(id_, of, begin=None, end=None, key=MembershipKind.PARTNER, **more):
    stands = {"standing": Standing.SOURCED, "has_source": True} | more
    return PartRow(id_, "membership", of, key, "partner", begin, end, **stands)


def found(bodies, ties=(), parts=(), **more):
    rows = NetworkRows(
        TODAY, {one.id: one for one in bodies}, list(ties), list(parts), **more
    )
    return [(one.kind, one.slug, one.told) for one in findings(rows)]


def test_a_network_that_holds_together_has_no_finding():
    ties = [tie(1, 1, 2)]
    assert found([body(1), body(2)], ties, [part(1, 1)], reachable={1}) == []


def test_a_circle_is_found_once_with_its_chain():
    assert found([body(1), body(2)], [tie(1, 1, 2), tie(2, 2, 1)]) == [
        (K.CIRCLE, "b1", "B1 → B2 → B1")
    ]


@pytest.mark.parametrize(
    ("begin", "end", "is_found"),
    [
        (date(2010, 1, 1), date(2019, 6, 30), False),
        (date(2010, 1, 1), None, True),
        (date(2009, 12, 31), date(2019, 6, 30), True),
        (None, date(2019, 6, 30), False),
    ],
)
def test_a_tie_beyond_the_days_of_a_body(begin, end, is_found):
    short = body(2, date(2010, 1, 1), date(2019, 6, 30))
    ties = [
        tie(1, 1, 2, begin, end),
        tie(2, 1, 3),
        tie(3, 1, 2, kind=TieKind.SUCCESSOR_OF),
    ]
    kinds = [kind for kind, _, _ in found([body(1), short, body(3)], ties)]
    assert (K.TIE_OUTSIDE in kinds) is is_found


@pytest.mark.parametrize(
    ("end", "begin", "is_found"),
    [
        (date(2019, 6, 30), date(2019, 7, 1), False),
        (date(2019, 7, 1), date(2019, 7, 1), True),
        (None, date(2019, 7, 1), True),
    ],
)
def test_parts_that_overlap(end, begin, is_found):
    parts = [part(1, 1, None, end), part(2, 1, begin)]
    kinds = [k for k, _, _ in found([body(1, sector=Sector.NGO)], parts=parts)]
    assert (K.OVERLAP in kinds) is is_found


def test_two_heads_no_place_no_contact_and_no_successor():
    bodies = [body(1), body(2), body(3), body(4), body(5, None, date(2020, 1, 1))]
    ties = [tie(1, 1, 2), tie(2, 1, 3)]
    assert found(bodies, ties, [part(1, 1)]) == [
        (K.TWO_PARENTS, "b1", "B2, B3"),
        (K.NO_PARENT, "b4", ""),
        (K.NO_SUCCESSOR, "b5", ""),
        (K.NO_CONTACT, "b1", ""),
    ]


def test_what_outlives_its_body_and_what_is_planned_for_it():
    ended = [body(1, None, date(2020, 1, 1), Sector.NGO), body(2)]
    ties = [
        tie(1, 2, 1, kind=TieKind.SUCCESSOR_OF),
        tie(2, 2, 1, None, date(2019, 1, 1)),
    ]
    kinds = [
        kind
        for kind, _, _ in found(ended, ties, [part(1, 1)], planned={1}, reachable={1})
    ]
    assert kinds == [K.NO_PARENT, K.OF_ENDED, K.PLANNED_FOR_ENDED]


def test_facts_without_a_source_and_those_nobody_checked():
    parts = [
        part(1, 1, has_source=False),
        part(2, 1, key="x", standing=Standing.PLAUSIBLE),
    ]
    kinds = found([body(1, sector=Sector.NGO)], parts=parts, reachable={1})
    assert [kind for kind, _, _ in kinds] == [K.NO_SOURCE, K.PLAUSIBLE]
