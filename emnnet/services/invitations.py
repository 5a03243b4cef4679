"""Inviting somebody to an account: who is invited chooses the password."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.absences import check_address
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.links import Errand
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.scoped_link import ScopedLink
from emnnet.models.user import User
from emnnet.selectors.contacts import Addressee
from emnnet.selectors.outbox import UNENDED
from emnnet.services.accounts import add_account, reset_password
from emnnet.services.events import record_office
from emnnet.services.outbox import enqueue, mark_expired
from emnnet.services.scoped_links import find_counting_link, revoke

STREAM = "accounts"
CANCELLED = _n("The invitation was cancelled.")
ACCEPTED = _n("The invitation was accepted: there is an account with a password.")
OTHER_ADDRESS = _n("This is not the address that was invited.")


def invite(
    session: Session,
    email: str,
    name: str,
    role: Role,
    *,
    by: Actor,
    now: datetime,
    institution: Institution | None = None,
    language: str = "en",
) -> User:
    """Make an account without a password and promise the mail with its link.

    Raises `DomainError` for an impossible address or one that has an account.
    """
    check_address(email)
    nobody_knows = secrets.token_urlsafe(32)
    user = add_account(
        session,
        email,
        name,
        role,
        nobody_knows,
        by=by,
        now=now,
        institution=institution,
        language=language,
    )
    user.contact_id = _contact_id(session, user)
    _promise(session, user, by=by, now=now)
    return user


def invite_again(session: Session, user: User, *, by: Actor, now: datetime) -> None:
    """Promise another mail; the link in it replaces the earlier one."""
    if not user.is_open_invitation:
        raise IllegalAction(ACCEPTED)
    user.deactivated_at = None
    _promise(session, user, by=by, now=now)


def cancel_invitation(
    session: Session, user: User, *, by: Actor, now: datetime
) -> None:
    """Nobody can accept it any more, whether the mail has left or not."""
    if not user.is_open_invitation:
        raise IllegalAction(ACCEPTED)
    link = find_counting_link(session, Errand.ACCOUNT, user)
    if link is not None:
        revoke(link, by=by, now=now)
    user.deactivated_at = user.deactivated_at or now
    waiting = select(OutboxMessage).where(
        OutboxMessage.kind == MailKind.ACCOUNT_INVITATION,
        OutboxMessage.recipient == user.email,
        UNENDED,
    )
    for message in session.scalars(waiting):
        mark_expired(message, CANCELLED, now=now)
    kind = EventKind.ACCOUNT_INVITATION_CANCELLED
    record_office(session, STREAM, kind, by=by, now=now, account=user.id)


def accept_invitation(
    session: Session, link: ScopedLink, email: str, password: str, *, now: datetime
) -> User:
    """Who was invited has chosen a password. The case of the address does not matter.

    Raises `DomainError` for another address or a short password.
    """
    user = link.user
    if user is None or user.email != email.strip().lower():
        raise DomainError(OTHER_ADDRESS)
    by = Actor(ActorKind.LINK, user.email, user.role, user.id)
    reset_password(session, user, password, by=by, now=now)
    link.used_at = user.accepted_at = now
    return user


def _promise(session: Session, user: User, *, by: Actor, now: datetime) -> None:
    user.invited_at = now
    facts = {"user": user.id, "by": by.name}
    enqueue(
        session,
        MailKind.ACCOUNT_INVITATION,
        Addressee(0, user.email, user.language),
        key=f"account-invitation:{user.id}:{now.isoformat()}",
        now=now,
        facts=facts,
    )
    kind = EventKind.ACCOUNT_INVITED
    record_office(session, STREAM, kind, by=by, now=now, account=user.id)


def _contact_id(session: Session, user: User) -> int | None:
    """The contact of its institution with the same address, if there is one."""
    found = session.scalars(
        select(Contact).where(Contact.institution_id == user.institution_id)
    )
    return next((one.id for one in found if one.email.lower() == user.email), None)
