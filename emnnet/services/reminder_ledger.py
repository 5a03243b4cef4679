"""The ledger of reminders: a row for each, and never two for the same one."""

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.messages import packed
from emnnet.models.reminder import Reminder
from emnnet.selectors.planned_mail import PlannedReminder
from emnnet.services import reminder_tasks as tasks

log = logging.getLogger(__name__)


def reserve(
    session: Session,
    owing: Sequence[PlannedReminder],
    calendar: Calendar,
    *,
    now: datetime,
) -> tuple[dict[int, int], int]:
    """The new rows with their assignments, and how many assignments broke (B11).

    What stands in the ledger already is left out. All at once; only if that fails,
    each assignment in a savepoint of its own.
    """
    try:
        with session.begin_nested():
            return _reserved(session, owing, calendar, now), 0
    except Exception:
        log.warning("the ledger is written assignment by assignment")
    reserved: dict[int, int] = {}
    broken = 0
    for assignment_id, group in groupby(
        owing, key=lambda one: one.subject.assignment_id
    ):
        try:
            with session.begin_nested():
                reserved |= _reserved(session, list(group), calendar, now)
        except Exception as error:
            broken += 1
            tasks.set_aside(session, assignment_id, error, now=now)
    return reserved, broken


def _reserved(
    session: Session,
    owing: Sequence[PlannedReminder],
    calendar: Calendar,
    now: datetime,
) -> dict[int, int]:
    rows = [_row(one, calendar, now) for one in owing]
    if not rows:
        return {}
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgresql else sqlite.insert
    anew = insert(Reminder).on_conflict_do_nothing()
    numbers = anew.returning(Reminder.id, Reminder.assignment_id)
    return {row.id: row.assignment_id for row in session.execute(numbers, rows)}


def _row(one: PlannedReminder, calendar: Calendar, now: datetime) -> dict[str, object]:
    chase, due = one.subject.chase, one.due
    why = {
        "why": [str(reason) for reason in due.why],
        "said": [packed(reason) for reason in due.why],
        "fell_due_on": due.fell_due_on.isoformat(),
        "due_on": chase.due_on.isoformat(),
        "calendar": calendar.code,
    }
    return {
        "assignment_id": one.subject.assignment_id,
        "contribution_id": one.subject.contribution_id,
        "clock_start": chase.clock_start,
        "kind": due.kind,
        "due_on": one.due_on,
        "queued_at": now,
        "why": why,
    }
