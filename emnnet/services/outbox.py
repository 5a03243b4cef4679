"""Promising mail: rows written with the facts, sent later by a job."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from emnnet.domain.mails import MailKind
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.selectors.contacts import Addressee

LEASE = timedelta(minutes=10)
BACKOFF = (1, 5, 15, 60, 240)  # minutes; then a person must look


def enqueue(
    session: Session,
    kind: MailKind,
    to: Addressee,
    *,
    key: str,
    now: datetime,
    query: Query | None = None,
    assignment: Assignment | None = None,
    facts: dict[str, Any] | None = None,
) -> OutboxMessage | None:
    """Promise one mail; it leaves if and only if this transaction commits.

    `key` names the promise: made twice, the second is none. `facts` holds words
    and numbers for the wording, never a token.
    """
    session.flush()
    if session.scalar(select(OutboxMessage.id).where(OutboxMessage.key == key)):
        return None
    message = OutboxMessage(
        key=key,
        kind=kind,
        recipient=to.email,
        language=to.language,
        contact_id=to.contact_id,
        institution_id=to.institution_id or None,
        query_id=query.id if query else assignment.query_id if assignment else None,
        assignment_id=assignment.id if assignment else None,
        facts=facts or {},
        queued_at=now,
        next_try_at=now,
    )
    session.add(message)
    session.flush()
    return message


def waiting(now: datetime) -> Any:
    """The condition that a message may be tried at `now`."""
    return (
        OutboxMessage.sent_at.is_(None)
        & OutboxMessage.expired_at.is_(None)
        & OutboxMessage.failed_at.is_(None)
        & (OutboxMessage.next_try_at <= now)
    )


def claim_next(session: Session, *, now: datetime) -> OutboxMessage | None:
    """Lease the oldest waiting message, or none. Two workers never get the same one."""
    oldest = (
        select(OutboxMessage.id)
        .where(waiting(now))
        .order_by(OutboxMessage.next_try_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)  # PostgreSQL; SQLite has one writer anyway
    )
    claim = (
        update(OutboxMessage)
        .where(OutboxMessage.id == oldest.scalar_subquery())
        .values(
            next_try_at=now + LEASE,
            claimed_at=now,
            attempts=OutboxMessage.attempts + 1,
        )
        .returning(OutboxMessage)
    )
    return session.scalars(claim).one_or_none()


def mark_sent(
    message: OutboxMessage, *, subject: str, body: str, now: datetime
) -> None:
    """It left, in these words; a state never goes back."""
    if message.sent_at is None:
        message.sent_at, message.last_error = now, None
        message.subject, message.body = subject, body


def mark_expired(message: OutboxMessage, reason: str, *, now: datetime) -> None:
    """It is no longer true, so it does not leave."""
    message.expired_at, message.expiry_reason = now, reason


def mark_failed(
    message: OutboxMessage, error: str, *, final: bool, now: datetime
) -> None:
    """It did not leave; try again after a growing pause, or give up."""
    message.last_error = error
    if final or message.attempts >= len(BACKOFF):
        message.failed_at = now
    else:
        message.next_try_at = now + timedelta(minutes=BACKOFF[message.attempts - 1])
