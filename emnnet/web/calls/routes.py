"""The call list, the stuck list, and the page of one call."""

from http import HTTPStatus

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.selectors.assignments import find_assignment
from emnnet.selectors.calls import (
    CallPage,
    call_items,
    find_call,
    open_calls,
    stuck_items,
)
from emnnet.services.calls import note_call, put_on_list, take_off_list
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.calls.forms import OUTCOME_WORDS, CallForm
from emnnet.web.calls.present import call_tabs, rows_of
from emnnet.web.identity import acting
from emnnet.web.messages import translated

bp = Blueprint("calls", __name__, url_prefix="/desk/calls")


@bp.get("")
@requires(office)
def index() -> ResponseReturnValue:
    """Whom to telephone today, with all that is needed for it."""
    return _list(call_items(db.session, _code()), "calls.index")


@bp.get("/stuck")
@requires(office)
def stuck() -> ResponseReturnValue:
    """Late answers for which no step lies ahead any more."""
    return _list(stuck_items(db.session, _code(), clock.today()), "calls.stuck")


@bp.get("/<int:assignment_id>")
@requires(office)
def show(assignment_id: int) -> ResponseReturnValue:
    """One institution and query: numbers, what is owed, earlier contacts, the note."""
    return _call(assignment_id, CallForm(formdata=None).offer())


@bp.post("/<int:assignment_id>")
@requires(coordinators)
def note(assignment_id: int) -> ResponseReturnValue:
    """Keep what came of the call."""
    form = CallForm().offer()
    if not form.validate_on_submit():
        return _call(assignment_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            assignment = find_assignment(session, assignment_id) or abort(404)
            note_call(session, assignment, form.given(), by=acting(), now=clock.now())
    except DomainError as error:
        db.session.rollback()
        form.form_errors.append(translated(error))
        return _call(assignment_id, form), HTTPStatus.CONFLICT
    flash(_("The note is kept."), "done")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@bp.post("/<int:assignment_id>/list")
@requires(coordinators)
def put(assignment_id: int) -> ResponseReturnValue:
    """Put it on the call list by hand."""
    with committing() as session:
        assignment = find_assignment(session, assignment_id) or abort(404)
        put_on_list(session, assignment, by=acting(), now=clock.now())
    flash(_("It stands on the call list."), "done")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@bp.post("/<int:assignment_id>/off")
@requires(coordinators)
def take_off(assignment_id: int) -> ResponseReturnValue:
    """No call is needed."""
    with committing() as session:
        for task in open_calls(session, assignment_id):
            take_off_list(session, task, by=acting(), now=clock.now())
    flash(_("It is off the call list."), "done")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


def _list(page: CallPage, endpoint: str) -> str:
    return render_template(
        "calls/index.html",
        rows=rows_of(page.items, page.calendar, clock.today()),
        tabs_of=call_tabs(endpoint),
        is_stuck=endpoint == "calls.stuck",
        outcome_words=OUTCOME_WORDS,
    )


def _call(assignment_id: int, form: CallForm) -> str:
    page = find_call(db.session, assignment_id, _code()) or abort(404)
    (row,) = rows_of(page.items, page.calendar, clock.today())
    return render_template(
        "calls/show.html",
        row=row,
        form=form,
        on_list=row.item.task_id is not None,
        outcome_words=OUTCOME_WORDS,
    )


def _code() -> str:
    """The calendar that days are counted in."""
    return str(current_app.config["CALENDAR"])
