"""Reading the outbox for the office: what waits, what left, what did not."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.models.task import Task, TaskKind

PER_PAGE = 50
MAIL_TASKS = (
    TaskKind.MAIL_FAILED,
    TaskKind.ADDRESS_REFUSED,
    TaskKind.NO_CONTACT,
    TaskKind.NOBODY_ABOVE,
    TaskKind.RECORD_BROKEN,
    TaskKind.INTAKE_FAILED,
    TaskKind.ARRIVED_MAIL,
    TaskKind.ARRIVED_LATE,
)


class MailState(StrEnum):
    """Where a mail stands; all but the first are ends."""

    WAITING = "waiting"
    FAILED = "failed"
    SENT = "sent"
    EXPIRED = "expired"
    HELD = "held"


UNENDED: ColumnElement[bool] = (
    OutboxMessage.sent_at.is_(None)
    & OutboxMessage.expired_at.is_(None)
    & OutboxMessage.failed_at.is_(None)
)
"""The condition that a message still waits to leave."""

CONDITIONS: dict[MailState, ColumnElement[bool]] = {
    MailState.WAITING: UNENDED,
    MailState.FAILED: OutboxMessage.failed_at.is_not(None),
    MailState.SENT: OutboxMessage.sent_at.is_not(None),
    MailState.EXPIRED: (
        OutboxMessage.expired_at.is_not(None) & OutboxMessage.held_at.is_(None)
    ),
    MailState.HELD: OutboxMessage.held_at.is_not(None),
}
ORDER = {
    MailState.WAITING: (OutboxMessage.next_try_at, OutboxMessage.id),
    MailState.FAILED: (OutboxMessage.failed_at.desc(), OutboxMessage.id.desc()),
    MailState.SENT: (OutboxMessage.sent_at.desc(), OutboxMessage.id.desc()),
    MailState.EXPIRED: (OutboxMessage.expired_at.desc(), OutboxMessage.id.desc()),
    MailState.HELD: (OutboxMessage.held_at.desc(), OutboxMessage.id.desc()),
}
MAIL_LOADED = (
    joinedload(OutboxMessage.query),
    joinedload(OutboxMessage.institution),
    joinedload(OutboxMessage.contact),
)


@dataclass(frozen=True)
class MailLine:
    """A mail of the list, and how many reminders it holds."""

    message: OutboxMessage
    reminders: int


def mail_counts(session: Session) -> dict[MailState, int]:
    """How many mails stand where. One statement."""
    columns = [func.count().filter(condition) for condition in CONDITIONS.values()]
    row = session.execute(select(*columns).select_from(OutboxMessage)).one()
    return dict(zip(CONDITIONS, row, strict=True))


def mail_lines(session: Session, state: MailState, page: int = 1) -> list[MailLine]:
    """A page of the mails in one state, what matters now first. One statement."""
    reminders = (
        select(func.count())
        .where(Reminder.message_id == OutboxMessage.id, Reminder.expired_at.is_(None))
        .scalar_subquery()
    )
    wanted = (
        select(OutboxMessage, reminders)
        .where(CONDITIONS[state])
        .order_by(*ORDER[state])
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
        .options(*MAIL_LOADED)
    )
    return [MailLine(message, count) for message, count in session.execute(wanted)]


def mail_tasks(session: Session) -> list[Task]:
    """What a person has to see to about mail, the newest first. One statement."""
    wanted = (
        select(Task)
        .where(Task.kind.in_(MAIL_TASKS), Task.done_at.is_(None))
        .order_by(Task.made_at.desc(), Task.id.desc())
        .limit(PER_PAGE)
    )
    return list(session.scalars(wanted))


def find_mail(session: Session, message_id: int) -> OutboxMessage | None:
    """One mail with whom and what it is about, or none."""
    wanted = (
        select(OutboxMessage)
        .where(OutboxMessage.id == message_id)
        .options(
            *MAIL_LOADED,
            joinedload(OutboxMessage.assignment),
            joinedload(OutboxMessage.wording),
        )
    )
    return session.scalar(wanted)


def reminders_of(session: Session, message: OutboxMessage) -> list[Reminder]:
    """All reminders that a mail was to carry, those that expired too. One statement."""
    wanted = (
        select(Reminder)
        .join(Reminder.assignment)
        .join(Assignment.query)
        .where(Reminder.message_id == message.id)
        .order_by(Reminder.due_on, Reminder.id)
        .options(contains_eager(Reminder.assignment).contains_eager(Assignment.query))
    )
    return list(session.scalars(wanted))
