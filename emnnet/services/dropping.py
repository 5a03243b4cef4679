"""Dropping mail to one institution that waits and is no longer true."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.mails import MailKind
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.services.outbox import UNENDED, mark_expired


def drop_waiting(
    session: Session,
    assignment: Assignment,
    kinds: Collection[MailKind],
    why: str,
    *,
    now: datetime,
) -> list[OutboxMessage]:
    """Expire the mails of these kinds that have not left, with their ledger rows."""
    messages = waiting_mail(session, assignment, kinds)
    for message in messages:
        mark_expired(message, why, now=now)
    dropped = [message.id for message in messages]
    rows = session.scalars(select(Reminder).where(Reminder.message_id.in_(dropped)))
    for reminder in rows:
        reminder.expired_at = reminder.expired_at or now
    return messages


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
