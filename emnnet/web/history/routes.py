"""Every step of a query: who, by which door, when, what. Nothing here changes it."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from emnnet.extensions import db
from emnnet.selectors.history import PER_PAGE, query_history
from emnnet.selectors.queries import find_query
from emnnet.web.access import office, requires
from emnnet.web.history.present import days_of
from emnnet.web.query_tabs import query_tabs

bp = Blueprint("history", __name__, url_prefix="/desk/queries")


@bp.get("/<int:query_id>/history")
@requires(office)
def show(query_id: int) -> ResponseReturnValue:
    """The events, the newest first, by day."""
    query = find_query(db.session, query_id) or abort(404)
    page = max(request.args.get("page", 1, type=int), 1)
    found = query_history(db.session, query, page=page)
    return render_template(
        "history/show.html",
        query=query,
        days=days_of(found.lines),
        total=found.total,
        page=page,
        pages=max(1, -(-found.total // PER_PAGE)),
        tabs_of=query_tabs(query_id, "history.show"),
    )
