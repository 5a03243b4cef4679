"""The day a page is asked for: `?as_of=2019-06-30`, else today."""

from datetime import date

from flask_babel import format_date, get_locale
from flask_babel import lazy_gettext as _l
from wtforms import Form

from emnnet import clock
from emnnet.web.fields import DayField


class AsOfForm(Form):
    """The day; a page adds what else it can be asked for. Nothing is changed by it."""

    as_of = DayField(_l("On the day"), render_kw={"type": "date"})

    def read(self) -> None:
        """Check what was typed, and show the day in the field that is meant."""
        self.validate()
        self.as_of.raw_data = None  # a field for days shows no other text
        if not self.as_of.errors:
            self.as_of.data = self.day

    @property
    def day(self) -> date:
        """The day asked for; today where none was given, or none that exists."""
        return self.as_of.data or clock.today()

    @property
    def other_day(self) -> str | None:
        """The day as an address carries it; None for today."""
        return None if self.day == clock.today() else self.day.isoformat()


def plain_day(value: date) -> str:
    """1 Jul 2019, or 2019-07-01: without the day of the week, for years ago."""
    if str(get_locale()) == "lt":
        return value.isoformat()
    return str(format_date(value, "d MMM y"))
