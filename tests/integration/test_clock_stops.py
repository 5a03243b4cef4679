"""The clock of a query, stopped and started again: dates, reminders, mails."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.mails import MailKind
from emnnet.domain.pauses import paused_working_days
from emnnet.domain.reminders import Silence
from emnnet.domain.roles import Actor, ActorKind
from emnnet.models.assignment import Assignment
from emnnet.models.clock_stop import ClockStop
from emnnet.models.event import Event
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.chases import open_chases
from emnnet.selectors.clock_stops import clock_stops
from emnnet.services.clock_stops import restart_clock, stop_clock, take_back_stop
from emnnet.services.outbox import mark_sent
from emnnet.services.query_endings import withdraw_query
from emnnet.services.reminders import queue_due_reminders
from tests.builders import COORDINATOR, a_query, an_assignment
from tests.conftest import NOON
from tests.integration.routing_setup import the_holidays

TUESDAY, FRIDAY = date(2026, 3, 17), date(2026, 3, 20)
WHY = "The wording of question 2 is unclear."


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def stop(session, query, day=TUESDAY, reason=WHY, now=None):
    about = {"by": COORDINATOR, "now": now or at(day)}
    return stop_clock(session, query, day, reason, **about)


def restart(session, query, day=FRIDAY):
    return restart_clock(session, query, day, by=COORDINATOR, now=at(day))


def tick(session, day):
    calendar = office_calendar(session)
    now = at(day)
    return queue_due_reminders(session, calendar, today=day, now=now).reminders


def mails(session: Session, kind: MailKind) -> list[OutboxMessage]:
    wanted = select(OutboxMessage).where(
        OutboxMessage.kind == kind, OutboxMessage.expired_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(OutboxMessage.id)))


@pytest.fixture
def query(session):
    """Sent on Monday to two institutions, due on 31 March; reply by 10 April."""
    the_holidays(session, 2026)
    query = a_query(session, questions=2, routed_at=NOON)
    an_assignment(session, query=query, invited_at=NOON)
    an_assignment(session, query=query, invited_at=NOON, role="contributes")
    return query


@pytest.fixture
def assignments(session, query):
    wanted = select(Assignment).where(Assignment.query_id == query.id)
    return session.scalars(wanted.order_by(Assignment.id)).all()


def test_a20_both_dates_move_by_the_paused_working_days(session, query, assignments):
    stop(session, query)
    restart(session, query)
    stop(session, query, date(2026, 3, 23), "And question 1.")
    restart(session, query, date(2026, 3, 24))

    assert query.reply_by == date(2026, 4, 16)  # four working days later
    assert {one.due_on for one in assignments} == {date(2026, 4, 7)}  # over Easter
    stops = clock_stops(session, query)
    assert [one.reason for one in stops] == [WHY, "And question 1."]
    assert [one.working_days for one in stops] == [3, 1]


def test_a20_while_it_stands_nobody_is_reminded_nor_by_what_is_queued(
    session, query, assignments
):
    for one in assignments:
        one.due_on = TUESDAY
    session.commit()
    assert tick(session, date(2026, 3, 18)) == 2

    stop(session, query, date(2026, 3, 18))

    (row, other) = session.scalars(select(Reminder)).all()
    assert row.expired_at == other.expired_at == at(date(2026, 3, 18))
    assert mails(session, MailKind.REMINDER) == []
    chases = open_chases(session, FRIDAY)
    assert {one.chase.silence for one in chases} == {Silence.PAUSED}
    assert tick(session, FRIDAY) == 0


def test_b03_after_the_restart_the_new_date_is_chased_once_more(
    session, query, assignments
):
    assignments[0].due_on = TUESDAY
    session.commit()
    wednesday = date(2026, 3, 18)
    assert tick(session, wednesday) == 1
    for mail in mails(session, MailKind.REMINDER):
        mark_sent(mail, subject="s", body="b", now=at(wednesday))
    stop(session, query, wednesday, now=at(wednesday) + timedelta(hours=1))
    restart(session, query)

    assert assignments[0].due_on == date(2026, 3, 19)
    assert tick(session, date(2026, 3, 23)) == 1
    assert tick(session, date(2026, 3, 24)) == 0
    rows = session.scalars(
        select(Reminder)
        .where(Reminder.assignment_id == assignments[0].id)
        .order_by(Reminder.id)
    ).all()
    assert [row.clock_start for row in rows] == [1, 2]


def test_a20_institutions_are_told_once_at_each_turn(session, query, assignments):
    stop(session, query)
    told = mails(session, MailKind.CLOCK_STOPPED)
    assert len(told) == 2
    assert told[0].facts["reason"] == WHY
    for mail in told:
        mark_sent(mail, subject="s", body="b", now=at(TUESDAY))
    restart(session, query)

    told = mails(session, MailKind.CLOCK_RESTARTED)
    assert [mail.facts["due_on"] for mail in told] == ["2026-04-03"] * 2
    kinds = session.scalars(select(Event.kind).order_by(Event.id)).all()
    assert kinds == ["holidays_loaded", "clock_stopped", "clock_restarted"]


def test_a20_a_question_with_a_date_of_its_own_moves_too(session, query, assignments):
    own = assignments[0].contributions[0]
    own.due_on, own.returned_at, own.return_comment = date(2026, 3, 26), NOON, "More."
    session.commit()
    stop(session, query)
    restart(session, query)
    assert own.due_on == date(2026, 3, 31)


def test_a20_a_second_stop_and_impossible_days_are_refused(session, query):
    with pytest.raises(DomainError, match="in the future"):
        stop(session, query, FRIDAY, now=at(TUESDAY))
    with pytest.raises(DomainError, match="had not been sent"):
        stop(session, query, date(2026, 3, 13), now=at(TUESDAY))
    with pytest.raises(DomainError, match="Say why"):
        stop(session, query, reason=" ")
    stop(session, query)
    with pytest.raises(IllegalAction, match="stopped already"):
        stop(session, query)
    restart(session, query)
    with pytest.raises(DomainError, match="started again on"):
        stop(session, query, date(2026, 3, 18), now=at(FRIDAY))
    with pytest.raises(IllegalAction, match="nothing to start"):
        restart(session, query)


def test_a20_a_partner_cannot_stop_the_clock(session, query):
    partner = Actor(ActorKind.LINK, "focal.point@example.org")
    with pytest.raises(IllegalAction):
        stop_clock(session, query, TUESDAY, WHY, by=partner, now=at(TUESDAY))


def test_a20_a_withdrawn_query_has_no_clock(session, query):
    withdraw_query(session, query, "Not needed.", by=COORDINATOR, now=NOON)
    with pytest.raises(IllegalAction):
        stop(session, query)


def test_a20_started_on_the_day_of_the_stop_nothing_moves_and_nobody_is_told(
    session, query, assignments
):
    for one in assignments:
        one.due_on = date(2026, 3, 16)
    session.commit()
    assert tick(session, TUESDAY) == 2
    stop(session, query)
    restart(session, query, TUESDAY)

    assert query.reply_by == date(2026, 4, 10)
    assert mails(session, MailKind.CLOCK_STOPPED) == []
    assert mails(session, MailKind.CLOCK_RESTARTED) == []
    wednesday = TUESDAY + timedelta(days=1)  # one mail a day: the next one
    assert tick(session, wednesday) == 2  # what the stop had dropped


def test_a20_a_stop_by_mistake_is_taken_back_before_anybody_is_told(session, query):
    made = stop(session, query)
    take_back_stop(session, made, by=COORDINATOR, now=at(TUESDAY))
    assert mails(session, MailKind.CLOCK_STOPPED) == []
    assert clock_stops(session, query) == []
    stop(session, query)
    for mail in mails(session, MailKind.CLOCK_STOPPED):
        mark_sent(mail, subject="s", body="b", now=at(TUESDAY))
    (made,) = clock_stops(session, query)
    with pytest.raises(IllegalAction, match="have been told"):
        take_back_stop(session, made, by=COORDINATOR, now=at(TUESDAY))


def test_a20_a_restart_by_mistake_is_taken_back(session, query, assignments):
    stop(session, query)
    restart(session, query)
    (made,) = clock_stops(session, query)
    take_back_stop(session, made, by=COORDINATOR, now=at(FRIDAY))

    assert (query.reply_by, assignments[0].due_on) == (
        date(2026, 4, 10),
        date(2026, 3, 31),
    )
    assert (made.restarted_on, assignments[0].clock_start) == (None, 1)
    restart(session, query, date(2026, 3, 23))
    assert assignments[0].due_on == date(2026, 4, 7)
    assert len(mails(session, MailKind.CLOCK_RESTARTED)) == 2


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lengths=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4))
def test_a20_stops_move_both_dates_by_exactly_the_paused_working_days(
    session, query, lengths
):
    calendar = office_calendar(session)
    with session.begin_nested() as savepoint:
        before, day = query.reply_by, NOON.date()
        inner = open_chases(session, day)[0].chase.due_on
        for running, standing in lengths:
            day += timedelta(days=running)
            stop(session, query, day)
            day += timedelta(days=standing)
            restart(session, query, day)
        stops = clock_stops(session, query)
        lost = paused_working_days([one.pause for one in stops], calendar)
        chases = open_chases(session, day)
        assert sum(one.working_days for one in stops) == lost
        assert query.reply_by == calendar.add_working_days(before, lost)
        assert {one.chase.due_on for one in chases} == {
            calendar.add_working_days(inner, lost)
        }
        savepoint.rollback()
    session.expire_all()
    assert session.scalars(select(ClockStop)).all() == []
