"""The blueprint of the calendars, and the calendar that a page of it is about."""

from flask import Blueprint, abort
from flask_babel import get_locale
from sqlalchemy.orm import Session

from emnnet.models.holiday import OfficeCalendar
from emnnet.selectors.calendar import find_calendar

bp = Blueprint("calendars", __name__, url_prefix="/settings/calendars")


def the_calendar(session: Session, code: str) -> OfficeCalendar:
    """The calendar of the address; a page that is not there otherwise."""
    return find_calendar(session, code) or abort(404)


def name_of(calendar: OfficeCalendar) -> str:
    """What the calendar is called in the reader's language."""
    return calendar.name_lt if str(get_locale()) == "lt" else calendar.name_en
