"""One query: where it stands, its questions, its plan."""

from flask import abort, current_app, render_template
from flask.typing import ResponseReturnValue

from emnnet import clock
from emnnet.extensions import db
from emnnet.selectors.queries import find_overview
from emnnet.selectors.query_cells import asked_questions, facts_of
from emnnet.selectors.query_dates import QueryDates, query_dates
from emnnet.selectors.similar import similar_to_query
from emnnet.selectors.wordings import former_wordings
from emnnet.web.access import office, requires
from emnnet.web.clocks.present import dates_panel
from emnnet.web.queries.blueprint import bp, full_query, the_query
from emnnet.web.queries.present import query_page
from emnnet.web.queries.wordings import compared
from emnnet.web.query_tabs import query_tabs


@bp.get("/<int:query_id>")
@requires(office)
def show(query_id: int) -> ResponseReturnValue:
    """Overview, questions with every institution's part, plan, relations."""
    today, code = clock.today(), current_app.config["CALENDAR"]
    overview = find_overview(db.session, query_id, today, code) or abort(404)
    if overview.query.deleted_at is not None:
        abort(404)
    questions = asked_questions(db.session, overview.query)
    facts = facts_of(db.session, overview, questions)
    page = query_page(overview, questions, facts, clock.now())
    lines = query_dates(db.session, query_id) if overview.has_dates else QueryDates()
    dates = dates_panel(overview, questions, lines, page.status)
    tabs = query_tabs(query_id, "queries.show")
    return render_template("queries/show.html", page=page, dates=dates, tabs_of=tabs)


@bp.get("/<int:query_id>/earlier")
@requires(office)
def earlier(query_id: int) -> ResponseReturnValue:
    """Was it answered before? Similar queries, and what we said then."""
    query = full_query(db.session, query_id)
    similar = similar_to_query(db.session, query)
    tabs = query_tabs(query_id, "queries.earlier")
    return render_template(
        "queries/earlier.html", query=query, similar=similar, tabs_of=tabs
    )


@bp.get("/<int:query_id>/wordings")
@requires(office)
def wordings(query_id: int) -> ResponseReturnValue:
    """What corrected questions said before, with the difference marked."""
    query = the_query(db.session, query_id)
    former = former_wordings(db.session, query)
    return render_template(
        "queries/wordings.html", query=query, wordings=compared(former)
    )
