"""Days off from elsewhere: a file, the feed, the package; ticked before they count."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from emnnet import clock
from emnnet.documents.calendar_feed import read_feed
from emnnet.documents.holidays_source import (
    country_holidays,
    source_of,
    version_of,
)
from emnnet.documents.ics_holidays import MOST_BYTES, read_ics, years_from
from emnnet.domain.calendar_edits import (
    Compared,
    Edit,
    EditKind,
    Names,
    Offered,
    compared,
)
from emnnet.domain.errors import DomainError, NotFound
from emnnet.domain.messages import _n
from emnnet.extensions import db
from emnnet.models.holiday import OfficeCalendar
from emnnet.selectors.calendar import known_years, table_of
from emnnet.web.access import coordinators, requires
from emnnet.web.calendars.blueprint import bp, name_of, the_calendar
from emnnet.web.calendars.forms import UploadForm, YearForm
from emnnet.web.calendars.routes import calendar_page
from emnnet.web.messages import translated

NOT_COVERED = _n(
    "The package knows no holidays of %(year)d. Type them, or upload them."
)
FEED_SECONDS = 8.0  # somebody waits for the page


@dataclass(frozen=True)
class OfferPage:
    """What is offered against the table, year by year, as lines to tick."""

    calendar: OfficeCalendar
    years: list[Compared]
    source: str
    version: str
    is_whole: bool  # it brings whole years, so they may count as known

    @property
    def name(self) -> str:
        """Of the calendar."""
        return name_of(self.calendar)

    @property
    def is_unchanged(self) -> bool:
        """Does it bring nothing new?"""
        return all(one.is_unchanged for one in self.years)

    def line(self, kind: str, day: object, names: Names | None = None) -> str:
        """One change as its tick box carries it."""
        return Edit(EditKind(kind), day, names or Names("", "")).written()  # type: ignore[arg-type]


@bp.post("/<code>/upload")
@requires(coordinators)
def upload(code: str) -> ResponseReturnValue:
    """What is in a file, against the table. Nothing is changed yet."""
    form = UploadForm()
    if not form.validate_on_submit():
        return calendar_page(code, upload_form=form), 422
    file = form.file.data
    try:
        with closing(file):
            data = file.read(MOST_BYTES + 1)
        offered = read_ics(data, years_from(clock.today()))
    except DomainError as refusal:
        form.file.errors = [translated(refusal)]
        return calendar_page(code, upload_form=form), 422
    name = (file.filename or "").rsplit("/", 1)[-1][:80]
    return _page(code, offered, _("file %(name)s", name=name), _today())


@bp.post("/<code>/feed")
@requires(coordinators)
def feed(code: str) -> ResponseReturnValue:
    """What stands at the address of the feed now. Nothing is changed yet."""
    FlaskForm().validate_on_submit()
    address = current_app.config["CALENDAR_FEED"]
    try:
        data = read_feed(address, seconds=FEED_SECONDS)
        offered = read_ics(data, years_from(clock.today()))
    except DomainError as refusal:
        flash(translated(refusal), "error")
        return redirect(url_for(".show", code=code), 303)
    return _page(code, offered, address, _today())


@bp.post("/<code>/load")
@requires(coordinators)
def load(code: str) -> ResponseReturnValue:
    """What the package knows of a year, against the table. Nothing is changed yet."""
    form = YearForm()
    if not form.validate_on_submit():
        return calendar_page(code, year_form=form), 422
    try:
        days = country_holidays(code, [form.year.data])
        if not days:
            raise NotFound(NOT_COVERED, year=form.year.data)
    except DomainError as refusal:
        form.year.errors = [translated(refusal)]
        return calendar_page(code, year_form=form), 422
    offered = [Offered(one.day, Names(one.name_en, one.name_local)) for one in days]
    return _page(code, offered, source_of(code), version_of(code), is_whole=True)


def _page(
    code: str,
    offered: Sequence[Offered],
    source: str,
    version: str,
    *,
    is_whole: bool = False,
) -> ResponseReturnValue:
    calendar = the_calendar(db.session, code)
    table, known = table_of(db.session, code), known_years(db.session, code)
    years = compared(offered, table, known)
    page = OfferPage(calendar, years, source, version, is_whole)
    if page.is_unchanged:
        flash(_("Nothing is new: the calendar holds all of it already."), "info")
        return redirect(url_for(".show", code=code), 303)
    return render_template("calendars/offered.html", page=page)


def _today() -> str:
    return clock.today().isoformat()
