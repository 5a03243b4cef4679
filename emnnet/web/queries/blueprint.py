"""The blueprint, and the query that a page is about."""

from flask import Blueprint, abort
from sqlalchemy.orm import Session

from emnnet.models.query import Query
from emnnet.selectors.queries import find_full_query, find_query

bp = Blueprint("queries", __name__, url_prefix="/desk/queries")


def the_query(session: Session, query_id: int) -> Query:
    """The query of the address; a page that is not there otherwise."""
    return find_query(session, query_id) or abort(404)


def full_query(session: Session, query_id: int) -> Query:
    """The same with its questions and tags, in one statement."""
    return find_full_query(session, query_id) or abort(404)
