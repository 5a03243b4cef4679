"""Reading the calendars: to count in, and to show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.calendar_edits import Names
from emnnet.models.holiday import (
    CalendarChange,
    CalendarYear,
    Holiday,
    OfficeCalendar,
)
from emnnet.selectors.reading import Reading, Rows

OFFICE = "LT"  # the calendar that partners' dates are counted in
CHANGES_SHOWN = 20
OWN_LANGUAGE = {"LT": "lt", "BE": "nl", "EU": "lt"}  # of `Holiday.name_local`


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
    name = Holiday.name_local if own else Holiday.name_en

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

    return Reading(
        (
            select(Holiday.day, name.label("name")).where(Holiday.calendar == code),
            select(
                CalendarYear.year,
                CalendarYear.version,
                CalendarYear.revision,
                CalendarYear.source,
            ).where(CalendarYear.calendar == code),
            select(OfficeCalendar.closes_at).where(OfficeCalendar.code == code),
        ),
        made,
    )


def edition(version: str, revision: int) -> str:
    """The version that was loaded, and how often it was changed since."""
    return f"{version} +{revision}" if revision else version


def calendars(session: Session) -> list[OfficeCalendar]:
    """All calendars, by code. One statement."""
    return list(session.scalars(select(OfficeCalendar).order_by(OfficeCalendar.code)))


def find_calendar(session: Session, code: str) -> OfficeCalendar | None:
    """The calendar with that code, or none."""
    return session.get(OfficeCalendar, code)


def year_lines(session: Session, code: str | None = None) -> list[YearLine]:
    """The known years with their counts, the latest first. One statement."""
    per_year = func.extract("year", Holiday.day)
    counts = (
        select(Holiday.calendar, per_year.label("year"), func.count().label("days"))
        .group_by(Holiday.calendar, per_year)
        .subquery()
    )
    wanted = (
        select(CalendarYear, counts.c.days)
        .join(
            counts,
            (counts.c.calendar == CalendarYear.calendar)
            & (counts.c.year == CalendarYear.year),
            isouter=True,
        )
        .order_by(CalendarYear.calendar, CalendarYear.year.desc())
    )
    if code is not None:
        wanted = wanted.where(CalendarYear.calendar == code)
    return [
        YearLine(
            year.calendar,
            year.year,
            int(count or 0),
            year.source,
            edition(year.version, year.revision),
        )
        for year, count in session.execute(wanted)
    ]


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


def calendar_state(session: Session, code: str) -> str:
    """What tells one state of a calendar from every other: carried by its forms."""
    latest, changes = session.execute(
        select(func.max(CalendarChange.id), func.count()).where(
            CalendarChange.calendar == code
        )
    ).one()
    years = session.scalar(select(func.count()).where(CalendarYear.calendar == code))
    return f"{latest or 0}.{changes}.{years or 0}"
