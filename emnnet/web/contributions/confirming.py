"""Answers to a question that was corrected since: confirmed, or opened to change."""

from http import HTTPStatus

from flask import abort, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.services.confirmations import confirm_answer, reopen_answer
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.contributions.blueprint import bp
from emnnet.web.contributions.routes import back_to, posted_sheet, refusal, settled
from emnnet.web.contributions.sheet import Card, Sheet

QUESTION = "/<int:assignment_id>/questions/<int:contribution_id>"


@bp.post(f"{QUESTION}/confirm")
@requires(guest.may_contribute)
def confirm(assignment_id: int, contribution_id: int) -> ResponseReturnValue:
    """What was answered holds for the new wording too."""
    sheet, card = _posted(contribution_id)
    if not settled(sheet):
        return refusal(sheet)
    by, now = guest.contributor(), clock.now()
    with committing() as session:
        confirm_answer(session, card.cell.contribution, by=by, now=now)
    flash(_("Thank you. The office knows that your answer holds."))
    return back_to(assignment_id, f"question:{contribution_id}")


@bp.post(f"{QUESTION}/reopen")
@requires(guest.may_contribute)
def change_answer(assignment_id: int, contribution_id: int) -> ResponseReturnValue:
    """The answer is open again, with the last text in the form."""
    sheet, card = _posted(contribution_id)
    if not settled(sheet):
        return refusal(sheet)
    by, now = guest.contributor(), clock.now()
    with committing() as session:
        reopen_answer(session, card.cell.contribution, by=by, now=now)
    flash(_("The answer is open again. Change it, then send it."))
    return back_to(assignment_id, f"question:{contribution_id}")


def _posted(contribution_id: int) -> tuple[Sheet, Card]:
    sheet = posted_sheet()
    return sheet, sheet.card(contribution_id) or abort(HTTPStatus.NOT_FOUND)
