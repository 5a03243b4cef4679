"""Reading the calendar of the office."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.models.holiday import CalendarYear, Holiday


def office_calendar(session: Session, code: str = "LT") -> Calendar:
    """A calendar with the days off and the years that are known."""
    days = session.execute(
        select(Holiday.day, Holiday.name_en).where(Holiday.calendar == code)
    )
    years = session.execute(
        select(CalendarYear.year, CalendarYear.source, CalendarYear.version)
        .where(CalendarYear.calendar == code)
        .order_by(CalendarYear.year)
    ).all()
    return Calendar(
        code=code,
        holidays={row.day: row.name_en for row in days},
        years=frozenset(year.year for year in years),
        version=years[-1].version if years else "",
        source=years[-1].source if years else "",
    )
