"""An institution asks for more time; the office decides."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.extension import NO_REQUEST_REASON
from emnnet.services.time_requests import ask_for_time
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.contributions.blueprint import bp
from emnnet.web.contributions.routes import back_to, posted_sheet, refusal, settled
from emnnet.web.messages import translated, worded


@bp.post("/<int:assignment_id>/more-time")
@requires(guest.may_contribute)
def ask_time(assignment_id: int) -> ResponseReturnValue:
    """Until when, and why; what was typed elsewhere on the page is saved first."""
    sheet = posted_sheet()
    form = sheet.more_time
    day = form.wanted_on.data if form.validate() else None
    if day is None and not form.wanted_on.errors:
        form.wanted_on.errors = [_("Give a day.")]
    if not form.why.data and not form.why.errors:
        form.why.errors = [worded(NO_REQUEST_REASON)]
    if day is None or not settled(sheet):
        return refusal(sheet)
    by, now, why = guest.contributor(), clock.now(), form.why.data or ""
    try:
        with committing() as session:
            ask_for_time(session, guest.assignment_at_hand(), day, why, by=by, now=now)
    except IllegalAction:
        raise
    except DomainError as error:
        form.wanted_on.errors = [translated(error)]
        return refusal(sheet)
    flash(_("The office was asked for more time. It will write to you."))
    return back_to(assignment_id)
