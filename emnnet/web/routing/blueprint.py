"""The blueprint of the routing, and the query that a page of it is about."""

from flask import Blueprint, abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import IllegalAction
from emnnet.domain.query_lifecycle import QueryAction, QueryFacts, allow_query
from emnnet.models.query import Query
from emnnet.web.messages import translated

bp = Blueprint("routing", __name__, url_prefix="/desk/queries/<int:query_id>/routing")


def the_query(session: Session, query_id: int) -> Query:
    """The query of the address; a page that is not there otherwise."""
    wanted = select(Query).where(Query.id == query_id, Query.deleted_at.is_(None))
    return session.scalar(wanted) or abort(404)


def why_closed(query: Query) -> str | None:
    """Why nobody is asked any more, in words; none while the query lives."""
    facts = QueryFacts(
        sent_on=query.sent_on,
        closed_at=query.closed_at,
        withdrawn_at=query.withdrawn_at,
        deleted_at=query.deleted_at,
    )
    try:
        allow_query(QueryAction.ROUTE, facts)
    except IllegalAction as refusal:
        return translated(refusal)
    return None
