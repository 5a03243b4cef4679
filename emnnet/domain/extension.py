"""More time for one institution: how much may be given, and to which day it leads."""

from datetime import date

from emnnet.domain.calendar import Calendar, Deadline
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n

LONGEST_EXTENSION = 60


def extended(
    due_on: date, working_days: int, calendar: Calendar, today: date
) -> Deadline:
    """The deadline `working_days` after the old one; the old one is day zero.

    Raises `DomainError` for zero, negative or absurd numbers, and where the new
    deadline would have passed already.
    """
    if not 1 <= working_days <= LONGEST_EXTENSION:
        raise DomainError(
            _n("Give between 1 and %(most)d more working days, not %(days)d."),
            most=LONGEST_EXTENSION,
            days=working_days,
        )
    deadline = calendar.due_after(due_on, working_days)
    if deadline.due_on < today:
        raise DomainError(
            _n("The new deadline %(day)s would be in the past. Give more days."),
            day=deadline.due_on,
        )
    return deadline
