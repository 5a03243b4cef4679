"""What a try to send a mail leaves behind: marks, history, tasks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.domain.refusing import is_about_the_address
from emnnet.domain.roles import SCHEDULER
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.models.task import TaskKind
from emnnet.selectors.reminders import reminders_in
from emnnet.services.escalation import promise_copy
from emnnet.services.events import record
from emnnet.services.outbox import mark_failed, mark_sent
from emnnet.services.readdressing import pass_on
from emnnet.services.tasks import open_task


def get_message(session: Session, message_id: int) -> OutboxMessage:
    """The row as it stands now, held until the commit."""
    return session.get_one(
        OutboxMessage,
        message_id,
        populate_existing=True,
        with_for_update={"of": OutboxMessage},
    )


def record_sent(
    session: Session, message: OutboxMessage, *, subject: str, body: str, now: datetime
) -> None:
    """It left: a clock may start, and the history says so. The second time: nothing."""
    if message.sent_at is not None:
        return
    mark_sent(message, subject=subject, body=body, now=now)
    if message.kind is MailKind.REMINDER:
        reminders = reminders_in(session, message)
        promise_copy(session, message, reminders, now=now)
        for reminder in reminders:
            _record(
                session,
                EventKind.REMINDED,
                message,
                reminder.assignment,
                now=now,
                reminder=reminder.kind.value,
                due_on=reminder.due_on,
            )
        return
    if message.kind is MailKind.INVITATION and message.assignment_id is not None:
        _start_clock(session, message.assignment_id, now=now)
    invited = message.kind is MailKind.INVITATION
    kind = EventKind.INVITED if invited else EventKind.MAIL_SENT
    _record(session, kind, message, message.assignment, now=now)


def record_only_sent(
    session: Session,
    message: OutboxMessage,
    *,
    subject: str,
    body: str,
    error: str,
    now: datetime,
) -> None:
    """It left, and the history of it cannot be written: a mark, a clock and a task.

    Without the mark it would leave again and again.
    """
    mark_sent(message, subject=subject, body=body, now=now)
    if message.kind is MailKind.INVITATION and message.assignment_id is not None:
        _start_clock(session, message.assignment_id, now=now)
    _open_task(session, message, TaskKind.RECORD_BROKEN, error, now=now)


def record_failure(
    session: Session, message: OutboxMessage, error: str, *, final: bool, now: datetime
) -> None:
    """It did not leave; once it is given up, a person has to look at it."""
    mark_failed(message, error, final=final, now=now)
    if message.failed_at is not None:
        _give_up(session, message, TaskKind.MAIL_FAILED, error, now=now)


def record_refusal(
    session: Session, message: OutboxMessage, error: str, *, now: datetime
) -> None:
    """The server knows no such address: marked at the contact, never tried again.

    The substitute or the next contact gets the mail, and the office a task.
    """
    contact = message.contact
    if contact is not None and contact.email == message.recipient:
        contact.refused_at, contact.refusal = contact.refused_at or now, error
    mark_failed(message, error, final=True, now=now)
    _give_up(session, message, TaskKind.ADDRESS_REFUSED, error, now=now)
    pass_on(session, message, now=now)


def record_bounce(
    session: Session, message: OutboxMessage, *, status: str, said: str, now: datetime
) -> bool:
    """It came back after it had left: sent stays sent (I01), and a person is told.

    `status` is the code of RFC 3463 ("5.1.1") or empty, `said` what the other server
    wrote. An address that is wrong for good is marked at its contact. False for a
    repeat, which changes nothing.
    """
    if message.bounced_at is not None:
        return False
    error = f"{status} {' '.join(said.split())}".strip()[:500]
    message.bounced_at, message.bounce = now, error
    wrong = is_about_the_address(status)
    contact = message.contact
    if wrong and contact and contact.email.lower() == message.recipient.lower():
        contact.refused_at, contact.refusal = contact.refused_at or now, error
    task = TaskKind.ADDRESS_REFUSED if wrong else TaskKind.MAIL_FAILED
    _open_task(session, message, task, error, now=now)
    return True


def record_unwritable(
    session: Session, message: OutboxMessage, error: str, *, now: datetime
) -> None:
    """Its words could not be put together: tried again, and the office is told."""
    mark_failed(message, error, final=False, now=now)
    _open_task(session, message, TaskKind.RECORD_BROKEN, error, now=now)


def set_aside(
    session: Session,
    message: OutboxMessage,
    reminders: Sequence[Reminder],
    error: str,
    *,
    now: datetime,
) -> None:
    """Take reminders that break a mail out of it; the next run promises them anew."""
    for reminder in reminders:
        assignment = reminder.assignment
        open_task(
            session,
            TaskKind.RECORD_BROKEN,
            f"reminder-broken:{assignment.id}",
            now=now,
            query_id=assignment.query_id,
            institution_id=assignment.institution_id,
            message_id=message.id,
            assignment=assignment.id,
            error=error[:500],
        )
        session.delete(reminder)
    session.flush()


def _start_clock(session: Session, assignment_id: int, *, now: datetime) -> None:
    """Past the version: nobody who edits the assignment is overtaken by a mail."""
    session.execute(
        update(Assignment)
        .where(Assignment.id == assignment_id, Assignment.invited_at.is_(None))
        .values(invited_at=now)
    )


def _give_up(
    session: Session,
    message: OutboxMessage,
    task: TaskKind,
    error: str,
    *,
    now: datetime,
) -> None:
    _open_task(session, message, task, error, now=now)
    _record(
        session,
        EventKind.MAIL_FAILED,
        message,
        message.assignment,
        now=now,
        error=error[:200],
    )


def _open_task(
    session: Session,
    message: OutboxMessage,
    task: TaskKind,
    error: str,
    *,
    now: datetime,
) -> None:
    open_task(
        session,
        task,
        f"{task}:{message.id}",
        now=now,
        query_id=message.query_id,
        institution_id=message.institution_id,
        message_id=message.id,
        address=message.recipient,
        mail=message.kind.value,
        error=error[:500],
    )


def _record(
    session: Session,
    kind: EventKind,
    message: OutboxMessage,
    assignment: Assignment | None,
    *,
    now: datetime,
    **facts: object,
) -> None:
    """A line in the history of the query, if the mail belongs to one."""
    query: Query | None = message.query or (assignment.query if assignment else None)
    if query is None:
        return
    record(
        session,
        kind,
        query,
        by=SCHEDULER,
        now=now,
        assignment=assignment.id if assignment else None,
        institution=assignment.institution.short if assignment else None,
        mail=message.kind.value,
        message=message.id,
        **facts,
    )
