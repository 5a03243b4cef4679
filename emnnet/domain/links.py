"""Personal links: how long they live, and what is kept of them."""

from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

LIFE = timedelta(days=45)
RENEWAL_PAUSE = timedelta(minutes=10)


class LinkPurpose(StrEnum):
    """The one door a link opens."""

    CONTRIBUTE = "contribute"


class Errand(StrEnum):
    """The one thing a scoped link is for."""

    ABSENCE = "absence"  # a contact says when it is away
    UNSUBSCRIBE = "unsubscribe"  # one click ends the digest: RFC 8058
    ACCOUNT = "account"  # whoever is invited chooses a password
    PREVIEW = "preview"  # an unpublished query is shown


class LinkState(StrEnum):
    """What a known link is good for."""

    LIVE = "live"
    REPLACED = "replaced"
    EXPIRED = "expired"


def link_state(
    expires_at: datetime, replaced_at: datetime | None, now: datetime
) -> LinkState:
    """What the link is good for at `now`."""
    if replaced_at is not None:
        return LinkState.REPLACED
    return LinkState.LIVE if now < expires_at else LinkState.EXPIRED


def may_renew(last_asked_at: datetime | None, now: datetime) -> bool:
    """May another link be mailed, or was one just asked for?"""
    return last_asked_at is None or now - last_asked_at >= RENEWAL_PAUSE


def digest(token: str) -> str:
    """What is stored of a token: enough to recognise it, too little to make it."""
    return sha256(token.encode()).hexdigest()


def masked(address: str) -> str:
    """An address that its owner knows again and a stranger does not learn."""
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host}"
