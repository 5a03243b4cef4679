"""The list with tick boxes, the preview of the very text, and the sending."""

from http import HTTPStatus

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.extensions import db
from emnnet.models.query import Query
from emnnet.selectors.queries import find_query
from emnnet.selectors.reminding import RemindList, find_remind_list
from emnnet.services.reminding import RemindedByHand, remind_by_hand
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.messages import spoken
from emnnet.web.reminding.present import list_page, preview_page

bp = Blueprint("reminding", __name__, url_prefix="/desk/queries/<int:query_id>/remind")


@bp.get("")
@requires(coordinators)
def index(query_id: int) -> ResponseReturnValue:
    """Who may be reminded, how often it was done, and who is left out and why."""
    return _list(query_id)


@bp.post("/preview")
@requires(coordinators)
def preview(query_id: int) -> ResponseReturnValue:
    """The very texts, and who is left out. Sends nothing."""
    ticked = _ticked()
    if not ticked:
        problem = _("Tick at least one institution, or go back to the query.")
        return _list(query_id, problem), HTTPStatus.UNPROCESSABLE_ENTITY
    found = _found(query_id)
    page = preview_page(db.session, found, ticked, now=clock.now())
    return render_template("reminding/preview.html", query=found.query, page=page)


@bp.post("/send")
@requires(coordinators)
def send(query_id: int) -> ResponseReturnValue:
    """Promise one mail to each ticked institution, and say who gets none."""
    with committing() as session:
        query = _query(session, query_id)
        done = remind_by_hand(session, query, _ticked(), by=acting(), now=clock.now())
        _tell(done)
    return redirect(url_for("queries.show", query_id=query_id), HTTPStatus.SEE_OTHER)


def _list(query_id: int, problem: str = "") -> str:
    found = _found(query_id)
    page = list_page(found, clock.today(), _ticked())
    return render_template(
        "reminding/index.html", query=found.query, page=page, problem=problem
    )


def _found(query_id: int) -> RemindList:
    code = current_app.config["CALENDAR"]
    found = find_remind_list(db.session, query_id, code, clock.today())
    return found or abort(404)


def _query(session: Session, query_id: int) -> Query:
    return find_query(session, query_id) or abort(404)


def _ticked() -> set[int]:
    return {int(one) for one in request.form.getlist("assignment") if one.isdecimal()}


def _tell(done: RemindedByHand) -> None:
    if done.sent:
        names = ", ".join(line.assignment.institution.short for line in done.sent)
        told = ngettext(
            "%(num)d reminder leaves within seconds: %(names)s.",
            "%(num)d reminders leave within seconds: %(names)s.",
            len(done.sent),
            names=names,
        )
        flash(told, "done")
    else:
        flash(_("Nobody is reminded."), "warning")
    if done.left:
        left = "; ".join(
            f"{one.line.assignment.institution.short}: {spoken(one.why)}"
            for one in done.left
        )
        flash(_("Left out – %(list)s", list=left), "info")
