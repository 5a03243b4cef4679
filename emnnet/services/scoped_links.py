"""Links for one errand: made when a mail is written, found again by their digest."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.links import Errand, digest, may_renew
from emnnet.domain.mails import MailKind
from emnnet.domain.roles import SCHEDULER, Actor
from emnnet.models.contact import Contact
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.scoped_link import ScopedLink
from emnnet.models.user import User
from emnnet.selectors.contacts import Addressee
from emnnet.services.outbox import enqueue

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


def renew_away_link(session: Session, contact: Contact, *, now: datetime) -> bool:
    """Promise a new link to the stored address; False if one was just asked for."""
    asked_at = session.scalar(
        select(func.max(OutboxMessage.queued_at)).where(
            OutboxMessage.contact_id == contact.id,
            OutboxMessage.kind == MailKind.AWAY_LINK,
        )
    )
    if not may_renew(asked_at, now):
        return False
    to = Addressee(contact.institution_id, contact.email, contact.language, contact.id)
    key = f"away_link:{contact.id}:{now.isoformat()}"
    return enqueue(session, MailKind.AWAY_LINK, to, key=key, now=now) is not None


def revoke(link: ScopedLink, *, by: Actor, now: datetime) -> None:
    """It opens nothing any more. The second time: nothing."""
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = now, by.name


def _subject(of: Subject) -> str:
    return f"{type(of).__name__.lower()}:{of.id}"
