"""Reorganisations: dated facts, what is open follows, and all of it can be undone."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.network import Level, MembershipKind, Standing, TieKind
from emnnet.domain.reorganisation import NewNames, Plan, Reform
from emnnet.models.assignment import Assignment
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.contribution import Contribution
from emnnet.models.event import Event
from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.models.outbox import OutboxMessage
from emnnet.models.theme import Theme
from emnnet.models.tie import Tie
from emnnet.selectors.names import names_on
from emnnet.selectors.organogram import organogram
from emnnet.services.network_undo import undo_act
from emnnet.services.reorganisation import follow_planned, reorganise
from tests.builders import (
    COORDINATOR,
    a_query,
    an_assignment,
    an_institution,
)
from tests.conftest import NOON
from tests.integration.partners import a_link
from tests.integration.test_network_undo import everything

TODAY = NOON.date()
LAST_YEAR = date(2025, 6, 1)
DONE = {"by": COORDINATOR, "now": NOON}


def tie(session, below, above, **given):
    row = Tie(
        kind=TieKind.SUBORDINATE_TO,
        from_institution_id=below.id,
        to_institution_id=above.id,
        standing=Standing.SOURCED,
        source_codes=[],
        note="",
        **given,
    )
    session.add(row)
    session.commit()
    return row


def do(session, reform, *bodies, heirs=(), on=TODAY, **more):
    plan = Plan(
        reform,
        on,
        tuple(one.id for one in bodies),
        tuple(one.id for one in heirs),
        **more,
    )
    return reorganise(session, plan, why="Law 1", **DONE)


def parents(session, body, day):
    bonds = organogram(session, day).bonds
    return [
        b.target for b in bonds if (b.source, b.kind) == (body.slug, "subordinate_to")
    ]


@pytest.fixture
def unit(session):
    """Unit X under A with three open and four closed assignments."""
    unit = an_institution(session, slug="x", abbreviation="X", name_en="Unit X")
    for number in range(7):
        closed = {"closed_at": NOON - timedelta(days=90)} if number > 2 else {}
        query = a_query(session, **closed)
        an_assignment(session, query=query, institution=unit)
    return unit


def of(session, body):
    return session.scalars(
        select(Assignment.id).where(Assignment.institution_id == body.id)
    ).all()


def test_d12_a_unit_moves_and_the_diagram_of_last_year_shows_the_old_place(
    session, unit
):
    a, b = an_institution(session, slug="a"), an_institution(session, slug="b")
    tie(session, unit, a)
    do(session, Reform.MOVE, unit, heirs=[b])
    assert parents(session, unit, LAST_YEAR) == ["a"]
    assert parents(session, unit, TODAY - timedelta(days=1)) == ["a"]
    assert parents(session, unit, TODAY) == ["b"]
    assert len(of(session, unit)) == 7


def test_d12_open_ones_move_and_closed_ones_keep_the_old_unit(session, unit):
    heir = an_institution(session, slug="y", abbreviation="Y")
    done = do(session, Reform.MERGE, unit, heirs=[heir])
    assert len(of(session, heir)) == 3
    closed = session.scalars(
        select(Assignment).where(Assignment.institution_id == unit.id)
    ).all()
    assert [one.institution.name_en for one in closed] == ["Unit X"] * 4
    assert [len(done.followed.moved), len(done.followed.stayed)] == [3, 0]
    kinds = select(Event).where(Event.kind == "assignment_moved")
    assert len(session.scalars(kinds).all()) == 3
    told = session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == "handed_on")
    ).all()
    assert [(one.institution_id, len(one.facts["handed"])) for one in told] == [
        (heir.id, 3)
    ]


def test_what_was_submitted_stays_where_it_was(session):
    unit, heir = an_institution(session), an_institution(session)
    assignment = an_assignment(session, institution=unit)
    for one in session.scalars(select(Contribution)):
        one.latest_number = 1
    session.commit()
    do(session, Reform.MERGE, unit, heirs=[heir])
    assert assignment.institution_id == unit.id


def test_personal_links_keep_working_after_a_merger(session, client):
    unit, heir = an_institution(session), an_institution(session)
    assignment = an_assignment(session, institution=unit)
    path = a_link(session, assignment)
    do(session, Reform.MERGE, unit, heirs=[heir])
    session.commit()
    assert assignment.institution_id == heir.id
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 303


def test_a_body_that_is_asked_itself_keeps_both_apart(session):
    unit, heir = an_institution(session), an_institution(session)
    query = a_query(session, questions=2)
    first = an_assignment(session, institution=unit, query=query)
    an_assignment(session, institution=heir, query=query, role="contributes")
    done = do(session, Reform.MERGE, unit, heirs=[heir])
    assert [one.id for one in done.followed.stayed] == [first.id]
    assert first.institution_id == unit.id


def test_themes_parts_contacts_and_children_go_to_the_heir(session):
    unit, heir = an_institution(session), an_institution(session, email="")
    child, above = an_institution(session), an_institution(session)
    tie(session, child, unit)
    tie(session, unit, above)
    tie(session, heir, above)
    theme = Theme(slug="t", name_en="T", name_lt="T", position=1, keywords={})
    session.add(theme)
    session.flush()
    backed = {"standing": Standing.PLAUSIBLE, "source_codes": []}
    session.add(
        Competence(
            institution_id=unit.id, theme_id=theme.id, level=Level.LEAD, **backed
        )
    )
    session.add(
        Membership(institution_id=unit.id, kind=MembershipKind.PARTNER, **backed)
    )
    session.commit()
    do(session, Reform.MERGE, unit, heirs=[heir])
    assert parents(session, child, TODAY) == [heir.slug]
    assert parents(session, heir, TODAY) == [above.slug]
    leads = session.scalars(select(Competence).order_by(Competence.id)).all()
    assert [(one.institution_id, one.valid_from, one.valid_to) for one in leads] == [
        (unit.id, None, TODAY - timedelta(days=1)),
        (heir.id, TODAY, None),
    ]
    holds = session.scalars(select(Membership).where(Membership.valid_to.is_(None)))
    assert [one.institution_id for one in holds] == [heir.id]
    contact = session.scalars(
        select(Contact).where(Contact.institution_id == heir.id)
    ).one()
    assert contact.valid_to is None


def test_a_rename_keeps_the_former_name(session):
    body = an_institution(session, name_en="Labour Exchange", name_lt="Darbo birža")
    names = NewNames("Employment Service", "Užimtumo tarnyba", "UŽT")
    do(session, Reform.RENAME, body, on=date(2018, 10, 1), names=names)
    assert names_on(body, date(2018, 9, 30)).lt == "Darbo birža"
    assert names_on(body, date(2018, 10, 1)).lt == "Užimtumo tarnyba"


def test_a_split_founds_bodies_in_the_place_of_the_old_one(session):
    unit, above = an_institution(session), an_institution(session)
    tie(session, unit, above)
    founded = (NewNames("One", "Vienas", "ONE"), NewNames("Two", "Du"))
    do(session, Reform.SPLIT, unit, founded=founded)
    picture = organogram(session, TODAY)
    assert {"one", "two"} <= set(picture.by_slug)
    assert unit.slug not in picture.by_slug
    one = session.scalars(select(Institution).where(Institution.slug == "one")).one()
    assert parents(session, one, TODAY) == [above.slug]


@pytest.mark.parametrize("reform", [Reform.MERGE, Reform.SPLIT, Reform.END])
def test_all_of_it_is_undone(session, reform, unit):
    child, above, heir = (an_institution(session) for _ in range(3))
    tie(session, child, unit)
    tie(session, unit, above)
    before = everything(session)
    founded = (NewNames("One", "Vienas"), NewNames("Two", "Du"))
    more = {
        Reform.MERGE: {"heirs": [heir]},
        Reform.SPLIT: {"founded": founded},
        Reform.END: {},
    }[reform]
    done = do(session, reform, unit, **more)
    assert everything(session) != before
    undo_act(session, done.act, **DONE)
    assert everything(session) == before
    waiting = select(OutboxMessage).where(OutboxMessage.expired_at.is_(None))
    assert session.scalars(waiting).all() == []


def test_it_is_not_undone_once_somebody_acted_on_it(session, unit):
    heir = an_institution(session)
    done = do(session, Reform.MERGE, unit, heirs=[heir])
    one = session.scalars(
        select(Contribution)
        .join(Assignment)
        .where(Assignment.institution_id == heir.id)
    ).first()
    one.draft, one.draft_saved_at = "Begun", NOON + timedelta(hours=1)
    session.commit()
    with pytest.raises(IllegalAction):
        undo_act(session, done.act, **DONE)


def test_a_planned_one_moves_what_is_open_on_its_day(session, unit):
    heir, day = an_institution(session), TODAY + timedelta(days=10)
    before = everything(session)
    done = do(session, Reform.MERGE, unit, heirs=[heir], on=day)
    assert (len(of(session, heir)), unit.valid_to) == (0, day - timedelta(days=1))
    assert follow_planned(session, by=COORDINATOR, now=NOON) == 0
    then = NOON + timedelta(days=10)
    assert follow_planned(session, by=COORDINATOR, now=then) == 1
    assert follow_planned(session, by=COORDINATOR, now=then) == 0
    assert len(of(session, heir)) == 3
    undo_act(session, done.act, by=COORDINATOR, now=then)
    assert everything(session) == before


def test_a_planned_name_holds_from_its_day(session):
    body, day = an_institution(session, name_en="Old"), TODAY + timedelta(days=10)
    do(session, Reform.RENAME, body, on=day, names=NewNames("New", "Nauja"))
    assert (body.name_en, names_on(body, day).en) == ("Old", "New")
    follow_planned(session, by=COORDINATOR, now=NOON + timedelta(days=10))
    assert (body.name_en, names_on(body, TODAY).en) == ("New", "Old")


@pytest.mark.parametrize(
    ("reform", "more"),
    [
        (Reform.RENAME, {"names": NewNames("New", " ")}),
        (Reform.MOVE, {}),
        (Reform.MERGE, {}),
        (Reform.SPLIT, {"founded": (NewNames("One", "Vienas"),)}),
        (Reform.END, {"on": date(1990, 1, 1)}),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_changed(session, reform, more):
    body = an_institution(session, valid_from=date(2000, 1, 1))
    before = everything(session)
    with pytest.raises(DomainError):
        do(session, reform, body, **more)
    session.rollback()
    assert everything(session) == before
