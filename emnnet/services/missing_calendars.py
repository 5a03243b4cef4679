"""Asking for the holidays of a year that a deadline would rest on."""

from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.domain.moments import office_day
from emnnet.domain.partner_dates import find_plan
from emnnet.models.query import Query
from emnnet.models.task import Task, TaskKind
from emnnet.selectors.calendar import office_calendar
from emnnet.services.tasks import open_task


def ask_for_calendar(session: Session, query: Query, *, now: datetime) -> list[Task]:
    """Put a task before the office for each year the plan needs and nobody loaded."""
    calendar = office_calendar(session)
    plan = find_plan(query.reply_by, calendar, office_day(now))
    return [
        open_task(
            session,
            TaskKind.CALENDAR_MISSING,
            f"calendar:{calendar.code}:{year}",
            now=now,
            calendar=calendar.code,
            year=year,
        )
        for year in (plan.missing_years if plan else ())
    ]
