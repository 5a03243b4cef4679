"""What the office has to see to before an institution can be reminded."""

import logging
from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.models.task import Task, TaskKind
from emnnet.services.tasks import open_task

log = logging.getLogger(__name__)


def set_aside(
    session: Session, assignment_id: int, error: Exception, *, now: datetime
) -> None:
    """Tell the log and the office of a record that breaks the job; it goes on."""
    log.error("no reminder for assignment %d", assignment_id, exc_info=error)
    assignment = session.get(Assignment, assignment_id)
    task = open_task(
        session,
        TaskKind.RECORD_BROKEN,
        f"reminder-broken:{assignment_id}",
        now=now,
        query_id=assignment.query_id if assignment else None,
        institution_id=assignment.institution_id if assignment else None,
        assignment=assignment_id,
        error=f"{type(error).__name__}: {error}"[:500],
    )
    _not_done_yet(task, now)


def nobody_to_write_to(session: Session, institution_id: int, *, now: datetime) -> None:
    """An institution owes answers and has neither contact nor mailbox."""
    task = open_task(
        session,
        TaskKind.NO_CONTACT,
        f"no-contact:{institution_id}",
        now=now,
        institution_id=institution_id,
    )
    _not_done_yet(task, now)


def nobody_above(session: Session, message: OutboxMessage, *, now: datetime) -> None:
    """A chaser was to go to those above, too, and nobody is named there."""
    open_task(
        session,
        TaskKind.NOBODY_ABOVE,
        f"nobody-above:{message.institution_id}",
        now=now,
        institution_id=message.institution_id,
        message_id=message.id,
    )


def call(session: Session, reminder: Reminder, *, now: datetime) -> None:
    """Somebody of the office is to telephone: mails have not helped."""
    assignment = reminder.assignment
    open_task(
        session,
        TaskKind.CALL,
        f"call:{assignment.id}:{reminder.clock_start}",
        now=now,
        query_id=assignment.query_id,
        institution_id=assignment.institution_id,
        assignment=assignment.id,
        contribution=reminder.contribution_id,
        due_on=reminder.due_on.isoformat(),
    )


def _not_done_yet(task: Task, now: datetime) -> None:
    """It was ticked off, and here it is again."""
    if task.done_at is not None:
        task.done_at, task.done_by, task.made_at = None, None, now
