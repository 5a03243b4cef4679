"""Publishing what may be published, and taking it back at once."""

from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.domain.audience import Audience
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.domain.roles import Actor
from emnnet.models.attachment import Attachment
from emnnet.models.query import Query
from emnnet.selectors.query_facts import get_query_facts
from emnnet.services.events import record
from emnnet.services.search_index import index_query


def publish(session: Session, query: Query, *, by: Actor, now: datetime) -> None:
    """Show the query to visitors: open answers with their text, others closed.

    The index follows in the same transaction. Raises `IllegalAction` unless the
    national response was sent.
    """
    allow_query(QueryAction.PUBLISH, get_query_facts(session, query))
    if query.is_public:
        raise IllegalAction(_n("This query is published already."))
    query.published_at, query.unpublished_at = now, None
    record(session, EventKind.PUBLISHED, query, by=by, now=now)
    index_query(session, query)


def unpublish(
    session: Session, query: Query, reason: str, *, by: Actor, now: datetime
) -> None:
    """Take the query back from page, search, feed and files, at once."""
    if not query.is_public:
        raise IllegalAction(_n("This query is not published."))
    if not reason.strip():
        raise DomainError(_n("Say why. The reason is kept in the history."))
    query.unpublished_at = now
    record(session, EventKind.UNPUBLISHED, query, by=by, now=now, reason=reason.strip())
    index_query(session, query)


def set_annex(
    session: Session,
    attachment: Attachment,
    published: bool,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Publish one file with the answer, or keep it inside.

    Only a file of an answer that may be disseminated can be published.
    """
    contribution = attachment.contribution
    latest = contribution.versions[-1] if contribution.versions else None
    if published and (latest is None or not latest.dissemination.is_open):
        raise DomainError(
            _n("Its institution does not allow wider dissemination of this answer.")
        )
    attachment.audience = Audience.PUBLIC if published else Audience.OFFICE
    facts = {"attachment": attachment.id, "audience": attachment.audience}
    query = contribution.assignment.query
    record(session, EventKind.QUERY_CHANGED, query, by=by, now=now, **facts)
