"""Why an institution has its date: without the asking country's own date."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from emnnet.extensions import db
from emnnet.selectors.calendar import OFFICE, office_calendar
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.contributions.blueprint import bp
from emnnet.web.why import why_assignment


@bp.get("/<int:assignment_id>/why")
@requires(guest.may_contribute)
def why(assignment_id: int) -> ResponseReturnValue:
    """The days up to the date; alone, or as a part of the page that asks for it."""
    assignment = guest.assignment_at_hand()
    calendar = office_calendar(db.session, OFFICE, str(get_locale()))
    return render_template(
        "contributions/why.html",
        assignment=assignment,
        why=why_assignment(assignment, calendar, partner=True),
        is_part="HX-Request" in request.headers,
    )
