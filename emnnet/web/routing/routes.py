"""The grid: looked at, saved, filled; nothing on it asks anybody."""

from collections.abc import Mapping
from datetime import date

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.domain.errors import DomainError, NotFound
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.messages import _n
from emnnet.domain.routing_grid import Key
from emnnet.domain.terms import day_zero
from emnnet.extensions import db
from emnnet.models.query import Query
from emnnet.selectors.queries import find_by_reference
from emnnet.selectors.routing_grid import GridPage, find_grid_page
from emnnet.services.routing import copy_routing, save_routing
from emnnet.services.terms import choose_term, following
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.identity import acting
from emnnet.web.messages import translated
from emnnet.web.query_tabs import query_tabs
from emnnet.web.routing.blueprint import bp, the_query, why_closed
from emnnet.web.routing.posted import PostedGrid, read_posted
from emnnet.web.routing.present import grid_view
from emnnet.web.routing.suggestions import suggested_cells

NO_SUCH_QUERY = _n(
    "There is no query %(reference)s. Write its number as on the desk, like 2026.12."
)


@bp.get("")
@requires(office)
def show(query_id: int) -> ResponseReturnValue:
    """Questions by institutions, suggestions, the plan of dates."""
    return _page(query_id)


@bp.post("")
@requires(coordinators)
def save(query_id: int) -> ResponseReturnValue:
    """Keep the grid, or fill it; what was chosen is never lost."""
    posted = read_posted(request.form, request.form.getlist("replace"))
    if posted.step == "accept":
        return _page(query_id, _with_suggestions(query_id, posted))
    if posted.step.startswith("same-"):
        return _page(query_id, _with_row_copied(query_id, posted))
    problems = [(error, f"due-{one}") for one, error in posted.wrong.items()]
    if problems:
        return _page(query_id, posted, problems, 422)
    try:
        with committing() as session:
            query = the_query(session, query_id)
            changed = save_routing(
                session,
                query,
                posted.cells,
                by=acting(),
                now=clock.now(),
                seen=posted.seen,
                due_on=_days(session, query, posted),
                replace=posted.replace,
            )
    except DomainError as refusal:
        return _page(query_id, posted, [(translated(refusal), _place(refusal))], 409)
    if posted.step == "term":
        flash(_("The term is kept. It counts from the day of sending."), "done")
        return redirect(url_for("routing.show", query_id=query_id) + "#by-when", 303)
    if posted.step == "send":
        return redirect(url_for("routing.preview", query_id=query_id), 303)
    flash(_("The plan is saved.") if changed else _("Nothing has changed."), "done")
    return redirect(url_for("routing.show", query_id=query_id), 303)


@bp.post("/copy")
@requires(coordinators)
def copy(query_id: int) -> ResponseReturnValue:
    """Fill the empty rows as those of an earlier query."""
    reference = request.form.get("reference", "").strip()
    try:
        with committing() as session:
            source = find_by_reference(session, reference)
            if source is None:
                raise NotFound(NO_SUCH_QUERY, reference=reference)
            query = the_query(session, query_id)
            count = copy_routing(session, query, source, by=acting(), now=clock.now())
    except DomainError as refusal:
        flash(translated(refusal), "error")
    else:
        flash(_("Cells filled: %(count)d.", count=count), "done")
    return redirect(url_for("routing.show", query_id=query_id), 303)


def _days(
    session: Session, query: Query, posted: PostedGrid
) -> Mapping[int, date | None]:
    """The day of each institution; with a new term, all follow it."""
    now = clock.now()
    if posted.step != "term" or posted.term is None:
        return following(session, query, posted.due_on, now=now)
    term, hour = posted.term.term(), posted.term.due_time()
    choose_term(session, query, term, hour, by=acting(), now=now)
    return dict.fromkeys(posted.due_on)


def _place(refusal: DomainError) -> str:
    """Where on the page it is wrong."""
    return f"q-{refusal.params['row']}" if "row" in refusal.params else "grid"


def _page(
    query_id: int,
    posted: PostedGrid | None = None,
    problems: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page, today = _grid(query_id), clock.today()
    closed = why_closed(page.grid.query)
    zero = day_zero(clock.now(), page.calendar)
    view = grid_view(page, today, zero, posted=posted, problems=problems, closed=closed)
    tabs = query_tabs(query_id, "routing.show")
    return render_template("routing/show.html", view=view, tabs_of=tabs), status


def _grid(query_id: int) -> GridPage:
    language, code = str(get_locale()), current_app.config["CALENDAR"]
    today = clock.today()
    page = find_grid_page(db.session, query_id, today, language=language, calendar=code)
    return page or abort(404)


def _with_suggestions(query_id: int, posted: PostedGrid) -> PostedGrid:
    """The suggestions in the rows that were left empty; saved only by the next step."""
    taken = {question for question, _ in posted.cells}
    found = suggested_cells(_grid(query_id))
    fresh = {key: role for key, role in found.items() if key[0] not in taken}
    return PostedGrid(
        cells=posted.cells | fresh,
        due_on=posted.due_on,
        typed=posted.typed,
        seen=posted.seen,
    )


def _with_row_copied(query_id: int, posted: PostedGrid) -> PostedGrid:
    """The row above once more: what was asked in this row already stays."""
    grid = _grid(query_id).grid
    order = [question.id for question in grid.questions]
    row = posted.step.removeprefix("same-")
    if not row.isdecimal() or int(row) not in order[1:]:
        abort(404)
    here, above = int(row), order[order.index(int(row)) - 1]
    roles = posted.cells | {key: cell.role for key, cell in grid.sent.items()}
    copied: dict[Key, CellRole] = {
        (here, institution): role
        for (of, institution), role in roles.items()
        if of == above and (here, institution) not in grid.sent
    }
    kept = {key: role for key, role in posted.cells.items() if key[0] != here}
    return PostedGrid(
        cells=kept | copied,
        due_on=posted.due_on,
        typed=posted.typed,
        seen=posted.seen,
    )
