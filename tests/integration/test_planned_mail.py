"""B25: what the board shows for a day is what that day's run promises."""

from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.documents.holidays_source import package_calendar
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.models.task import Task
from emnnet.selectors.chases import open_chases
from emnnet.selectors.contacts import reachables
from emnnet.selectors.day_mails import day_mails_reading
from emnnet.selectors.mail_board import board_days, next_run_on, planned_board
from emnnet.selectors.planned_mail import (
    MailPlan,
    day_plan,
    due_reminders,
    institutions_of,
    planned_mails,
    read_terms,
)
from emnnet.selectors.reading import read
from emnnet.services.delivery import still_true
from emnnet.services.outbox import mark_sent, waiting
from emnnet.services.reminders import queue_due_reminders
from tests.integration.network_strategies import NETWORKS, Network, moment, standing
from tests.integration.networks_once_wrong import (
    a_chaser_waits_for_who_promised_one_of_two,
    a_stale_chaser_waits_beside_a_first_one,
)

CALENDAR = package_calendar("LT", range(2026, 2028))
DAYS = 3

Items = set[tuple[int, int, int | None, str]]
"""Institution, assignment, question, step."""


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(NETWORKS)
@example(a_stale_chaser_waits_beside_a_first_one())
@example(a_chaser_waits_for_who_promised_one_of_two())
def test_b25_the_board_equals_what_the_runs_of_the_coming_days_promise(
    session, statements, network
):
    with standing(session, network):
        start = next_run_on(network.now, CALENDAR)
        days = board_days(CALENDAR, start, DAYS)
        terms = read_terms(session, CALENDAR, start)
        before = _counts(session)
        with statements("") as said:
            board = planned_board(session, terms, days, network.today)
        assert {each.split()[0] for each in said} <= {"SELECT", "WITH"}
        assert _counts(session) == before
        for plan in board:
            assert _run(session, plan.day, network) == _shown(plan), plan.day


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(NETWORKS)
def test_b25_the_run_of_today_does_what_the_plan_of_today_says(session, network):
    with standing(session, network):
        plan = planned_mails(session, CALENDAR, network.today)
        assert _shown(plan) == _all_due(session, network)
        queue_due_reminders(session, CALENDAR, today=network.today, now=network.now)
        assert _promised(session, network.now) == _shown(plan)


def _all_due(session: Session, network: Network) -> Items:
    """The same without leaving out what is far off or has ended."""
    terms = read_terms(session, CALENDAR, network.today)
    if not terms.works_on(network.today):
        return set()
    due, _broken = due_reminders(
        open_chases(session, network.today), network.today, terms
    )
    bodies = institutions_of(due)
    (mails,) = read(session, day_mails_reading(bodies, network.today))
    reached = reachables(session, bodies)
    return _shown(day_plan(network.today, due, (), reached, mails.had))


def _shown(plan: MailPlan) -> Items:
    reminders = [one for mail in plan.mails for one in mail.reminders]
    return {
        (
            one.subject.institution_id,
            one.subject.assignment_id,
            one.subject.contribution_id,
            one.due.kind.value,
        )
        for one in [*reminders, *plan.calls]
    }


def _run(session: Session, day: date, network: Network) -> Items:
    """The hourly runs of a day: after each of them what waits leaves."""
    first = max(moment(day), network.now) + timedelta(minutes=1)
    promised: list[Items] = []
    for hours in range(3):
        now = first + timedelta(hours=hours)
        queue_due_reminders(session, CALENDAR, today=day, now=now)
        promised.append(_promised(session, now))
        for message in session.scalars(select(OutboxMessage).where(waiting(now))).all():
            message.attempts += 1
            if still_true(session, message, CALENDAR, now=now):
                mark_sent(message, subject="", body="", now=now)
            session.flush()
    assert promised[2] == set()
    assert not promised[0] & promised[1]
    return promised[0] | promised[1]  # the second where a stale one stood in the way


def _promised(session: Session, now) -> Items:
    session.flush()
    rows = session.scalars(select(Reminder).where(Reminder.queued_at == now))
    return {
        (
            row.assignment.institution_id,
            row.assignment_id,
            row.contribution_id,
            row.kind.value,
        )
        for row in rows
    }


def _counts(session: Session) -> list[int]:
    return [
        session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Reminder, OutboxMessage, Task)
    ]
