"""Drafts passed from the institution that lost a question to the one that has it.

Their buttons stand in the form of the page, so that whatever was typed is saved first.
"""

from http import HTTPStatus

from flask import abort, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.extensions import db
from emnnet.selectors.passed_drafts import find_passed
from emnnet.services.passing_on import pass_on, take_material
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.contributions.blueprint import bp
from emnnet.web.contributions.routes import back_to, posted_sheet, refusal, settled

QUESTION = "/<int:assignment_id>/questions/<int:contribution_id>"


@bp.post(f"{QUESTION}/passed-on/<int:receiver_id>")
@requires(guest.may_contribute)
def agree_to_pass_on(
    assignment_id: int, contribution_id: int, receiver_id: int
) -> ResponseReturnValue:
    """The institution agrees: another one may use what it had begun."""
    sheet = posted_sheet()
    card = sheet.card(contribution_id) or abort(HTTPStatus.NOT_FOUND)
    if not settled(sheet):
        return refusal(sheet)
    by, now = guest.contributor(), clock.now()
    with committing() as session:
        pass_on(session, card.cell.contribution, receiver_id, by=by, now=now)
    flash(_("Thank you. Your text is shown to them as material, with its origin."))
    return back_to(assignment_id, f"question:{contribution_id}")


@bp.post(f"{QUESTION}/material/<int:passed_id>")
@requires(guest.may_contribute)
def use_material(
    assignment_id: int, contribution_id: int, passed_id: int
) -> ResponseReturnValue:
    """Take what another institution had begun over as one's own draft."""
    sheet = posted_sheet()
    card = sheet.card(contribution_id) or abort(HTTPStatus.NOT_FOUND)
    if not settled(sheet):
        return refusal(sheet)
    by, now = guest.contributor(), clock.now()
    receiver = card.cell.contribution
    passed = find_passed(db.session, receiver, passed_id) or abort(HTTPStatus.NOT_FOUND)
    seen = receiver.draft_number
    with committing() as session:
        take_material(session, passed, seen=seen, by=by, now=now)
    flash(_("The text stands in your draft. Read it, change it, and send it yourself."))
    return back_to(assignment_id, f"question:{contribution_id}")
