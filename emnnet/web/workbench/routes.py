"""The page itself, and what all that is posted on it comes back to."""

from http import HTTPStatus
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.selectors.workbench import find_workbench
from emnnet.web.access import office, requires
from emnnet.web.messages import translated
from emnnet.web.query_tabs import query_tabs
from emnnet.web.workbench.blueprint import bp
from emnnet.web.workbench.present import BenchPage
from emnnet.web.workbench.view import View
from emnnet.web.workbench.words import DISSEMINATION_WORDS, LATE_WORDS


@bp.get("")
@requires(office)
def show(query_id: int) -> ResponseReturnValue:
    """One question with all that was given and all that we say."""
    return rendered(query_id, View.read(request.args))


def rendered(query_id: int, view: View) -> str:
    """The page as `view` wants it."""
    return render_template(
        "workbench/show.html",
        page=_page(query_id, view),
        tabs=query_tabs(query_id, "workbench.show"),
        dissemination_words=DISSEMINATION_WORDS,
        late_words=LATE_WORDS,
    )


def back(
    query_id: int, view: View, at: str, new: int | None = None
) -> ResponseReturnValue:
    """The page again, with the focus on what changed; `new` is a paragraph's id."""
    address: dict[str, Any] = view.address(at=at, new=new, removed=view.removed)
    page = url_for(".show", query_id=query_id, _anchor=at, **address)
    return redirect(page, HTTPStatus.SEE_OTHER)


def refused(
    query_id: int,
    view: View,
    error: DomainError | None = None,
    status: HTTPStatus = HTTPStatus.CONFLICT,
) -> ResponseReturnValue:
    """The page with the reason on top, and all that was typed still on it."""
    db.session.rollback()
    if error is not None:
        view.refused = translated(error)
    return rendered(query_id, view), status


def wrong(query_id: int, view: View) -> ResponseReturnValue:
    """The page with the errors of a form at their places."""
    return refused(query_id, view, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def posted_view(question_id: int) -> View:
    """The view that a form was sent from."""
    view = View.read(request.args)
    view.question_id = question_id
    return view


def _page(query_id: int, view: View) -> BenchPage:
    bench = find_workbench(db.session, query_id, clock.today())
    if bench is None:
        abort(HTTPStatus.NOT_FOUND)
    return BenchPage(bench, view, clock.now(), writes=current_user.is_coordinator)
