"""Reading the calendars: to count in, and to show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.calendar_edits import Names
from emnnet.models.holiday import (
    CalendarChange,
    CalendarYear,
    Holiday,
    OfficeCalendar,
)
from emnnet.selectors.reading import Reading, Rows, read

OFFICE = "LT"  # the calendar that partners' dates are counted in
CHANGES_SHOWN = 20
OWN_LANGUAGE = {"LT": "lt", "BE": "nl", "EU": "lt"}  # of `Holiday.name_local`

_ASKED: BindParameter[str] = bindparam("calendar")
DAYS_OWN, DAYS_ENGLISH = (
    select(Holiday.day, name.label("name")).where(Holiday.calendar == _ASKED)
    for name in (Holiday.name_local, Holiday.name_en)
)
YEARS = select(
    CalendarYear.year, CalendarYear.version, CalendarYear.revision, CalendarYear.source
).where(CalendarYear.calendar == _ASKED)
HOURS = select(OfficeCalendar.closes_at).where(OfficeCalendar.code == _ASKED)
_OF_YEAR = func.extract("year", Holiday.day)
COUNTS = (
    select(Holiday.calendar, _OF_YEAR.label("year"), func.count().label("days"))
    .group_by(Holiday.calendar, _OF_YEAR)
    .subquery()
)
COUNTED = (COUNTS.c.calendar == CalendarYear.calendar) & (
    COUNTS.c.year == CalendarYear.year
)


@dataclass(frozen=True)
class YearLine:
    """A known year of a calendar: how many days off, and where they come from."""

    calendar: str
    year: int
    count: int
    source: str
    edition: str


def office_calendar(
    session: Session, code: str = OFFICE, language: str = "en"
) -> Calendar:
    """A calendar with the days off and the years that are known. One statement.

    `language` is the reader's: in the calendar's own one days have their own names.
    """
    return calendar_reading(code, language).take(session)


def calendar_reading(code: str = OFFICE, language: str = "en") -> Reading[Calendar]:
    """The same, to be read together with other things."""
    own = language == OWN_LANGUAGE.get(code)

    def made(days: Rows, years: Rows, offices: Rows) -> Calendar:
        years = sorted(years, key=lambda one: one.year)
        latest = years[-1] if years else None
        return Calendar(
            code=code,
            holidays={row.day: row.name for row in days},
            years=frozenset(one.year for one in years),
            version=edition(latest.version, latest.revision) if latest else "",
            source=latest.source if latest else "",
            versions={one.year: edition(one.version, one.revision) for one in years},
            closes_at=offices[0].closes_at if offices else None,
        )

    days = DAYS_OWN if own else DAYS_ENGLISH
    return Reading((days, YEARS, HOURS), made, {"calendar": code})


def edition(version: str, revision: int) -> str:
    """The version that was loaded, and how often it was changed since."""
    return f"{version} +{revision}" if revision else version


def calendars(session: Session) -> list[OfficeCalendar]:
    """All calendars, by code. One statement."""
    return list(session.scalars(select(OfficeCalendar).order_by(OfficeCalendar.code)))


def find_calendar(session: Session, code: str) -> OfficeCalendar | None:
    """The calendar with that code, or none."""
    return session.get(OfficeCalendar, code)


def year_lines(session: Session) -> list[YearLine]:
    """The known years of all calendars with their counts, the latest first."""
    wanted = (
        select(CalendarYear, COUNTS.c.days)
        .join(COUNTS, COUNTED, isouter=True)
        .order_by(CalendarYear.calendar, CalendarYear.year.desc())
    )
    return [_year_line(year, count) for year, count in session.execute(wanted)]


def _year_line(year: CalendarYear, count: int | None) -> YearLine:
    return YearLine(
        year.calendar,
        year.year,
        int(count or 0),
        year.source,
        edition(year.version, year.revision),
    )


def days_of(session: Session, code: str, year: int | None = None) -> list[Holiday]:
    """The days off of a calendar, or of one year of it, in order. One statement."""
    wanted = select(Holiday).where(Holiday.calendar == code).order_by(Holiday.day)
    if year is not None:
        wanted = wanted.where(Holiday.day.between(date(year, 1, 1), date(year, 12, 31)))
    return list(session.scalars(wanted))


def table_of(session: Session, code: str) -> Mapping[date, Names]:
    """The names of all days off of a calendar, by day."""
    return {
        row.day: Names(row.name_en, row.name_local) for row in days_of(session, code)
    }


def known_years(session: Session, code: str) -> frozenset[int]:
    """The years of a calendar that are loaded."""
    wanted = select(CalendarYear.year).where(CalendarYear.calendar == code)
    return frozenset(session.scalars(wanted))


def last_changes(session: Session, code: str) -> list[CalendarChange]:
    """The confirmed changes of a calendar, the newest first. One statement."""
    wanted = (
        select(CalendarChange)
        .where(CalendarChange.calendar == code)
        .order_by(CalendarChange.id.desc())
        .limit(CHANGES_SHOWN)
    )
    return list(session.scalars(wanted))


@dataclass(frozen=True)
class CalendarNow:
    """A calendar as it is before a change: its row, the days off, what tells it apart.

    `state` differs from that of every other time: forms carry it.
    """

    row: Any
    table: Mapping[date, Names]
    counted: Calendar
    state: str


def find_calendar_now(session: Session, code: str) -> CalendarNow | None:
    """All that a change has to know of a calendar, or none. One statement."""
    of_it = Holiday.calendar == code
    rest: Reading[tuple[Rows, ...]] = Reading(
        (
            select(OfficeCalendar).where(OfficeCalendar.code == code),
            select(Holiday.day, Holiday.name_en, Holiday.name_local).where(of_it),
            select(func.max(CalendarChange.id), func.count()).where(
                CalendarChange.calendar == code
            ),
        ),
        lambda *rows: rows,
    )
    calendar, (rows, days, changes) = read(session, calendar_reading(code), rest)
    if not rows:
        return None
    latest, count = changes[0]
    return CalendarNow(
        rows[0],
        {row.day: Names(row.name_en, row.name_local) for row in days},
        calendar,
        f"{latest or 0}.{count}.{len(calendar.years)}",
    )


def find_calendar_years(
    session: Session, code: str
) -> tuple[OfficeCalendar, list[YearLine]] | None:
    """A calendar with its known years, the latest first, or none. One statement."""
    rows = session.execute(
        select(OfficeCalendar, CalendarYear, COUNTS.c.days)
        .join(CalendarYear, CalendarYear.calendar == OfficeCalendar.code, isouter=True)
        .join(COUNTS, COUNTED, isouter=True)
        .where(OfficeCalendar.code == code)
        .order_by(CalendarYear.year.desc())
    ).all()
    if not rows:
        return None
    lines = [_year_line(year, count) for _, year, count in rows if year is not None]
    return rows[0][0], lines
