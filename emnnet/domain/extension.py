"""More time for one institution: how much, to which day, and what is said to it."""

from dataclasses import dataclass
from datetime import date

from emnnet.domain.calendar import Calendar, Deadline
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.partner_dates import find_plan
from emnnet.domain.planner import REPLY_BY_PASSED

LONGEST_EXTENSION = 60
PAST_REPLY_BY = _n(
    "%(day)s is after the reply-by date %(reply_by)s: the answer would come too late."
)
PAST_PLAN = _n(
    "%(day)s is after %(planned)s, the day on which the response is to be begun."
)
NO_REQUEST_REASON = _n("Say why you need more time. The office reads it.")
NOT_MORE_TIME = _n("Your date is %(due_on)s already. Choose a later day.")
TOO_LONG = _n("%(day)s is too far away: at most %(most)d working days more.")


@dataclass(frozen=True)
class MoreTime:
    """What an extension would be: the new deadline as counted, and the warnings."""

    deadline: Deadline
    warnings: tuple[Message, ...]


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


def more_time(
    due_on: date,
    working_days: int,
    reply_by: date | None,
    calendar: Calendar,
    today: date,
) -> MoreTime:
    """The new deadline with what has to be known before; raises like `extended`."""
    deadline = extended(due_on, working_days, calendar, today)
    late = late_warnings(deadline.due_on, reply_by, calendar, today)
    return MoreTime(deadline, (*late, *deadline.warnings))


def late_warnings(
    day: date, reply_by: date | None, calendar: Calendar, today: date
) -> tuple[Message, ...]:
    """Does a partner's date leave no time to write, clear and send the response?"""
    plan = find_plan(reply_by, calendar, today)
    if plan is None:
        return ()
    if plan.reply_by < today:
        return (message(REPLY_BY_PASSED, reply_by=plan.reply_by),)
    if day > plan.reply_by:
        return (message(PAST_REPLY_BY, day=day, reply_by=plan.reply_by),)
    if day > plan.partner_due_on:
        return (message(PAST_PLAN, day=day, planned=plan.partner_due_on),)
    return ()


def check_request(
    wanted_on: date, reason: str, due_on: date, calendar: Calendar, today: date
) -> None:
    """Raises `DomainError` unless an institution asks for more time, and says why."""
    if not reason.strip():
        raise DomainError(NO_REQUEST_REASON)
    if wanted_on <= max(due_on, today):
        raise DomainError(NOT_MORE_TIME, due_on=max(due_on, today))
    first = max(due_on, today)
    if calendar.working_days_between(first, wanted_on) > LONGEST_EXTENSION:
        raise DomainError(TOO_LONG, day=wanted_on, most=LONGEST_EXTENSION)
