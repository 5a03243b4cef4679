"""The digest of a working morning: one a person and day, by its ledger."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.morning import as_facts
from emnnet.domain.roles import Actor, Role
from emnnet.models.digest import Digest
from emnnet.models.outbox import OutboxMessage
from emnnet.models.user import User
from emnnet.selectors.contacts import Addressee
from emnnet.selectors.mornings import Window, read_morning, recipients
from emnnet.services.events import record_office
from emnnet.services.outbox import enqueue, has_ended, is_under_way, mark_expired

log = logging.getLogger(__name__)

READERS = (Role.COORDINATOR, Role.ADMIN)
FURTHEST_BACK = timedelta(days=7)  # after a pause nobody wants to read a month
FIRST = timedelta(days=1)
MOST = 10  # of earlier digests that are looked at
NEWER = _n("A newer digest takes its place.")


@dataclass(frozen=True)
class DigestTick:
    """What one run did."""

    sent: int = 0
    empty: int = 0
    broken: int = 0


def queue_digests(session: Session, calendar: Calendar, *, now: datetime) -> DigestTick:
    """Promise each reader the digest of today; none where it would be empty.

    Safe to run twice and side by side: a row of the ledger is written first, one a
    person and day. Nothing on a day off. What was read counts as handled either way.
    """
    today = office_day(now)
    if not calendar.is_working_day(today):
        return DigestTick()
    sent = empty = broken = 0
    for user in recipients(session, READERS):
        try:
            with session.begin_nested():
                told = _digest(session, user, calendar, today, now)
        except Exception:  # one reader's trouble stops no other
            log.exception("no digest for account %d", user.id)
            broken += 1
        else:
            sent += told is True
            empty += told is False
    return DigestTick(sent, empty, broken)


def choose_digest(
    session: Session, user: User, wanted: bool, *, by: Actor, now: datetime
) -> None:
    """Have the digest daily or not at all. The same choice again: nothing."""
    if user.wants_digest == wanted:
        return
    user.wants_digest = wanted
    facts = {"account": user.id, "digest": "daily" if wanted else "off"}
    kind = EventKind.DIGEST_CHOSEN
    record_office(session, "accounts", kind, by=by, now=now, **facts)


def _digest(
    session: Session, user: User, calendar: Calendar, today: date, now: datetime
) -> bool | None:
    """True: promised; False: there was nothing to say; None: it was done before."""
    row_id = _reserved(session, user, today, now)
    if row_id is None:
        return None
    since = _since(session, user, today, now)
    window = Window(user, since, now)
    begins = calendar.on_or_after(today - timedelta(days=today.weekday())) == today
    found = read_morning(session, window, today=today, begins_week=begins)
    row = session.get_one(Digest, row_id)
    row.since, row.items = since, found.items
    if found.is_empty:
        return False
    message = enqueue(
        session,
        MailKind.DIGEST,
        Addressee(0, user.email, user.language),
        key=f"digest:{user.id}:{today.isoformat()}",
        now=now,
        facts=as_facts(found) | {"user": user.id, "day": today.isoformat()},
    )
    row.message_id = message.id if message else None
    return True


def _reserved(session: Session, user: User, today: date, now: datetime) -> int | None:
    """The row of the ledger; none where another run has written it."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if on_postgres else sqlite.insert
    row = {
        "user_id": user.id,
        "day": today,
        "since": now,
        "until": now,
        "items": 0,
    }
    anew = insert(Digest).values(row).on_conflict_do_nothing().returning(Digest.id)
    return session.scalar(anew)


def _since(session: Session, user: User, today: date, now: datetime) -> datetime:
    """Where the last digest ended that was read or had nothing to say.

    One that never left is dropped: what it held goes into this one.
    """
    earlier = session.scalars(
        select(Digest)
        .where(Digest.user_id == user.id, Digest.day < today)
        .order_by(Digest.day.desc())
        .limit(MOST)
    )
    begin: datetime | None = None
    for row in earlier:
        message = row.message
        if message is None or message.sent_at or is_under_way(message, now):
            begin = begin or row.until
            break
        _drop(message, now)
        begin = row.since
    return max(begin or max(user.created_at, now - FIRST), now - FURTHEST_BACK)


def _drop(message: OutboxMessage, now: datetime) -> None:
    if not has_ended(message):
        mark_expired(message, NEWER, now=now)
