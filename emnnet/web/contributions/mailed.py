"""Answers that the institution gave by mail: taken over as its draft, or discarded.

Their buttons belong to the form of the page, so that whatever was typed is saved first.
"""

from collections.abc import Callable
from http import HTTPStatus

from flask import abort, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.models.mailed_draft import MailedDraft
from emnnet.selectors.arrived_mail import find_draft
from emnnet.services.mailed_drafts import discard, take_over
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.contributions.blueprint import bp
from emnnet.web.contributions.routes import back_to, posted_sheet, refusal, settled


@bp.post("/<int:assignment_id>/mailed/<int:draft_id>/take")
@requires(guest.may_contribute)
def take_mailed(assignment_id: int, draft_id: int) -> ResponseReturnValue:
    """Make it the draft of its question; nothing is sent by it."""
    taken = _("Taken over as your draft. Look at it, then send it.")
    return _decided(assignment_id, draft_id, take_over, taken)


@bp.post("/<int:assignment_id>/mailed/<int:draft_id>/discard")
@requires(guest.may_contribute)
def discard_mailed(assignment_id: int, draft_id: int) -> ResponseReturnValue:
    """It is not to become an answer."""
    return _decided(assignment_id, draft_id, discard, _("Discarded."))


def _decided(
    assignment_id: int, draft_id: int, decide: Callable[..., object], told: str
) -> ResponseReturnValue:
    """Save what was typed, then decide; only about this assignment's own."""
    sheet = posted_sheet()
    if not settled(sheet):
        return refusal(sheet)
    by, now = guest.contributor(), clock.now()
    with committing() as session:
        draft = _own(session, assignment_id, draft_id)
        contribution_id = draft.contribution_id
        decide(session, draft, by=by, now=now)
    flash(told, "done")
    return back_to(assignment_id, f"question:{contribution_id}")


def _own(session: Session, assignment_id: int, draft_id: int) -> MailedDraft:
    draft = find_draft(session, draft_id)
    if draft is None or draft.contribution.assignment_id != assignment_id:
        abort(HTTPStatus.NOT_FOUND)
    return draft
