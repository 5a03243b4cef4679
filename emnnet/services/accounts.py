"""Accounts: made, signed in to, reset and deactivated."""

import secrets
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, NotFound
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor, Role
from emnnet.models.institution import Institution
from emnnet.models.user import SignInFailure, User
from emnnet.services.events import record_office

PASSWORD_LENGTH = 12  # at least
WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 5  # within the window
TRIES_PER_ORIGIN = 30

_hasher = PasswordHasher()


class TooManyTries(DomainError):
    """Sign-in is closed for a while."""


def add_account(
    session: Session,
    email: str,
    name: str,
    role: Role,
    password: str,
    *,
    by: Actor,
    now: datetime,
    institution: Institution | None = None,
    language: str = "en",
) -> User:
    """Make an account. Raises `DomainError` if the address has one already."""
    email = email.strip().lower()
    if find_user(session, email):
        raise DomainError(_n("There is an account for %(email)s already."), email=email)
    if role is Role.CONTACT and institution is None:
        raise DomainError(_n("Say which institution the contact belongs to."))
    user = User(
        email=email,
        name=name.strip(),
        role=role,
        language=language,
        password_hash=_hashed(password),
        session_key=secrets.token_urlsafe(24),
        institution_id=institution.id if institution else None,
        created_at=now,
    )
    session.add(user)
    session.flush()
    facts = {"account": user.id, "role": role}
    record_office(session, "accounts", EventKind.ACCOUNT_ADDED, by=by, now=now, **facts)
    return user


def find_user(session: Session, email: str) -> User | None:
    """The account of an address, in whatever case it is written."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def get_user(session: Session, email: str) -> User:
    """The account of an address. Raises `NotFound`."""
    user = find_user(session, email)
    if user is None:
        raise NotFound(_n("There is no account for %(email)s."), email=email)
    return user


def reset_password(
    session: Session, user: User, password: str, *, by: Actor, now: datetime
) -> None:
    """Set a new password; all sessions of the account end."""
    user.password_hash = _hashed(password)
    user.session_key = secrets.token_urlsafe(24)
    record_office(
        session, "accounts", EventKind.PASSWORD_RESET, by=by, now=now, account=user.id
    )


def deactivate(session: Session, user: User, *, by: Actor, now: datetime) -> None:
    """Close the account; its sessions end. The last admin stays."""
    if user.role is Role.ADMIN and _admins(session) == 1:
        raise DomainError(_n("This is the last administrator: add another one first."))
    user.deactivated_at, user.session_key = now, secrets.token_urlsafe(24)
    record_office(
        session,
        "accounts",
        EventKind.ACCOUNT_DEACTIVATED,
        by=by,
        now=now,
        account=user.id,
    )


def reactivate(session: Session, user: User, *, by: Actor, now: datetime) -> None:
    """The account may be used again, with the password it had."""
    user.deactivated_at = None
    record_office(
        session,
        "accounts",
        EventKind.ACCOUNT_REACTIVATED,
        by=by,
        now=now,
        account=user.id,
    )


def change_role(
    session: Session,
    user: User,
    role: Role,
    institution: Institution | None,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Say what an account is for from now on. The last admin stays one."""
    if user.role is Role.ADMIN and role is not Role.ADMIN and _admins(session) == 1:
        raise DomainError(_n("This is the last administrator: add another one first."))
    if role is Role.CONTACT and institution is None:
        raise DomainError(_n("Say which institution the contact belongs to."))
    facts = {"account": user.id, "old": user.role.value, "role": role.value}
    user.role = role
    user.institution_id = institution.id if institution else None
    record_office(session, "accounts", EventKind.ROLE_CHANGED, by=by, now=now, **facts)


def sign_in(
    session: Session, email: str, password: str, *, origin: str, now: datetime
) -> User | None:
    """The account if the password is right; a failure is noted, to limit the next.

    Raises `TooManyTries` after five failures for an account, or thirty from one
    origin, within a quarter of an hour.
    """
    email = email.strip().lower()
    _limit(session, email, origin, now=now)
    user = find_user(session, email)
    stands = user is not None and user.deactivated_at is None
    right = _matches(user.password_hash if user and stands else _nobody(), password)
    if user is None or not (right and stands):
        session.add(SignInFailure(email=email, origin=origin, at=now))
        return None
    session.execute(delete(SignInFailure).where(SignInFailure.email == email))
    return user


def _limit(session: Session, email: str, origin: str, *, now: datetime) -> None:
    recent = select(
        func.count().filter(SignInFailure.email == email),
        func.count().filter(SignInFailure.origin == origin),
    ).where(
        SignInFailure.at > now - WINDOW,
        or_(SignInFailure.email == email, SignInFailure.origin == origin),
    )
    by_account, by_origin = session.execute(recent).one()
    if by_account >= TRIES_PER_ACCOUNT or by_origin >= TRIES_PER_ORIGIN:
        raise TooManyTries(
            _n("Too many failed tries. Wait %(minutes)d minutes, then try again."),
            minutes=int(WINDOW.total_seconds() // 60),
        )


def _hashed(password: str) -> str:
    if len(password) < PASSWORD_LENGTH:
        raise DomainError(
            _n("Use at least %(count)d characters."), count=PASSWORD_LENGTH
        )
    return _hasher.hash(password)


@cache
def _nobody() -> str:
    """A hash to compare with where there is no account: it takes the same time."""
    return _hasher.hash(secrets.token_urlsafe(16))


def _matches(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _admins(session: Session) -> int:
    count = select(func.count()).where(
        User.role == Role.ADMIN, User.deactivated_at.is_(None)
    )
    return session.scalar(count) or 0
