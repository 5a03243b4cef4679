"""The blueprint, the query that a page is about, and the way back to it."""

from typing import TypeVar

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.models.query import Query

Found = TypeVar("Found")

bp = Blueprint("clocks", __name__, url_prefix="/desk/queries/<int:query_id>/dates")


def the_query(session: Session, query_id: int) -> Query:
    """The query of the address; a page that is not there otherwise."""
    wanted = select(Query).where(Query.id == query_id, Query.deleted_at.is_(None))
    return there(session.scalar(wanted))


def there(found: Found | None) -> Found:
    """What was found; a page that is not there otherwise."""
    return found if found is not None else abort(404)


def back(query_id: int) -> ResponseReturnValue:
    """The overview, at the panel of the dates."""
    target = url_for("queries.show", query_id=query_id, _anchor="moving")
    return redirect(target, 303)
