"""Issuing, opening and renewing the links that institutions get by mail."""

from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import update
from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.domain.links import LIFE, LinkPurpose, digest, may_renew
from emnnet.domain.mails import MailKind
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.models.assignment import Assignment
from emnnet.models.link import Link
from emnnet.selectors.contacts import Addressee
from emnnet.selectors.links import last_link_asked_at
from emnnet.services.events import record
from emnnet.services.outbox import enqueue

TOKEN_BYTES = 32


def issue_link(
    session: Session,
    assignment: Assignment,
    purpose: LinkPurpose,
    addressee: Addressee,
    *,
    now: datetime,
) -> str:
    """Make the one token that counts from now on; it can be told only here."""
    session.execute(
        update(Link)
        .where(
            Link.assignment_id == assignment.id,
            Link.purpose == purpose,
            Link.replaced_at.is_(None),
        )
        .values(replaced_at=now)
    )
    token = token_urlsafe(TOKEN_BYTES)
    session.add(
        Link(
            assignment_id=assignment.id,
            contact_id=addressee.contact_id,
            recipient=addressee.email,
            purpose=purpose,
            digest=digest(token),
            issued_at=now,
            expires_at=now + LIFE,
        )
    )
    session.flush()
    return token


def holder(link: Link) -> Actor:
    """Whoever comes by the link, for the history: the address it was sent to."""
    return Actor(ActorKind.LINK, link.recipient, Role.CONTACT)


def is_withdrawn(link: Link, *, now: datetime) -> bool:
    """Is its contact no longer one of the institution's?"""
    until = link.contact.valid_to if link.contact else None
    return until is not None and until < office_day(now)


def open_link(session: Session, link: Link, *, now: datetime) -> None:
    """A person pressed the button behind the link."""
    link.opened_at = link.opened_at or now
    link.assignment.opened_at = link.assignment.opened_at or now
    _record(session, EventKind.LINK_OPENED, link, now=now)


def refuse_link(session: Session, link: Link, *, now: datetime) -> None:
    """A person pressed the button behind a link that counts no more."""
    _record(session, EventKind.LINK_REFUSED, link, now=now, state=link.state(now).value)


def renew_link(session: Session, link: Link, *, now: datetime) -> bool:
    """Promise a new link to the stored address; False if one was just asked for."""
    assignment = link.assignment
    if not may_renew(last_link_asked_at(session, assignment), now):
        return False
    _record(session, EventKind.LINK_RENEWED, link, now=now)
    language = link.contact.language if link.contact else "lt"
    enqueue(
        session,
        MailKind.NEW_LINK,
        Addressee(assignment.institution_id, link.recipient, language, link.contact_id),
        key=f"new_link:{assignment.id}:{now.isoformat()}",
        now=now,
        assignment=assignment,
    )
    return True


def _record(
    session: Session, kind: EventKind, link: Link, *, now: datetime, **facts: str
) -> None:
    assignment = link.assignment
    record(
        session,
        kind,
        assignment.query,
        by=holder(link),
        now=now,
        assignment=assignment.id,
        institution=assignment.institution.short,
        link=link.id,
        **facts,
    )
