"""Watching the calendars: years that nobody loaded or looked at, and the feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.calendar_edits import Offered, compared
from emnnet.domain.moments import office_day
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.query import Query
from emnnet.models.task import Task, TaskKind
from emnnet.selectors.calendar import calendars, known_years, table_of
from emnnet.selectors.desk_rows import OPEN
from emnnet.services.tasks import open_task

OCTOBER = 10  # from this month on, next year's calendars are looked at


class FeedState(StrEnum):
    """What became of a reading of the feed; the last is no alert."""

    UNREACHABLE = "unreachable"
    EMPTY = "empty"
    INVALID = "invalid"
    DIFFERENT = "different"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Watched:
    """How many tasks the calendars gave rise to."""

    tasks: int


def watch_calendars(session: Session, office_code: str, *, now: datetime) -> Watched:
    """Ask for each year that a date of an open query needs, and for next year's.

    From October on, one task for each calendar and year, to compare next year's with
    what was announced; run twice, it opens none twice.
    """
    before = session.scalar(select(func.count()).select_from(Task)) or 0
    today = office_day(now)
    for year in sorted(_years_needed(session) - known_years(session, office_code)):
        if year >= today.year:
            missing_year(session, office_code, year, now=now)
    if today.month >= OCTOBER:
        for calendar in calendars(session):
            _look_at(session, calendar.code, today.year + 1, now=now)
    session.flush()
    after = session.scalar(select(func.count()).select_from(Task)) or 0
    return Watched(after - before)


def missing_year(session: Session, code: str, year: int, *, now: datetime) -> Task:
    """Ask for the holidays of a year; the same year is asked for once."""
    key = f"calendar:{code}:{year}"
    kind = TaskKind.CALENDAR_MISSING
    return open_task(session, kind, key, now=now, calendar=code, year=year)


def compare_feed(
    session: Session, code: str, offered: Iterable[Offered], *, now: datetime
) -> FeedState:
    """Compare what the feed brings; a task if it differs. The table stays as it is."""
    table, known = table_of(session, code), known_years(session, code)
    sure = [one for one in offered if not one.doubt]
    years = [one for one in compared(sure, table, known) if not one.is_unchanged]
    if not years:
        return FeedState.UNCHANGED
    what = ", ".join(f"{one.year}: +{len(one.new)} −{len(one.gone)}" for one in years)
    alert_feed(session, code, FeedState.DIFFERENT, what, now=now)
    return FeedState.DIFFERENT


def alert_feed(
    session: Session, code: str, state: FeedState, error: str, *, now: datetime
) -> Task:
    """Put it before the office, once a month for each state."""
    month = f"{office_day(now):%Y-%m}"
    key = f"calendar_feed:{code}:{state}:{month}"
    kind = TaskKind.CALENDAR_FEED
    error = error[:300]
    return open_task(
        session, kind, key, now=now, calendar=code, state=state.value, error=error
    )


def _look_at(session: Session, code: str, year: int, *, now: datetime) -> None:
    key = f"calendar_check:{code}:{year}"
    kind = TaskKind.CALENDAR_CHECK
    open_task(session, kind, key, now=now, calendar=code, year=year)
    if year not in known_years(session, code):
        missing_year(session, code, year, now=now)


def _years_needed(session: Session) -> set[int]:
    """The years of all dates that open queries rest on. Two statements."""
    is_open = OPEN & Query.sent_on.is_(None)
    asked = select(Query.reply_by).where(is_open).distinct()
    given = (
        select(Assignment.due_on, Contribution.due_on)
        .join(Contribution, Contribution.assignment_id == Assignment.id)
        .join(Query, Query.id == Assignment.query_id)
        .where(is_open)
        .distinct()
    )
    days = {*session.scalars(asked), *chain(*session.execute(given))}
    return {day.year for day in days if day is not None}
