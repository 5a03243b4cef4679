"""One institution that never reacts, and the days that go by."""

from datetime import UTC, date, datetime, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.network import Duty
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders
from emnnet.models.assignment import Assignment
from emnnet.models.reminder import Reminder
from tests.builders import a_contact, a_query, an_institution
from tests.conftest import Clock
from tests.integration.letters import an_asked

URL = "/desk/mail/planned"
MONDAY = date(2026, 3, 16)
EARLIER = datetime(2026, 2, 16, 8, 0, tzinfo=UTC)


def one_who_never_reacts(session: Session) -> Assignment:
    """Mandated, with somebody above; due on Monday 16 March, reply by 2 April."""
    body = an_institution(session, duty=Duty.MANDATED)
    a_contact(
        session,
        body,
        email="above@example.org",
        for_routing=False,
        for_escalation=True,
    )
    query = a_query(session, questions=2, reply_by=date(2026, 4, 2))
    return an_asked(
        session, query=query, institution=body, due_on=MONDAY, asked_at=EARLIER
    )


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, 5, tzinfo=UTC)


def days_go_by(app: Flask, clock: Clock, first: date, last: date) -> None:
    """Each day the run, then what waits leaves."""
    day = first
    while day <= last:
        clock.now = morning(day)
        queue_reminders(app)
        deliver_outbox(app)
        day += timedelta(1)


def ledger(session: Session) -> list[tuple[str, date]]:
    """Which step was promised on which day, in order."""
    session.rollback()
    rows = session.scalars(select(Reminder).order_by(Reminder.id))
    return [(row.kind.value, row.queued_at.date()) for row in rows]
