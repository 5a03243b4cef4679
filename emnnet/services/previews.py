"""A link by which an unpublished query is shown to whoever has it."""

from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.domain.errors import IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.links import Errand, LinkState
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.models.query import Query
from emnnet.models.scoped_link import ScopedLink
from emnnet.services.events import record
from emnnet.services.scoped_links import (
    find_counting_link,
    find_scoped_link,
    issue_scoped_link,
    revoke,
)

PUBLISHED = _n("The query is published: share the address of its public page.")
NO_LINK = _n("There is no preview link to revoke.")


def share_preview(session: Session, query: Query, *, by: Actor, now: datetime) -> str:
    """Make the one link that counts; its token can be told only here."""
    if query.is_public:
        raise IllegalAction(PUBLISHED)
    token = issue_scoped_link(session, Errand.PREVIEW, query, by=by, now=now)
    record(session, EventKind.PREVIEW_SHARED, query, by=by, now=now)
    return token


def revoke_preview(session: Session, query: Query, *, by: Actor, now: datetime) -> None:
    """From now on the link is not found."""
    link = find_counting_link(session, Errand.PREVIEW, query)
    if link is None:
        raise IllegalAction(NO_LINK)
    revoke(link, by=by, now=now)
    record(session, EventKind.PREVIEW_REVOKED, query, by=by, now=now)


def find_preview(session: Session, token: str, *, now: datetime) -> Query | None:
    """The query that a live link shows; none of a deleted or taken back one."""
    link = find_scoped_link(session, Errand.PREVIEW, token)
    if link is None or link.query is None or link.revoked_at is not None:
        return None
    if link.state(now) is not LinkState.LIVE or link.query.deleted_at is not None:
        return None
    return None if _was_taken_back(link, link.query) else link.query


def _was_taken_back(link: ScopedLink, query: Query) -> bool:
    """A link from before does not show what was taken back from publication."""
    return query.unpublished_at is not None and link.issued_at < query.unpublished_at
