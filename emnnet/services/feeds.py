"""Private calendar addresses: made, made anew, revoked."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import update
from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.domain.links import digest
from emnnet.domain.roles import Actor
from emnnet.models.calendar_feed import CalendarFeed
from emnnet.services.events import record_office

STREAM = "calendar addresses"
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Owner:
    """Whose calendar it is: exactly one of the two."""

    user_id: int | None = None
    contact_id: int | None = None

    def __post_init__(self) -> None:
        if (self.user_id is None) == (self.contact_id is None):
            raise ValueError("a calendar belongs to one person")


def make_feed(session: Session, owner: Owner, *, by: Actor, now: datetime) -> str:
    """Make the one token that counts from now on; it can be told only here."""
    _revoke(session, owner, now=now)
    token = token_urlsafe(TOKEN_BYTES)
    session.add(CalendarFeed(digest=digest(token), made_at=now, **vars(owner)))
    record_office(session, STREAM, EventKind.FEED_MADE, by=by, now=now, **vars(owner))
    return token


def revoke_feed(session: Session, owner: Owner, *, by: Actor, now: datetime) -> bool:
    """Let the address lead nowhere from now on; False if there was none."""
    found = _revoke(session, owner, now=now)
    if found:
        facts = vars(owner)
        record_office(session, STREAM, EventKind.FEED_REVOKED, by=by, now=now, **facts)
    return found


def _revoke(session: Session, owner: Owner, *, now: datetime) -> bool:
    ended = session.execute(
        update(CalendarFeed)
        .where(
            CalendarFeed.revoked_at.is_(None),
            CalendarFeed.user_id == owner.user_id
            if owner.user_id is not None
            else CalendarFeed.contact_id == owner.contact_id,
        )
        .values(revoked_at=now)
        .returning(CalendarFeed.id)
    )
    return bool(ended.all())
