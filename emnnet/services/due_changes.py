"""A later date for one institution, given as a day."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import Message
from emnnet.domain.moments import office_day
from emnnet.domain.partner_dates import check_later
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.extensions import first_due_on
from emnnet.services.date_moves import check_not_itself
from emnnet.services.extensions import NO_REASON, give_time, open_to_extend


def change_due(
    session: Session,
    assignment: Assignment,
    due_on: date,
    reason: str,
    *,
    by: Actor,
    now: datetime,
) -> tuple[Message, ...]:
    """Move the date of one institution; returns the warnings that go with it.

    Its clock starts anew, a reminder that waits is dropped, the contact is told.
    Raises `DomainError` for a day that is no later, impossible or absurd, and
    without a reason; `IllegalAction` for the partner itself and where nothing is owed.
    """
    check_not_itself(by)
    if not reason.strip():
        raise DomainError(NO_REASON)
    owed = open_to_extend(session, assignment, by=by)
    calendar, today = office_calendar(session), office_day(now)
    old, reply_by = first_due_on(owed), assignment.query.reply_by
    warnings = check_later(due_on, old, reply_by, calendar, today)
    give_time(session, assignment, owed, due_on, reason, is_whole=True, by=by, now=now)
    return warnings
