"""Promising mail: rows written with the facts, sent later by a job."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n, packed
from emnnet.domain.moments import at_hour
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.selectors.contacts import Addressee
from emnnet.selectors.outbox import UNENDED as UNENDED

LEASE = timedelta(minutes=10)
BACKOFF = (1, 5, 15, 60, 240, 720)  # minutes: a night without a server is survived
HELD = _n("Held: the address is not on the allow-list of this test system.")
TRIES = len(BACKOFF) + 1  # then a person must look
MORNING = time(7)
WHY = "addressed"  # among the facts of a mail: why it goes to this address


@dataclass(frozen=True)
class Claim:
    """A message leased to one worker, and what tells this lease from a later one."""

    message_id: int
    claimed_at: datetime
    attempts: int


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
    message = OutboxMessage(**_row(kind, to, key, now, facts or {}))
    if assignment is not None:
        message.assignment_id, message.query_id = assignment.id, assignment.query_id
    if query is not None:
        message.query_id = query.id
    session.add(message)
    session.flush()
    return message


def enqueue_all(
    session: Session, kind: MailKind, to: Mapping[str, Addressee], *, now: datetime
) -> dict[str, int]:
    """Promise a mail to each, by its key, in one statement; their ids by key.

    Raises `IntegrityError` if one of the promises was made before.
    """
    rows = [_row(kind, one, key, now, {}) for key, one in to.items()]
    if not rows:
        return {}
    made = insert(OutboxMessage).returning(OutboxMessage.key, OutboxMessage.id)
    return {row.key: row.id for row in session.execute(made, rows)}


def _row(
    kind: MailKind, to: Addressee, key: str, now: datetime, facts: dict[str, Any]
) -> dict[str, Any]:
    return {
        "key": key,
        "kind": kind,
        "recipient": to.email,
        "language": to.language,
        "contact_id": to.contact_id,
        "institution_id": to.institution_id or None,
        "facts": facts | _why(to),
        "queued_at": now,
        "next_try_at": max(now, opening(to.not_before)) if to.not_before else now,
    }


def opening(day: date) -> datetime:
    """The first moment a mail to an institution that opens on `day` may leave."""
    return at_hour(day, MORNING)


def _why(to: Addressee) -> dict[str, Any]:
    """Why it goes there, for whoever looks at the mail: "instead of …"."""
    return {WHY: [packed(reason) for reason in to.why]} if to.why else {}


def waiting(now: datetime) -> ColumnElement[bool]:
    """The condition that a message may be tried at `now`."""
    return UNENDED & (OutboxMessage.next_try_at <= now)


def claim(session: Session, limit: int, *, now: datetime) -> list[Claim]:
    """Lease the oldest waiting messages. Two workers never get the same one."""
    oldest = (
        select(OutboxMessage.id)
        .where(waiting(now))
        .order_by(OutboxMessage.next_try_at, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # PostgreSQL; SQLite has one writer anyway
        .cte("oldest")  # as a plain subquery it might be run more than once
    )
    lease = (
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(select(oldest.c.id)))
        .values(next_try_at=now + LEASE, claimed_at=now)
        .returning(OutboxMessage.id, OutboxMessage.attempts)
        .execution_options(synchronize_session=False)
    )
    return [Claim(id_, now, tries) for id_, tries in sorted(session.execute(lease))]


def begin(session: Session, lease: Claim, *, now: datetime) -> OutboxMessage | None:
    """Count the try that follows; none if the message ended or found another worker."""
    message = session.get(
        OutboxMessage,
        lease.message_id,
        populate_existing=True,
        with_for_update={"of": OutboxMessage},
    )
    held = (lease.claimed_at, lease.attempts)
    if message is None or has_ended(message):
        return None
    if (message.claimed_at, message.attempts) != held:
        return None
    message.attempts += 1
    message.claimed_at, message.next_try_at = now, now + LEASE
    return message


def give_back(session: Session, leases: Collection[Claim], *, now: datetime) -> None:
    """Let messages that were claimed and not tried be claimed again at once."""
    for lease in leases:
        session.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.id == lease.message_id,
                OutboxMessage.claimed_at == lease.claimed_at,
                OutboxMessage.attempts == lease.attempts,
                UNENDED,
            )
            .values(next_try_at=now)
        )


def has_ended(message: OutboxMessage) -> bool:
    """Is it sent, expired or given up?"""
    return any((message.sent_at, message.expired_at, message.failed_at))


def is_under_way(message: OutboxMessage, now: datetime) -> bool:
    """Does a worker hold it at this moment?"""
    if message.claimed_at is None or has_ended(message):
        return False
    return message.next_try_at == message.claimed_at + LEASE > now


def postpone(message: OutboxMessage, until: datetime) -> None:
    """It waits for its day; that was no try."""
    message.attempts -= 1
    message.next_try_at = until


def mark_sent(
    message: OutboxMessage, *, subject: str, body: str, now: datetime
) -> None:
    """It left, in these words. The strongest end: a state never goes back (I01)."""
    if message.sent_at is None:
        message.expired_at = message.expiry_reason = message.failed_at = None
        message.held_at = None
        message.sent_at, message.last_error = now, None
        message.subject, message.body = subject, body


def mark_expired(message: OutboxMessage, reason: str, *, now: datetime) -> None:
    """It is no longer true, so it does not leave."""
    if not has_ended(message):
        message.expired_at, message.expiry_reason = now, reason


def mark_held(
    message: OutboxMessage, *, subject: str, body: str, now: datetime
) -> None:
    """A test system keeps it, in these words; it never leaves (I12)."""
    if not has_ended(message):
        message.expired_at, message.expiry_reason = now, HELD
        message.held_at = now
        message.subject, message.body = subject, body


def mark_failed(
    message: OutboxMessage, error: str, *, final: bool, now: datetime
) -> None:
    """It did not leave; try again after a growing pause, or give up."""
    if has_ended(message):
        return
    message.last_error = error
    if final or message.attempts >= TRIES:
        message.failed_at = now
    else:
        pause = BACKOFF[max(message.attempts, 1) - 1]
        message.next_try_at = now + timedelta(minutes=pause)


def try_again(message: OutboxMessage, *, now: datetime) -> None:
    """A person has seen to it: a failed or waiting mail is tried anew, at once."""
    if message.sent_at is None and message.expired_at is None:
        message.failed_at, message.attempts, message.next_try_at = None, 0, now
