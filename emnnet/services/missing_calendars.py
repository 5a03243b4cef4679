"""Asking for the holidays of a year that a deadline would rest on."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from emnnet.domain.calendar import missing_year_warnings
from emnnet.domain.moments import office_day
from emnnet.domain.partner_dates import find_plan
from emnnet.domain.routing_grid import NeedsConfirmation
from emnnet.models.query import Query
from emnnet.models.task import Task
from emnnet.selectors.calendar import office_calendar
from emnnet.services.calendar_watch import missing_year


def ask_for_calendar(
    session: Session, query: Query, *, days: Iterable[date] = (), now: datetime
) -> list[Task]:
    """A task for each year nobody loaded: of the plan, and of these days."""
    calendar = office_calendar(session)
    plan = find_plan(query.reply_by, calendar, office_day(now))
    years = set(plan.missing_years if plan else ())
    years |= set(calendar.missing_years(days))
    return [
        missing_year(session, calendar.code, year, now=now) for year in sorted(years)
    ]


def check_known_years(
    session: Session, days: Iterable[date], *, confirmed: bool, now: datetime
) -> None:
    """A date in a year that nobody loaded needs a person's word, and opens a task.

    Raises `NeedsConfirmation` unless `confirmed`.
    """
    calendar = office_calendar(session)
    missing = calendar.missing_years(days)
    if missing and not confirmed:
        raise NeedsConfirmation(missing_year_warnings(missing))
    for year in missing:
        missing_year(session, calendar.code, year, now=now)
