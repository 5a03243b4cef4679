"""The plan back from the reply-by date, as a line of steps with its counting."""

from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.domain.calendar import Calendar, Skipped
from emnnet.domain.partner_dates import find_plan
from emnnet.domain.planner import Plan, PlanStep, StepName
from emnnet.web.filters import day
from emnnet.web.messages import spoken, worded
from emnnet.web.query_words import Spoken, distance_words

STEP_WORDS: dict[StepName, LazyString] = {
    StepName.PARTNERS: _l("Institutions answer"),
    StepName.CONSOLIDATION: _l("Response written"),
    StepName.CLEARANCE: _l("Cleared"),
    StepName.SENDING: _l("Sent"),
}


@dataclass(frozen=True)
class PlanLine:
    """One step: the day it has to be done by, how long it takes, what was skipped."""

    words: str
    on: date
    length: str
    counted: str
    state: str
    distance: Spoken | None = None


@dataclass(frozen=True)
class PlanView:
    """The steps from today to the reply-by date; empty where there is none."""

    lines: list[PlanLine]
    warnings: list[str]
    reply_by: date | None
    proposed: date


def plan_view(
    reply_by: date | None, proposed: date, calendar: Calendar, today: date
) -> PlanView:
    """How the dates follow from each other."""
    plan = find_plan(reply_by, calendar, today)
    if plan is None:
        return PlanView([], [], None, proposed)
    warnings = [spoken(warning) for warning in plan.warnings]
    return PlanView(_lines(plan, calendar, today), warnings, reply_by, proposed)


def _lines(plan: Plan, calendar: Calendar, today: date) -> list[PlanLine]:
    lines = []
    before = today
    for step in plan.steps:
        last = step is plan.steps[-1]
        state = "next" if step.name is StepName.PARTNERS else "end" if last else "later"
        distance = distance_words(calendar, step.on, today)
        shown = distance if state == "next" else None
        lines.append(_line(step, before, state, shown))
        before = step.on
    return lines


def _line(
    step: PlanStep, before: date, state: str, distance: Spoken | None
) -> PlanLine:
    count = step.working_days
    return PlanLine(
        words=str(STEP_WORDS[step.name]),
        on=step.on,
        length=ngettext("%(num)d working day", "%(num)d working days", count),
        counted=_counted(before, step),
        state=state,
        distance=distance,
    )


def _counted(before: date, step: PlanStep) -> str:
    """The days that were passed over, with the reason of each."""
    text = _("After %(before)s, up to %(on)s.", before=day(before), on=day(step.on))
    if not step.skipped:
        return str(text)
    days = ", ".join(_skipped(one) for one in step.skipped)
    return f"{text} {_('Not counted: %(days)s.', days=days)}"


def _skipped(one: Skipped) -> str:
    return f"{day(one.day)} ({worded(one.why)})"
