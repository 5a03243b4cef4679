"""The blueprint of the board, and what its pages share."""

from datetime import date

from flask import Blueprint, current_app

from emnnet.domain.calendar import Calendar
from emnnet.extensions import db
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.planned_mail import Terms, terms_reading
from emnnet.selectors.reading import Reading

bp = Blueprint("planned_mail", __name__, url_prefix="/desk/mail/planned")


def the_calendar() -> Calendar:
    """The office's days off."""
    return office_calendar(db.session, current_app.config["CALENDAR"])


def the_terms(today: date) -> Reading[Terms]:
    """What plans from `today` on go by."""
    return terms_reading(current_app.config["CALENDAR"], today)
