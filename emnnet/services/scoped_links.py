"""Links for one errand: made when a mail is written, found again by their digest."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.links import Errand, digest
from emnnet.domain.roles import SCHEDULER, Actor
from emnnet.models.contact import Contact
from emnnet.models.query import Query
from emnnet.models.scoped_link import ScopedLink
from emnnet.models.user import User

TOKEN_BYTES = 32
LIVES: dict[Errand, timedelta] = {
    Errand.ABSENCE: timedelta(days=90),
    Errand.UNSUBSCRIBE: timedelta(days=365),
    Errand.ACCOUNT: timedelta(days=7),
    Errand.PREVIEW: timedelta(days=180),
}
Subject = Contact | User | Query


def issue_scoped_link(
    session: Session,
    errand: Errand,
    of: Subject,
    *,
    now: datetime,
    by: Actor = SCHEDULER,
) -> str:
    """Make the one token that counts for this errand; it can be told only here."""
    subject = _subject(of)
    session.execute(
        update(ScopedLink)
        .where(
            ScopedLink.subject == subject,
            ScopedLink.errand == errand,
            ScopedLink.replaced_at.is_(None),
            ScopedLink.revoked_at.is_(None),
        )
        .values(replaced_at=now)
    )
    token = token_urlsafe(TOKEN_BYTES)
    session.add(
        ScopedLink(
            errand=errand,
            subject=subject,
            contact_id=of.id if isinstance(of, Contact) else None,
            user_id=of.id if isinstance(of, User) else None,
            query_id=of.id if isinstance(of, Query) else None,
            digest=digest(token),
            issued_at=now,
            issued_by=by.name,
            expires_at=now + LIVES[errand],
        )
    )
    session.flush()
    return token


def find_scoped_link(
    session: Session, errand: Errand, token: str, *, lock: bool = False
) -> ScopedLink | None:
    """The link a token belongs to, whatever its state; none of another errand."""
    wanted = (
        select(ScopedLink)
        .where(ScopedLink.errand == errand, ScopedLink.digest == digest(token))
        .options(
            joinedload(ScopedLink.contact).joinedload(Contact.institution),
            joinedload(ScopedLink.user),
            joinedload(ScopedLink.query),
        )
    )
    if lock:
        wanted = wanted.with_for_update(of=ScopedLink)
    return session.scalar(wanted)


def find_counting_link(
    session: Session, errand: Errand, of: Subject
) -> ScopedLink | None:
    """The link that counts for this errand now, or none."""
    return session.scalar(
        select(ScopedLink).where(
            ScopedLink.subject == _subject(of),
            ScopedLink.errand == errand,
            ScopedLink.replaced_at.is_(None),
            ScopedLink.revoked_at.is_(None),
        )
    )


def revoke(link: ScopedLink, *, by: Actor, now: datetime) -> None:
    """It opens nothing any more. The second time: nothing."""
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = now, by.name


def _subject(of: Subject) -> str:
    return f"{type(of).__name__.lower()}:{of.id}"
