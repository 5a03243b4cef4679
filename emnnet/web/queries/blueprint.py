"""The blueprint, and the query that a page is about."""

from flask import Blueprint, abort
from sqlalchemy.orm import Session

from emnnet.models.query import Query
from emnnet.selectors.queries import find_full_query, find_query

bp = Blueprint("queries", __name__, url_prefix="/desk/queries")


def the_query(session: Session, query_id: int) -> Query:
    """The query of the address; a page that is not there otherwise."""
    return _shown(find_query(session, query_id))


def full_query(session: Session, query_id: int) -> Query:
    """The same with its questions and tags, in one statement."""
    return _shown(find_full_query(session, query_id))


def any_query(session: Session, query_id: int) -> Query:
    """The same, deleted or not: to bring it back."""
    return find_query(session, query_id) or abort(404)


def _shown(query: Query | None) -> Query:
    return query if query and query.deleted_at is None else abort(404)
