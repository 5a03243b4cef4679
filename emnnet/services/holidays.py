"""Loading the days off of a year into an office calendar."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.domain.roles import Actor
from emnnet.models.holiday import CalendarYear, Holiday
from emnnet.services.events import record_office


def load_year(
    session: Session,
    calendar: str,
    year: int,
    days: Iterable[tuple[date, str, str]],
    *,
    source: str,
    version: str,
    by: Actor,
    now: datetime,
) -> int:
    """Take in the days off (day, English name, own name) of a year not yet known.

    Returns how many came in; a year that is known stays as it is.
    """
    if session.get(CalendarYear, (calendar, year)):
        return 0
    known = {"calendar": calendar, "source": source}
    added = {"added_by": by.name, "added_at": now}
    rows = [
        Holiday(day=day, name_en=en, name_local=own, **known, **added)
        for day, en, own in days
        if day.year == year
    ]
    session.add_all(rows)
    loaded = {"version": version, "loaded_at": now, "loaded_by": by.name}
    session.add(CalendarYear(year=year, **known, **loaded))
    facts = {"calendar": calendar, "year": year, "version": version}
    record_office(
        session, "calendars", EventKind.HOLIDAYS_LOADED, by=by, now=now, **facts
    )
    return len(rows)
