"""The plan back from the reply-by date, as a line of steps with its counting."""

from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.domain.calendar import Calendar, Skipped
from emnnet.domain.partner_dates import Proposal, find_plan
from emnnet.domain.planner import Plan, PlanStep, StepName
from emnnet.models.query import Query
from emnnet.web.filters import day
from emnnet.web.messages import spoken, worded
from emnnet.web.query_words import Spoken, distance_words
from emnnet.web.routing.posted import PostedGrid, PostedTerm
from emnnet.web.why import WhyView, term_words, why_term

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
    why: WhyView | None
    typed: PostedTerm
    term: str = ""  # in words, where one was chosen


def plan_view(
    query: Query,
    proposed: Proposal,
    calendar: Calendar,
    today: date,
    posted: PostedGrid | None = None,
) -> PlanView:
    """How the dates follow from each other."""
    plan = find_plan(query.reply_by, calendar, today)
    said = [*plan.warnings] if plan else []
    why = None
    if proposed.term is not None:
        why = why_term(proposed.term, calendar, today)
        said += proposed.term.deadline(calendar).warnings
    return PlanView(
        lines=_lines(plan, calendar, today) if plan else [],
        warnings=[spoken(warning) for warning in dict.fromkeys(said)],
        reply_by=query.reply_by,
        proposed=proposed.due_on,
        why=why,
        typed=_typed(query, posted),
        term=term_words(*query.term) if query.term else "",
    )


def _typed(query: Query, posted: PostedGrid | None) -> PostedTerm:
    """What stands in the fields of the term."""
    if posted is not None and posted.term is not None and posted.term.unit:
        return posted.term
    days, unit = query.term or ("", "")
    hour = query.due_time.isoformat("minutes") if query.due_time else ""
    return PostedTerm(str(unit), str(days), hour)


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
