"""Looking over what is ready, sending all or some of it, and the receipt."""

from http import HTTPStatus
from secrets import token_hex

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.extensions import db
from emnnet.selectors.contributions import last_sent
from emnnet.services.contributions import NOTHING_CHOSEN, submit
from emnnet.services.drafts import DraftConflict
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.contributions.blueprint import bp
from emnnet.web.contributions.routes import SEE_OTHER
from emnnet.web.contributions.sheet import read_sheet
from emnnet.web.messages import worded

LONGEST_KEY = 64


@bp.get("/<int:assignment_id>/check")
@requires(guest.may_contribute)
def check(assignment_id: int) -> ResponseReturnValue:
    """What would be sent, each with its tick; what is not ready stays."""
    return _check_page()


@bp.post("/<int:assignment_id>/send")
@requires(guest.may_contribute)
def send(assignment_id: int) -> ResponseReturnValue:
    """Send the ticked answers as they were shown. Pressed twice, it is sent once."""
    assignment, chosen = guest.assignment_at_hand(), _chosen()
    if not chosen:
        return _check_page(worded(NOTHING_CHOSEN), HTTPStatus.UNPROCESSABLE_ENTITY)
    cells = read_sheet(db.session, assignment).cards
    by, now = guest.contributor(), clock.now()
    try:
        with committing() as session:
            submit(
                session,
                assignment,
                [card.cell.contribution for card in cells if card.id in chosen],
                by=by,
                now=now,
                key=request.form.get("key", "")[:LONGEST_KEY],
                seen=chosen,
            )
    except DraftConflict as conflict:
        message = _(
            "%(who)s has changed an answer meanwhile. Read it once more, then send.",
            who=conflict.saved_by,
        )
        return _check_page(message, HTTPStatus.CONFLICT)
    return redirect(url_for(".receipt", assignment_id=assignment_id), SEE_OTHER)


@bp.get("/<int:assignment_id>/receipt")
@requires(guest.may_contribute)
def receipt(assignment_id: int) -> ResponseReturnValue:
    """What left the last time, and what is still open."""
    assignment = guest.assignment_at_hand()
    versions = last_sent(db.session, assignment)
    sheet = read_sheet(db.session, assignment)
    return render_template("contributions/receipt.html", versions=versions, sheet=sheet)


def _chosen() -> dict[int, int]:
    """Ids of the ticked answers, each with the draft number that was shown."""
    chosen = {}
    for id_ in request.form.getlist("chosen", type=int):
        chosen[id_] = request.form.get(f"seen-{id_}", -1, type=int)
    return chosen


def _check_page(
    error: str | None = None, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    sheet = read_sheet(db.session, guest.assignment_at_hand())
    if not sheet.ready:
        target = url_for(".show", assignment_id=sheet.assignment.id)
        return redirect(target, SEE_OTHER)
    page = render_template(
        "contributions/check.html", sheet=sheet, error=error, key=token_hex(8)
    )
    return page, status
