"""The office calendar as two columns of another statement: no statement of its own."""

from datetime import date, time

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Label,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.models.holiday import CalendarYear, Holiday, OfficeCalendar
from emnnet.selectors.calendar import OFFICE, OWN_LANGUAGE, edition

BETWEEN_DAYS = "\n"
NO_HOUR = "-"


def calendar_columns() -> tuple[Label[str | None], Label[str | None]]:
    """The days off and the known years with their editions: the same in each row.

    The statement is executed with `calendar` (its code), `first` and `last` (days).
    """
    code = bindparam("calendar", type_=String)
    first, last = (bindparam(name, type_=Date) for name in ("first", "last"))
    own = bindparam("own", value=False, type_=Boolean)  # its own names are wanted
    name = case((own, Holiday.name_local), else_=Holiday.name_en)
    line = cast(Holiday.day, String) + literal(" ") + name
    days = select(func.aggregate_strings(line, BETWEEN_DAYS)).where(
        Holiday.calendar == code, Holiday.day >= first, Holiday.day <= last
    )
    numbers = (CalendarYear.year, CalendarYear.revision)
    year, revision = (cast(number, String) + literal(" ") for number in numbers)
    line = year + revision + _closing() + CalendarYear.version
    years = select(func.aggregate_strings(line, BETWEEN_DAYS)).where(
        CalendarYear.calendar == code
    )
    return (
        days.scalar_subquery().label("days_off"),
        years.scalar_subquery().label("known_years"),
    )


def calendar_around(
    session: Session, first: date, last: date, language: str = "en", code: str = OFFICE
) -> Calendar:
    """A calendar with the days off between two days. One statement.

    `language` is the reader's: in the calendar's own one days have their own names.
    """
    own = language == OWN_LANGUAGE.get(code)
    bound = {"calendar": code, "first": first, "last": last, "own": own}
    row = session.execute(select(*calendar_columns()), bound).one()
    return calendar_from(code, row.days_off, row.known_years)


def _closing() -> ColumnElement[str]:
    """The hour at which the office closes, or a dash, and a blank."""
    hour = select(cast(OfficeCalendar.closes_at, String)).where(
        OfficeCalendar.code == CalendarYear.calendar
    )
    return func.coalesce(hour.scalar_subquery(), NO_HOUR) + literal(" ")


def calendar_from(code: str, days_off: str | None, known_years: str | None) -> Calendar:
    """The calendar out of those two columns."""
    versions, closes = {}, NO_HOUR
    for line in (known_years or "").split(BETWEEN_DAYS):
        if line:
            year, revision, closes, version = line.split(" ", 3)
            versions[int(year)] = edition(version, int(revision))
    days = (line.split(" ", 1) for line in (days_off or "").split(BETWEEN_DAYS) if line)
    return Calendar(
        code=code,
        holidays={date.fromisoformat(day): name for day, name in days},
        years=frozenset(versions),
        version=versions[max(versions)] if versions else "",
        versions=versions,
        closes_at=None if closes == NO_HOUR else time.fromisoformat(closes),
    )
