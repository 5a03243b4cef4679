"""The links for one errand that a mail carries: made when it is written."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from flask import current_app, url_for
from sqlalchemy.orm import Session

from emnnet.domain.links import Errand
from emnnet.domain.mails import MailKind
from emnnet.models.outbox import OutboxMessage
from emnnet.models.user import User
from emnnet.services.scoped_links import issue_scoped_link

NO_TOKEN = "…"  # noqa: S105 -- stands where the key of a real link would
AWAY = "away.show"
TO_NOBODY_AWAY = {MailKind.DIGEST, MailKind.ACCOUNT_INVITATION, MailKind.PASSWORD}


@dataclass(frozen=True)
class ErrandLinks:
    """Addresses, or none where this mail is not for that errand."""

    away: str | None = None  # "I am away from … to …"
    unsubscribe: str | None = None  # one click ends the digest
    account: str | None = None  # to choose a password

    def main_of(self, kind: MailKind) -> str | None:
        """The one that a mail of this kind is about."""
        return self.away if kind is MailKind.AWAY_LINK else self.account

    def all(self) -> list[str]:
        """Those that are there."""
        return [one for one in (self.away, self.unsubscribe, self.account) if one]


def errand_links(
    session: Session, message: OutboxMessage, *, now: datetime
) -> ErrandLinks:
    """Make the links this mail needs. A duty mail never has one to unsubscribe."""
    return ErrandLinks(
        away=_away(session, message, now),
        unsubscribe=_of_user(session, message, MailKind.DIGEST, now),
        account=_of_user(session, message, MailKind.ACCOUNT_INVITATION, now),
    )


def shown_links(contact_id: int | None) -> ErrandLinks:
    """What stands in a preview: addresses without a key, which open nothing."""
    if contact_id is None or AWAY not in current_app.view_functions:
        return ErrandLinks()
    return ErrandLinks(away=unquote(url_for(AWAY, token=NO_TOKEN, _external=True)))


def example_links(token: str) -> ErrandLinks:
    """What stands in the preview of a wording: addresses that open nothing."""
    return ErrandLinks(
        away=url_for(AWAY, token=token, _external=True),
        account=url_for("invitations.show", token=token, _external=True),
    )


USER_ERRANDS = {
    MailKind.DIGEST: (Errand.UNSUBSCRIBE, "digests.unsubscribe"),
    MailKind.ACCOUNT_INVITATION: (Errand.ACCOUNT, "invitations.show"),
}


def _away(session: Session, message: OutboxMessage, now: datetime) -> str | None:
    contact = message.contact
    if contact is None or contact.email != message.recipient:
        return None
    if message.kind in TO_NOBODY_AWAY or AWAY not in current_app.view_functions:
        return None
    token = issue_scoped_link(session, Errand.ABSENCE, contact, now=now)
    return url_for(AWAY, token=token, _external=True)


def _of_user(
    session: Session, message: OutboxMessage, kind: MailKind, now: datetime
) -> str | None:
    user_id = message.facts.get("user")
    if message.kind is not kind or user_id is None:
        return None
    errand, endpoint = USER_ERRANDS[kind]
    if endpoint not in current_app.view_functions:
        return None
    user = session.get_one(User, user_id)
    token = issue_scoped_link(session, errand, user, now=now)
    return url_for(endpoint, token=token, _external=True)
