"""The blueprint of the board, and what its pages share."""

from flask import Blueprint, current_app

from emnnet.domain.calendar import Calendar
from emnnet.extensions import db
from emnnet.selectors.calendar import office_calendar

bp = Blueprint("planned_mail", __name__, url_prefix="/desk/mail/planned")


def the_calendar() -> Calendar:
    """The office's days off."""
    return office_calendar(db.session, current_app.config["CALENDAR"])
