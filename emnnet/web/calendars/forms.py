"""What can be typed on the page of a calendar."""

from datetime import date, time
from typing import cast

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, StringField, TimeField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from emnnet.domain.calendar_edits import LONGEST_NAME, Edit, EditKind, Names
from emnnet.domain.dates import EARLIEST_YEAR, LATEST_YEAR
from emnnet.web.fields import DayField, not_blank, stripped

TOO_LONG = _l("Keep it under %(max)d characters.")
CLOSES_AT = time(17)


def _name(label: str, hint: str, *, needed: bool) -> StringField:
    check = not_blank(_l("Say what the holiday is called.")) if needed else Optional()
    return StringField(
        label,
        description=hint,
        filters=[stripped],
        validators=[check, Length(max=LONGEST_NAME, message=TOO_LONG)],
    )


class HolidayForm(FlaskForm):
    """A day off that is new, or has a new name."""

    day = DayField(
        _l("Day"), validators=[DataRequired(_l("Write the day of the holiday."))]
    )
    name_en = _name(_l("Name in English"), "", needed=True)
    name_local = _name(
        _l("Name in the language of the calendar"),
        _l("Empty: as in English."),
        needed=False,
    )

    def edit(self, kind: EditKind) -> Edit:
        """The change that was filled in."""
        names = Names(self.name_en.data or "", self.name_local.data or "")
        return Edit(kind, cast("date", self.day.data), names)  # the form has checked it


class UploadForm(FlaskForm):
    """A file of holidays."""

    file = FileField(
        _l("iCalendar file (.ics)"),
        description=_l("You see what is in it before anything is changed."),
        validators=[FileRequired(_l("Choose a file."))],
    )


class YearForm(FlaskForm):
    """A year to load."""

    year = IntegerField(
        _l("Year"),
        validators=[
            DataRequired(_l("Write the year, for example 2027.")),
            NumberRange(
                EARLIEST_YEAR,
                LATEST_YEAR,
                _l("Choose a year between %(min)d and %(max)d."),
            ),
        ],
    )


class HoursForm(FlaskForm):
    """When a sending counts for the next working day."""

    is_on = BooleanField(
        _l("What is sent after hours counts as sent on the next working day")
    )
    closes_at = TimeField(
        _l("Office hours end at"),
        default=CLOSES_AT,
        validators=[DataRequired(_l("Write the hour, for example 17:00."))],
    )

    def hour(self) -> time | None:
        """From which hour on; none where the day of sending always counts."""
        return self.closes_at.data if self.is_on.data else None
