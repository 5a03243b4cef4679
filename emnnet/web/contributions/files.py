"""Attaching files to an answer, and taking them back."""

from http import HTTPStatus

from flask import abort
from flask.typing import ResponseReturnValue

from emnnet import clock
from emnnet.extensions import db
from emnnet.selectors.contributions import find_attachment
from emnnet.services.attachments import remove
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.contributions.attaching import demand_file
from emnnet.web.contributions.blueprint import bp
from emnnet.web.contributions.routes import back_to, posted_sheet, refusal, settled


@bp.post("/<int:assignment_id>/questions/<int:contribution_id>/attachments")
@requires(guest.may_contribute)
def attach_file(assignment_id: int, contribution_id: int) -> ResponseReturnValue:
    """Keep the chosen file beside the answer; what was typed is saved first."""
    sheet = posted_sheet()
    card = sheet.card(contribution_id) or abort(HTTPStatus.NOT_FOUND)
    demand_file(card)
    if not settled(sheet):
        return refusal(sheet)
    return back_to(assignment_id, f"question:{contribution_id}")


@bp.post(
    "/<int:assignment_id>/questions/<int:contribution_id>"
    "/attachments/<int:attachment_id>/remove"
)
@requires(guest.may_contribute)
def remove_file(
    assignment_id: int, contribution_id: int, attachment_id: int
) -> ResponseReturnValue:
    """Take a file back; what was typed is saved first."""
    sheet = posted_sheet()
    attachment = find_attachment(db.session, attachment_id)
    if attachment is not None:
        if attachment.contribution.assignment_id != assignment_id:
            abort(HTTPStatus.NOT_FOUND)
        by, now = guest.contributor(), clock.now()
        with committing() as session:
            remove(session, attachment, by=by, now=now)
    if not settled(sheet):
        return refusal(sheet)
    return back_to(assignment_id, f"question:{contribution_id}")
