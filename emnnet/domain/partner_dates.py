"""By when partners are asked: the day proposed, and what is said to another one."""

from dataclasses import dataclass
from datetime import date

from emnnet.domain.calendar import Calendar, Unit, missing_year_warnings
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.planner import (
    CLOSED_DAY,
    IN_THE_PAST,
    Plan,
    PlanSteps,
    check_partner_date,
    plan_backwards,
)
from emnnet.domain.terms import Term

MOST_WORKING_DAYS = 200
WITHOUT_REPLY_BY = 10  # working days, where no reply-by date is known

NOT_LATER = _n(
    "The date stands at %(old)s already: %(day)s gives no more time."
    " Choose a later day."
)
TOO_FAR = _n(
    "%(day)s is too far away. Working days from today: %(count)d; at most %(most)d."
)


def find_plan(reply_by: date | None, calendar: Calendar, today: date) -> Plan | None:
    """The plan back from the reply-by date, where there is one."""
    if reply_by is None:
        return None
    return plan_backwards(reply_by, calendar, PlanSteps(), today)


def proposed_date(reply_by: date | None, calendar: Calendar, today: date) -> date:
    """The partners' deadline of the plan; where that has passed, the least of it.

    Without a reply-by date: `WITHOUT_REPLY_BY` working days from today.
    """
    plan = find_plan(reply_by, calendar, today)
    if plan is None:
        return calendar.add_working_days(today, WITHOUT_REPLY_BY)
    if plan.partner_due_on > today:
        return plan.partner_due_on
    if plan.reply_by >= today:
        return plan.reply_by
    return calendar.add_working_days(today, PlanSteps().partners)


@dataclass(frozen=True)
class Proposal:
    """The day by which partners would be asked, and the term that led to it."""

    due_on: date
    term: Term | None = None


def proposal(
    reply_by: date | None,
    chosen: tuple[int, Unit] | None,
    calendar: Calendar,
    zero: date,
) -> Proposal:
    """The day of the term that was chosen, counted from `zero`; else of the plan."""
    if chosen is not None:
        term = Term(*chosen, zero)
        return Proposal(term.deadline(calendar).due_on, term)
    due_on = proposed_date(reply_by, calendar, zero)
    plan = find_plan(reply_by, calendar, zero)
    if plan is None:
        return Proposal(due_on, Term(WITHOUT_REPLY_BY, Unit.WORKING_DAYS, zero))
    if due_on == plan.partner_due_on:
        back = Term(-PlanSteps().buffer, Unit.WORKING_DAYS, plan.reply_by)
        return Proposal(due_on, back)
    if plan.reply_by < zero:
        return Proposal(due_on, Term(PlanSteps().partners, Unit.WORKING_DAYS, zero))
    return Proposal(due_on)


def date_warnings(
    chosen: date, reply_by: date | None, calendar: Calendar, today: date
) -> tuple[Message, ...]:
    """What has to be known before partners are asked by `chosen`.

    Raises `DomainError` for a day in the past, after the reply-by date or absurd.
    """
    count = calendar.working_days_between(today, chosen)
    if count > MOST_WORKING_DAYS:
        raise DomainError(TOO_FAR, day=chosen, count=count, most=MOST_WORKING_DAYS)
    plan = find_plan(reply_by, calendar, today)
    if plan is None:
        return _without_plan(chosen, calendar, today)
    said = (*plan.warnings, *check_partner_date(chosen, plan, calendar, today))
    return tuple(dict.fromkeys(said))


def check_later(
    chosen: date,
    old: date,
    reply_by: date | None,
    calendar: Calendar,
    today: date,
) -> tuple[Message, ...]:
    """The warnings for more time; raises `DomainError` unless it is more, and sane."""
    warnings = date_warnings(chosen, reply_by, calendar, today)
    if chosen <= old:
        raise DomainError(NOT_LATER, old=old, day=chosen)
    return warnings


def _without_plan(chosen: date, calendar: Calendar, today: date) -> tuple[Message, ...]:
    if chosen < today:
        raise DomainError(IN_THE_PAST, day=chosen)
    why = calendar.why_closed(chosen)
    closed = (message(CLOSED_DAY, day=chosen, why=why),) if why else ()
    return (*closed, *missing_year_warnings(calendar.missing_years((chosen,))))
