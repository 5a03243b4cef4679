"""Who is there: the signed-in account as Flask-Login and the services want it."""

from flask import request
from flask_login import UserMixin, current_user
from sqlalchemy import select

from emnnet import clock
from emnnet.domain.audience import Audience
from emnnet.domain.mail_pauses import Quiet
from emnnet.domain.roles import OFFICE_ROLES, Actor, ActorKind, Role
from emnnet.extensions import db, login
from emnnet.models.mail_decision import MailPause
from emnnet.models.user import User
from emnnet.selectors.ladders import pause_holds, quiets


class Account(UserMixin):
    """A snapshot of the account for one request; it changes nothing."""

    def __init__(self, user: User) -> None:
        self.user_id, self.key = user.id, user.session_key
        self.email, self.name, self.role = user.email, user.name, user.role
        self.language, self.institution_id = user.language, user.institution_id
        self.contact_id = user.contact_id
        self.quiet: Quiet | None = None  # automatic mail is paused today

    def get_id(self) -> str:
        """What the cookie holds: changes with the password, so old sessions end."""
        return self.key

    @property
    def audience(self) -> Audience:
        """The circle of readers this account belongs to."""
        if self.role in OFFICE_ROLES:
            return Audience.OFFICE
        return Audience.NETWORK

    @property
    def is_office(self) -> bool:
        """One of the office?"""
        return self.role in OFFICE_ROLES

    @property
    def is_coordinator(self) -> bool:
        """May it route, merge and send?"""
        return self.role in {Role.ADMIN, Role.COORDINATOR}


@login.user_loader  # type: ignore[untyped-decorator]
def load_account(key: str) -> Account | None:
    """The account of a session, unless it was deactivated or its key changed."""
    found = db.session.execute(
        select(User, MailPause)
        .join(MailPause, pause_holds(clock.today()), isouter=True)
        .where(User.session_key == key, User.deactivated_at.is_(None))
        .order_by(MailPause.begins, MailPause.id)
        .limit(1)
    ).first()
    if found is None:
        return None
    account = Account(found.User)
    if found.MailPause is not None and account.is_office:
        account.quiet = quiets([found.MailPause])[0]
    return account


def acting() -> Actor:
    """The signed-in person, for the history. Raises where nobody is signed in."""
    if not current_user.is_authenticated:
        raise PermissionError("nobody is signed in")
    return Actor(
        ActorKind.PERSON, current_user.name, current_user.role, current_user.user_id
    )


def viewing() -> Audience:
    """The circle of readers that whoever asks belongs to."""
    if current_user.is_authenticated:
        audience: Audience = current_user.audience
        return audience
    return Audience.PUBLIC


def origin() -> str:
    """The address a request came from."""
    return request.remote_addr or "unknown"
