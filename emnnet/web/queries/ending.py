"""Withdrawing, deleting and restoring a query: each asks for a reason first."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from emnnet import clock
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.extensions import db
from emnnet.selectors.queries import find_overview
from emnnet.selectors.query_cells import asked_questions, facts_of
from emnnet.selectors.query_list import deleted_queries
from emnnet.services.query_endings import (
    RECOVERABLE,
    delete_query,
    restore_query,
    withdraw_query,
)
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.queries.blueprint import any_query, bp
from emnnet.web.queries.forms import ReasonForm


@dataclass(frozen=True)
class Ending:
    """One way to end a query, and how it is said."""

    action: QueryAction
    do: Callable[..., object]
    title: LazyString
    lost: LazyString
    button: LazyString
    done: LazyString


ENDINGS = {
    "withdraw": Ending(
        QueryAction.WITHDRAW,
        withdraw_query,
        _l("Withdraw the query"),
        _l(
            "Every institution that has the query is told once, with your reason."
            " Nobody is reminded any more. Answers that are in stay here;"
            " they are not published. This cannot be undone."
        ),
        _l("Withdraw the query"),
        _l("The query is withdrawn."),
    ),
    "delete": Ending(
        QueryAction.DELETE,
        delete_query,
        _l("Delete the query"),
        _l(
            "For what was registered by mistake. The query disappears from the lists"
            " and its mail does not leave. Nobody is told."
            " It can be restored for 30 days."
        ),
        _l("Delete the query"),
        _l("The query is deleted. It can be restored for 30 days."),
    ),
    "restore": Ending(
        QueryAction.RESTORE,
        restore_query,
        _l("Restore the query"),
        _l("It comes back as it was. Mail that was stopped does not leave by itself."),
        _l("Restore the query"),
        _l("The query is back."),
    ),
}


@bp.get("/<int:query_id>/<any(withdraw, delete, restore):ending>")
@requires(coordinators)
def end(query_id: int, ending: str) -> ResponseReturnValue:
    """What will happen, and a field for the reason."""
    form = ReasonForm(formdata=None)
    return _page(query_id, ending, form)


@bp.post("/<int:query_id>/<any(withdraw, delete, restore):ending>")
@requires(coordinators)
def ended(query_id: int, ending: str) -> ResponseReturnValue:
    """Do it, with the reason."""
    form, way = ReasonForm(), ENDINGS[ending]
    if not form.validate_on_submit():
        return _page(query_id, ending, form), 422
    with committing() as session:
        query = any_query(session, query_id)
        way.do(session, query, form.reason.data, by=acting(), now=clock.now())
    flash(str(way.done), "done")
    if ending == "delete":
        return redirect(url_for("queries.deleted"), 303)
    return redirect(url_for("queries.show", query_id=query_id), 303)


@bp.get("/deleted")
@requires(coordinators)
def deleted() -> ResponseReturnValue:
    """What was deleted, by whom and why, and until when it can be restored."""
    return render_template(
        "queries/deleted.html",
        rows=deleted_queries(db.session),
        now=clock.now(),
        lasts=RECOVERABLE,
    )


def _page(query_id: int, ending: str, form: ReasonForm) -> str:
    way, session = ENDINGS[ending], db.session
    overview = find_overview(session, query_id, clock.today()) or abort(404)
    query = overview.query
    facts = facts_of(session, overview, asked_questions(session, query))
    allow_query(way.action, facts)
    return render_template(
        "queries/end.html", query=query, form=form, ending=way, name=ending
    )
