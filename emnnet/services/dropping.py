"""Dropping mail to one institution that waits and is no longer true."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from emnnet.domain.mails import MailKind
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.services.outbox import UNENDED, is_under_way, mark_expired


def drop_waiting(
    session: Session,
    assignment: Assignment,
    kinds: Collection[MailKind],
    why: str,
    *,
    now: datetime,
) -> list[OutboxMessage]:
    """Expire the mails of these kinds that have not left, with their ledger rows.

    A reminder is taken out of the mail that holds it; the others in it still leave.
    """
    messages = waiting_mail(session, assignment, kinds)
    for message in messages:
        mark_expired(message, why, now=now)
    dropped = [message.id for message in messages]
    rows = session.scalars(select(Reminder).where(Reminder.message_id.in_(dropped)))
    for reminder in rows:
        reminder.expired_at = reminder.expired_at or now
    if MailKind.REMINDER in kinds:
        drop_reminders(session, [assignment.id], why, now=now)
    return messages


def drop_reminders(
    session: Session,
    assignment_ids: Collection[int],
    why: str,
    *,
    now: datetime,
    contribution_ids: Collection[int] | None = None,
) -> int:
    """Take the reminders that wait out of their mails; one that leaves now is left.

    With `contribution_ids`: only those about these questions. A mail that holds
    nothing more is dropped too. Returns how many were.
    """
    rows = _waiting_reminders(session, assignment_ids, contribution_ids)
    waiting = [
        reminder
        for reminder in rows
        if reminder.message and not is_under_way(reminder.message, now)
    ]
    for reminder in waiting:
        reminder.expired_at = now
    messages = [one.message for one in waiting if one.message]
    _drop_empty(session, messages, why, now=now)
    return len(waiting)


def forget_dropped(
    session: Session, assignment_ids: Collection[int], dropped_at: datetime
) -> None:
    """What was dropped at that moment may be promised again: it was taken back."""
    session.flush()
    session.execute(
        delete(Reminder)
        .where(
            Reminder.assignment_id.in_(assignment_ids),
            Reminder.expired_at == dropped_at,
        )
        .execution_options(synchronize_session="fetch")
    )


def waiting_mail(
    session: Session, assignment: Assignment, kinds: Collection[MailKind]
) -> list[OutboxMessage]:
    """The mails of these kinds that wait to leave, the oldest first."""
    session.flush()
    wanted = select(OutboxMessage).where(
        OutboxMessage.assignment_id == assignment.id,
        OutboxMessage.kind.in_(kinds),
        UNENDED,
    )
    return list(session.scalars(wanted.order_by(OutboxMessage.id)))


def _waiting_reminders(
    session: Session,
    assignment_ids: Collection[int],
    contribution_ids: Collection[int] | None,
) -> list[Reminder]:
    session.flush()
    wanted = (
        select(Reminder)
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id)
        .where(
            Reminder.assignment_id.in_(assignment_ids),
            Reminder.expired_at.is_(None),
            UNENDED,
        )
    )
    if contribution_ids is not None:
        wanted = wanted.where(Reminder.contribution_id.in_(contribution_ids))
    return list(session.scalars(wanted.order_by(Reminder.id)))


def _drop_empty(
    session: Session, messages: Iterable[OutboxMessage], why: str, *, now: datetime
) -> None:
    session.flush()
    by_id = {message.id: message for message in messages}
    full = session.scalars(
        select(Reminder.message_id).where(
            Reminder.message_id.in_(by_id), Reminder.expired_at.is_(None)
        )
    )
    for message_id in by_id.keys() - set(full):
        mark_expired(by_id[message_id], why, now=now)
