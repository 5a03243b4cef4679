"""The calendars: their years, one year of one, and the rule of the office hours."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.calendar_edits import Edit, read_edits
from emnnet.extensions import db
from emnnet.models.holiday import CalendarChange, Holiday, OfficeCalendar
from emnnet.models.task import TaskKind
from emnnet.selectors.calendar import (
    OFFICE,
    YearLine,
    calendars,
    days_of,
    find_calendar_years,
    last_changes,
    year_lines,
)
from emnnet.services.calendar_changes import finish_calendar_tasks, set_closing_hour
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.calendars.blueprint import bp, name_of, the_calendar
from emnnet.web.calendars.forms import (
    CLOSES_AT,
    HolidayForm,
    HoursForm,
    UploadForm,
    YearForm,
)
from emnnet.web.calendars.present import change_words
from emnnet.web.identity import acting


@dataclass(frozen=True)
class CalendarLine:
    """A calendar in the list."""

    calendar: OfficeCalendar
    name: str
    years: list[YearLine]
    is_office: bool


@dataclass(frozen=True)
class ChangeLine:
    """A confirmed change, and the lines that would undo it."""

    row: CalendarChange
    words: str
    undo: tuple[Edit, ...]


@dataclass(frozen=True)
class DayLine:
    """A day off, and the line that takes it away."""

    row: Holiday
    removal: str


@dataclass(frozen=True)
class CalendarPage:
    """One calendar: its years, the days of one, what was changed, what can be."""

    calendar: OfficeCalendar
    name: str
    years: list[YearLine]
    year: int
    days: list[DayLine]
    changes: list[ChangeLine]
    feed: str
    is_office: bool

    @property
    def line(self) -> YearLine | None:
        """What is known of the year, or none."""
        return next((one for one in self.years if one.year == self.year), None)


@bp.get("")
@requires(office)
def index() -> ResponseReturnValue:
    """All calendars with their years, counts, sources and versions."""
    lines = year_lines(db.session)
    shown = [
        CalendarLine(
            one,
            name_of(one),
            [line for line in lines if line.calendar == one.code],
            one.code == OFFICE,
        )
        for one in calendars(db.session)
    ]
    return render_template(
        "calendars/index.html", calendars=shown, this_year=clock.today().year
    )


@bp.get("/<code>")
@requires(office)
def show(code: str) -> ResponseReturnValue:
    """One year of a calendar, and what can be changed."""
    return calendar_page(code)


@bp.post("/<code>/hours")
@requires(coordinators)
def hours(code: str) -> ResponseReturnValue:
    """Say from which hour on a sending counts for the next working day."""
    form = HoursForm()
    if not form.validate_on_submit():
        return calendar_page(code, hours_form=form), 422
    with committing() as session:
        the_calendar(session, code)
        set_closing_hour(session, code, form.hour(), by=acting(), now=clock.now())
    flash(_("The rule is kept. It counts from the next sending on."), "done")
    return redirect(url_for(".show", code=code) + "#hours", 303)


@bp.post("/<code>/<int:year>/checked")
@requires(coordinators)
def checked(code: str, year: int) -> ResponseReturnValue:
    """Somebody has compared the year with what was announced."""
    kinds = {TaskKind.CALENDAR_CHECK}
    with committing() as session:
        the_calendar(session, code)
        finish_calendar_tasks(session, code, year, kinds, by=acting(), now=clock.now())
    flash(_("The task to compare %(year)d is done.", year=year), "done")
    return redirect(url_for(".show", code=code, year=year), 303)


@bp.post("/<code>/feed/settled")
@requires(coordinators)
def settled(code: str) -> ResponseReturnValue:
    """Somebody has seen to what the feed was about."""
    kinds = {TaskKind.CALENDAR_FEED}
    with committing() as session:
        the_calendar(session, code)
        finish_calendar_tasks(session, code, None, kinds, by=acting(), now=clock.now())
    flash(_("The task about the feed is done."), "done")
    return redirect(url_for(".show", code=code), 303)


def calendar_page(code: str, **forms: Any) -> str:
    """The page, with the forms as they were sent or empty."""
    calendar, years = find_calendar_years(db.session, code) or abort(404)
    page = _page(calendar, years)
    closes = calendar.closes_at
    hours = {"is_on": closes is not None, "closes_at": closes or CLOSES_AT}
    return render_template(
        "calendars/show.html",
        page=page,
        add_form=forms.get("add_form") or HolidayForm(formdata=None),
        rename_form=forms.get("rename_form"),
        upload_form=forms.get("upload_form") or UploadForm(formdata=None),
        year_form=forms.get("year_form") or YearForm(formdata=None, year=_next(page)),
        hours_form=forms.get("hours_form") or HoursForm(formdata=None, data=hours),
        failed=next(iter(forms.values()), None),
    )


def _page(calendar: OfficeCalendar, years: list[YearLine]) -> CalendarPage:
    year = request.args.get("year", type=int) or clock.today().year
    if not date.min.year <= year <= date.max.year:
        abort(404)
    is_office = calendar.code == OFFICE
    return CalendarPage(
        calendar=calendar,
        name=name_of(calendar),
        years=years,
        year=year,
        days=[
            DayLine(row, Edit.removing(row.day).written())
            for row in days_of(db.session, calendar.code, year)
        ],
        changes=[_change(row) for row in last_changes(db.session, calendar.code)],
        feed=current_app.config["CALENDAR_FEED"] if is_office else "",
        is_office=is_office,
    )


def _change(row: CalendarChange) -> ChangeLine:
    edits = read_edits(row.lines)
    return ChangeLine(row, change_words(row, edits), read_edits(row.undo_lines))


def _next(page: CalendarPage) -> int:
    """The first year after the known ones."""
    latest = max((one.year for one in page.years), default=page.year - 1)
    return latest + 1
