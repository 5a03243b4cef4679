"""What has ended keeps the names and places of its time."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from emnnet.domain.network import Standing, TieKind
from emnnet.domain.reorganisation import NewNames, Plan, Reform
from emnnet.models.contact import Contact
from emnnet.models.tie import Tie
from emnnet.selectors.contacts import find_addressee
from emnnet.selectors.organogram import organogram
from emnnet.selectors.query_cells import asked_questions
from emnnet.services.reorganisation import reorganise
from tests.builders import (
    COORDINATOR,
    a_contact,
    a_query,
    an_assignment,
    an_institution,
)

APRIL = datetime(2026, 4, 20, 9, tzinfo=UTC)
JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)


def do(session, reform, body, **more):
    plan = Plan(reform, JULY.date(), (body.id,), **more)
    return reorganise(session, plan, why="Law", by=COORDINATOR, now=JULY)


def parents(session, body, day):
    bonds = organogram(session, day).bonds
    return [
        bond.target
        for bond in bonds
        if (bond.source, bond.kind) == (body.slug, TieKind.SUBORDINATE_TO)
    ]


def test_k04_each_day_shows_its_state_and_the_first_of_july_one_place(session):
    unit = an_institution(session, email="old.head@example.org")
    a, b = an_institution(session, slug="a"), an_institution(session, slug="b")
    session.add(
        Tie(
            kind=TieKind.SUBORDINATE_TO,
            from_institution_id=unit.id,
            to_institution_id=a.id,
            standing=Standing.SOURCED,
            source_codes=[],
            note="",
        )
    )
    head = session.scalars(
        select(Contact).where(Contact.institution_id == unit.id)
    ).one()
    head.valid_to = date(2026, 5, 14)
    a_contact(session, unit, email="new.head@example.org", valid_from=date(2026, 5, 15))
    do(session, Reform.MOVE, unit, heirs=(b.id,))
    days = [date(2026, 5, 1), date(2026, 5, 20), date(2026, 6, 30), date(2026, 7, 1)]
    assert [parents(session, unit, day) for day in days] == [["a"], ["a"], ["a"], ["b"]]
    heads = [find_addressee(session, unit.id, day).email for day in days[:2]]
    assert heads == ["old.head@example.org", "new.head@example.org"]


def names_on_page(session, query):
    (question,) = asked_questions(session, query)
    return [(one.institution, one.institution_name) for one in question.cells]


def test_k04_d12_a_query_of_april_shows_the_unit_of_april(session):
    unit = an_institution(session, name_en="Old unit", abbreviation="OLD")
    closed, runs = a_query(session, closed_at=APRIL), a_query(session)
    for query in (closed, runs):
        an_assignment(session, query=query, institution=unit)
    do(session, Reform.RENAME, unit, names=NewNames("New unit", "Naujas", "NEW"))
    assert names_on_page(session, closed) == [("OLD", "Old unit")]
    assert names_on_page(session, runs) == [("NEW", "New unit")]


def test_a_second_rename_leaves_each_time_its_name(session):
    unit = an_institution(session, name_en="First", abbreviation="ONE")
    first = a_query(session, closed_at=APRIL)
    second = a_query(session, closed_at=JULY + timedelta(days=3))
    for query in (first, second):
        an_assignment(session, query=query, institution=unit)
    do(session, Reform.RENAME, unit, names=NewNames("Second", "Antras", "TWO"))
    plan = Plan(
        Reform.RENAME,
        date(2026, 8, 1),
        (unit.id,),
        names=NewNames("Third", "Trečias", "THREE"),
    )
    reorganise(session, plan, why="Law", by=COORDINATOR, now=JULY + timedelta(days=40))
    assert names_on_page(session, first) == [("ONE", "First")]
    assert names_on_page(session, second) == [("TWO", "Second")]
