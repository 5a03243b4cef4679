"""From the reply-by date backwards to the partners' deadline, with its reasons."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from emnnet.domain.calendar import Calendar, Skipped, missing_year_warnings
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import Message, _n, message

REPLY_BY_PASSED = _n("The reply-by date %(reply_by)s has already passed.")
NO_DAY_LEFT = _n(
    "No working day is left for the partners: their deadline would be %(day)s. "
    "Shorten the steps after it, or give the partners a later date."
)
TOO_SHORT = _n(
    "Working days left for the partners: %(left)d. Planned for them: %(planned)d."
)
NEGATIVE_STEP = _n("A step cannot take %(days)d working days. Write 0 or more.")
AFTER_REPLY_BY = _n(
    "%(day)s is after the reply-by date %(reply_by)s. Choose a day before it."
)
IN_THE_PAST = _n("%(day)s is in the past. Choose today or a later day.")
DAYS_LOST = _n(
    "Working days lost for consolidation, clearance and sending: %(lost)d "
    "(%(days)s). Days that remain: %(left)d of %(planned)d."
)
CLOSED_DAY = _n("The office is closed on %(day)s (%(why)s).")


class StepName(StrEnum):
    """The steps of a query between sending it on and sending the response."""

    PARTNERS = "partners"
    CONSOLIDATION = "consolidation"
    CLEARANCE = "clearance"
    SENDING = "sending"


@dataclass(frozen=True)
class PlanSteps:
    """How many working days each step is given; the partners' is the least wanted."""

    consolidation: int = 2
    clearance: int = 2
    sending: int = 1
    partners: int = 3

    @property
    def buffer(self) -> int:
        """The working days between the partners' deadline and the reply-by date."""
        return self.consolidation + self.clearance + self.sending


@dataclass(frozen=True)
class PlanStep:
    """One step: from its first day to the day it has to be done, days off named."""

    name: StepName
    starts_on: date
    on: date
    working_days: int
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True)
class Plan:
    """The steps in order. Slack: what partners have beyond what is planned."""

    reply_by: date
    steps: tuple[PlanStep, ...]
    partner_due_on: date
    slack: int
    fits: bool
    missing_years: tuple[int, ...]
    warnings: tuple[Message, ...]

    @property
    def needs_confirmation(self) -> bool:
        """Does it rest on a year whose holidays nobody has loaded?"""
        return bool(self.missing_years)

    @property
    def buffer(self) -> int:
        """The working days planned after the partners' deadline."""
        return sum(step.working_days for step in self.steps[1:])


def plan_backwards(
    reply_by: date, calendar: Calendar, steps: PlanSteps, today: date
) -> Plan:
    """The plan that ends on `reply_by`, or on the last working day before it.

    Raises `DomainError` for a step of a negative number of working days.
    """
    _check_steps(steps)
    deadline = calendar.due_before(reply_by, steps.buffer)
    left = calendar.working_days_between(today, deadline.due_on)
    partners = PlanStep(
        StepName.PARTNERS,
        today,
        deadline.due_on,
        max(left, 0),
        calendar.closed_days(today, deadline.due_on),
    )
    slack = left - steps.partners
    short = _shortage(reply_by, deadline.due_on, left, steps.partners, today)
    return Plan(
        reply_by=reply_by,
        steps=(partners, *_steps_after(deadline.due_on, steps, calendar)),
        partner_due_on=deadline.due_on,
        slack=slack,
        fits=not short,
        missing_years=deadline.missing_years,
        warnings=(*short, *deadline.warnings),
    )


def check_partner_date(
    chosen: date, plan: Plan, calendar: Calendar, today: date
) -> tuple[Message, ...]:
    """The warnings for a partners' deadline other than the proposed one.

    Raises `DomainError` for a day in the past, and for one after a reply-by date
    that is still to come (an answer that is late already needs a date, too).
    """
    if chosen < today:
        raise DomainError(IN_THE_PAST, day=chosen)
    if plan.reply_by < today:
        late = (message(REPLY_BY_PASSED, reply_by=plan.reply_by),)
        return (*late, *_day_warnings(chosen, calendar))
    if chosen > plan.reply_by:
        raise DomainError(AFTER_REPLY_BY, day=chosen, reply_by=plan.reply_by)
    return (*_days_lost(chosen, plan, calendar), *_day_warnings(chosen, calendar))


def _check_steps(steps: PlanSteps) -> None:
    shortest = min(steps.consolidation, steps.clearance, steps.sending, steps.partners)
    if shortest < 0:
        raise DomainError(NEGATIVE_STEP, days=shortest)


def _steps_after(
    partner_due_on: date, steps: PlanSteps, calendar: Calendar
) -> tuple[PlanStep, ...]:
    planned, done_on = [], partner_due_on
    for name, count in (
        (StepName.CONSOLIDATION, steps.consolidation),
        (StepName.CLEARANCE, steps.clearance),
        (StepName.SENDING, steps.sending),
    ):
        before, done_on = done_on, calendar.add_working_days(done_on, count)
        starts_on = calendar.add_working_days(before, min(count, 1))
        skipped = calendar.closed_days(before, done_on)
        planned.append(PlanStep(name, starts_on, done_on, count, skipped))
    return tuple(planned)


def _shortage(
    reply_by: date, due_on: date, left: int, planned: int, today: date
) -> tuple[Message, ...]:
    if reply_by < today:
        return (message(REPLY_BY_PASSED, reply_by=reply_by),)
    if left < 1:
        return (message(NO_DAY_LEFT, day=due_on),)
    if left < planned:
        return (message(TOO_SHORT, left=left, planned=planned),)
    return ()


def _days_lost(chosen: date, plan: Plan, calendar: Calendar) -> tuple[Message, ...]:
    days = calendar.working_days(plan.partner_due_on, chosen)
    if not days:
        return ()
    lost, planned = len(days), plan.buffer
    left, named = planned - lost, ", ".join(day.isoformat() for day in days)
    return (message(DAYS_LOST, lost=lost, days=named, left=left, planned=planned),)


def _day_warnings(chosen: date, calendar: Calendar) -> tuple[Message, ...]:
    why = calendar.why_closed(chosen)
    closed = (message(CLOSED_DAY, day=chosen, why=why),) if why else ()
    return (*closed, *missing_year_warnings(calendar.missing_years((chosen,))))
