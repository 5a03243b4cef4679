"""A deadline with an hour, and a term that is named: from the plan to the answer."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from emnnet.domain.calendar import Unit
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.roles import Role
from emnnet.mail.writing import written
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import ContributionVersion
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.task import Task
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.desk_rows import open_queries
from emnnet.services.calendar_changes import set_closing_hour
from emnnet.services.routing import save_routing
from emnnet.services.sending import send_routing
from emnnet.services.terms import choose_term
from tests.builders import (
    COORDINATOR,
    a_query,
    a_user,
    an_assignment,
    an_institution,
)
from tests.conftest import NOON
from tests.integration.bench_setup import an_answer
from tests.integration.test_calendars import lithuania_of_2026

VILNIUS = ZoneInfo("Europe/Vilnius")
MONDAY = date(2026, 3, 16)


@pytest.fixture(autouse=True)
def _lithuania(session):
    lithuania_of_2026(session)


@pytest.fixture
def coordinator(signed_in):
    return signed_in(Role.COORDINATOR)


def at(*parts):
    return datetime(2026, *parts, tzinfo=VILNIUS)


def planned(session, **given):
    query, body = a_query(session, **given), an_institution(session)
    cells = {(query.questions[0].id, body.id): CellRole.LEAD}
    save_routing(session, query, cells, by=COORDINATOR, now=NOON)
    session.commit()
    return query


def sent(session, query, now=NOON, *, confirmed=True):
    send_routing(session, query, {}, confirmed=confirmed, by=COORDINATOR, now=now)
    session.commit()
    return session.scalars(select(Assignment)).one()


def letter_of(app, session):
    with app.app_context():
        message = session.scalars(select(OutboxMessage)).one()
        calendar = office_calendar(session)
        mail, _kept = written(session, message, calendar, now=NOON)
        session.rollback()
    return mail


@pytest.mark.parametrize(
    ("closes_at", "zero", "due_on"),
    [
        pytest.param(time(17), date(2026, 3, 17), date(2026, 3, 31), id="on"),
        pytest.param(None, MONDAY, date(2026, 3, 30), id="off"),
    ],
)
def test_a03_sending_late_in_the_evening(session, closes_at, zero, due_on):
    set_closing_hour(session, "LT", closes_at, by=COORDINATOR, now=NOON)
    query = planned(session)
    term = (10, Unit.WORKING_DAYS)
    choose_term(session, query, term, None, by=COORDINATOR, now=NOON)
    assignment = sent(session, query, at(3, 16, 22, 30))
    assert (assignment.due_on, assignment.term_from) == (due_on, zero)


def test_a_term_counts_from_the_sending_not_from_the_planning(session, coordinator):
    query = planned(session)
    body = an_institution(session)
    page = coordinator.get(f"/desk/queries/{query.id}/routing").text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    cell = f"cell-{query.questions[0].id}-{body.id}"
    data = {
        "seen": seen,
        "step": "term",
        "term_unit": "working_days",
        "term_days": "5",
        "due_time": "12:00",
        f"due-{body.id}": "2026-04-02",
        cell: "contributes",
    }
    reply = coordinator.post(f"/desk/queries/{query.id}/routing", data=data)
    assert reply.status_code == 303
    session.rollback()
    session.refresh(query)
    assert (query.term, query.due_time) == ((5, Unit.WORKING_DAYS), time(12))
    send_routing(
        session, query, {}, confirmed=True, by=COORDINATOR, now=NOON + timedelta(days=2)
    )
    dates = {one.due_on for one in session.scalars(select(Assignment))}
    assert dates == {date(2026, 3, 25)}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"term_days": "ten"}, "Write the term as a number of days"),
        ({"term_days": "0"}, "between 1 and 300 days"),
        ({"term_days": "1000"}, "between 1 and 300 days"),
        ({"term_days": "60"}, "is after the reply-by date"),
        ({"term_days": "5", "due_time": "25:00"}, "is no hour"),
    ],
)
def test_a_term_that_cannot_be_is_refused_and_stays_typed(
    session, coordinator, typed, words
):
    query = planned(session)
    data = {"step": "term", "term_unit": "working_days", **typed}
    reply = coordinator.post(f"/desk/queries/{query.id}/routing", data=data)
    assert (reply.status_code, words in reply.text) == (409, True)
    assert f'value="{typed["term_days"]}"' in reply.text
    session.rollback()
    assert session.get_one(Query, query.id).term is None


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ((10, Unit.WORKING_DAYS), "You have 10 working days from the day of sending."),
        ((14, Unit.CALENDAR_DAYS), "You have 14 calendar days from the day of sending"),
    ],
)
def test_a08_the_letter_names_the_kind_of_days(app, session, term, words):
    query = planned(session)
    choose_term(session, query, term, time(12), by=COORDINATOR, now=NOON)
    sent(session, query)
    mail = letter_of(app, session)
    assert words in " ".join(mail.body.split())
    assert "Mon 30 Mar 2026, 12:00" in mail.subject


def test_a06_a_term_over_the_turn_of_the_year_needs_a_confirmation(
    session, coordinator, clock
):
    clock.now = datetime(2026, 12, 28, 10, 0, tzinfo=VILNIUS)
    query = planned(session, reply_by=date(2027, 1, 29))
    term = (10, Unit.WORKING_DAYS)
    choose_term(session, query, term, None, by=COORDINATOR, now=clock.now)
    session.commit()
    keys = list(session.scalars(select(Task.key)))
    assert keys == ["calendar:LT:2027"]
    url = f"/desk/queries/{query.id}/routing/send"
    page = coordinator.get(url).text
    assert "calendar of 2027 is missing" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert coordinator.post(url, data={"seen": seen}).status_code == 422
    session.rollback()
    assert session.scalars(select(Assignment)).all() == []
    data = {"seen": seen, "confirmed": "yes"}
    assert coordinator.post(url, data=data).status_code == 303
    session.rollback()
    due_on = session.scalars(select(Assignment.due_on)).one()
    assert due_on == date(2027, 1, 12)  # 1 January was not taken for a working day


def with_hour(session, due_on, hour=time(12)):
    assignment = an_assignment(session, due_on=due_on)
    assignment.due_time = hour
    session.commit()
    return assignment


def test_a14_late_by_ten_minutes_is_said_and_blocks_nothing(
    session, coordinator, clock
):
    assignment = with_hour(session, MONDAY)
    clock.now = at(3, 16, 12, 10)
    version = an_answer(session, assignment, "Yes.", now=clock.now)
    assert isinstance(version, ContributionVersion)
    assert (version.due_on, version.due_time) == (MONDAY, time(12))
    session.commit()
    for page in ("", "/workbench"):
        text = coordinator.get(f"/desk/queries/{assignment.query_id}{page}").text
        assert "late by 10 minutes" in text


@pytest.mark.parametrize(
    ("now", "words", "late"),
    [
        (at(3, 16, 11, 59), "due today, 12:00", 0),
        (at(3, 16, 12, 1), "late since 12:00", 1),
    ],
)
def test_a14_the_desk_and_the_partner_read_the_hour(
    session, coordinator, signed_in, clock, now, words, late
):
    assignment = with_hour(session, MONDAY)
    clock.now = now
    assert words in coordinator.get("/desk").text
    (row,) = open_queries(session, MONDAY, hour=now.time()).rows
    assert row.late == late
    for path in ("", "/routing"):
        page = coordinator.get(f"/desk/queries/{assignment.query_id}{path}")
        assert page.status_code == 200


@pytest.mark.parametrize("due_on", [date(2026, 3, 29), date(2026, 10, 26)])
def test_a12_twelve_o_clock_on_both_clock_change_days(
    app, session, coordinator, clock, due_on
):
    clock.now = at(3, 2, 9, 0)
    assignment = with_hour(session, due_on)
    clock.now = at(due_on.month, due_on.day, 11, 59)
    (row,) = open_queries(session, due_on, hour=time(11, 59)).rows
    assert row.late == 0
    assert "due today, 12:00" in coordinator.get("/desk").text
    clock.now = at(due_on.month, due_on.day, 12, 1)
    assert "late since 12:00" in coordinator.get("/desk").text
    page = coordinator.get(f"/desk/queries/{assignment.query_id}").text
    assert "late since 12:00" in page


def test_partners_open_their_date_and_never_read_the_reply_by_date(
    session, signed_in, coordinator
):
    query = planned(session, reply_by=date(2026, 4, 10))
    assignment = sent(session, query)
    assert (assignment.term_days, assignment.due_on) == (-5, date(2026, 4, 2))
    user = signed_in(_contact_of(session, assignment))
    for headers in ({}, {"HX-Request": "true"}):
        page = user.get(f"/contributions/{assignment.id}/why", headers=headers).text
        assert "Thu 2 Apr 2026" in page
        assert "not counted: Saturday" in page
        assert "Calendar: LT, 1." in page
        for hidden in ("10 Apr", "2026-04-10", "reply-by"):
            assert hidden not in page
    other = with_hour(session, MONDAY)
    assert user.get(f"/contributions/{other.id}/why").status_code == 403
    office = coordinator.get(f"/desk/queries/{query.id}").text
    assert "Counted back: day zero is the reply-by date" in office


def _contact_of(session, assignment):

    return a_user(session, Role.CONTACT, institution_id=assignment.institution_id)


def test_a06_a_date_given_by_hand_in_a_year_not_loaded_needs_a_confirmation(
    session, coordinator, clock
):
    clock.now = at(11, 16, 10, 0)
    assignment = an_assignment(session, query=a_query(session, reply_by=None))
    cell = assignment.contributions[0]
    url = f"/desk/queries/{assignment.query_id}/routing/cells/{cell.id}/due"
    data = {"due-due_on": "2027-01-04", "due-reason": "The expert is ill."}
    refused = coordinator.post(url, data=data)
    assert (refused.status_code, "calendar of 2027 is missing" in refused.text) == (
        422,
        True,
    )
    assert "its holidays are not loaded yet" in refused.text
    session.rollback()
    assert assignment.due_on == date(2026, 3, 31)
    sure = data | {"due-confirmed": "y"}
    assert coordinator.post(url, data=sure).status_code == 303
    session.rollback()
    assert assignment.due_on == date(2027, 1, 4)
    assert list(session.scalars(select(Task.key))) == ["calendar:LT:2027"]
