"""The dates of a query as a line of steps, from its arrival to its reply."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.domain.calendar import Calendar, Unit
from emnnet.domain.messages import Message
from emnnet.domain.moments import office_day
from emnnet.domain.planner import (
    Plan,
    PlanSteps,
    StepName,
    check_partner_date,
    plan_backwards,
)
from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.domain.terms import Term
from emnnet.models.query import Query
from emnnet.selectors.query_cells import AskedQuestion
from emnnet.web.messages import spoken
from emnnet.web.query_words import Spoken, distance_words
from emnnet.web.why import WhyView, why_given, why_term

FAR = timedelta(days=150)  # beyond, days are not counted: the plan is history
STEP_WORDS: dict[StepName, LazyString] = {
    StepName.PARTNERS: _l("Institutions answer"),
    StepName.CONSOLIDATION: _l("Response written"),
    StepName.CLEARANCE: _l("Cleared"),
    StepName.SENDING: _l("Sent"),
}


@dataclass(frozen=True)
class Step:
    """One date of the line: done, next or still to come."""

    words: str
    on: date | None
    state: str
    distance: Spoken | None = None
    why: WhyView | None = None


@dataclass(frozen=True)
class Timeline:
    """The steps in order, and what does not fit."""

    steps: list[Step]
    warnings: list[str]


def timeline(
    query: Query,
    questions: list[AskedQuestion],
    calendar: Calendar,
    status: QueryStatus,
    today: date,
) -> Timeline:
    """What has happened with its date, then what is planned."""
    past = _past(query)
    if status.is_final or query.sent_on:
        return Timeline(past, [])
    if query.reply_by is None or abs(query.reply_by - today) > FAR:
        return Timeline([*past, *_last(query, calendar, today)], [])
    plan = plan_backwards(query.reply_by, calendar, PlanSteps(), today)
    due = partners_due_on(questions)
    why = _why(query, plan, calendar, due, today)
    steps = _planned(plan, calendar, today, due, _stages_done(status), why)
    warnings = [spoken(each) for each in _warnings(plan, calendar, today, due)]
    return Timeline([*past, *steps, *_last(query, calendar, today)], warnings)


def _warnings(
    plan: Plan, calendar: Calendar, today: date, due: date | None
) -> tuple[Message, ...]:
    """What does not fit: the plan itself, or the date institutions were given."""
    if due is None:
        return plan.warnings
    if today <= due <= plan.reply_by:
        return check_partner_date(due, plan, calendar, today)
    return ()


def partners_due_on(questions: list[AskedQuestion]) -> date | None:
    """The last day any institution was given, or none where nobody is asked."""
    days = [cell.due_on for question in questions for cell in question.live]
    return max(days, default=None)


def _past(query: Query) -> list[Step]:
    """The moments of the query that lie behind, in order."""
    moments = (
        (_("Launched"), query.launched_on),
        (_("Received"), office_day(query.received_at)),
        (_("Put to institutions"), _day(query.routed_at)),
        (_("Response sent"), query.sent_on),
        (_("Published"), _day(query.published_at) if query.is_public else None),
        (_("Closed"), _day(query.closed_at)),
        (_("Withdrawn"), _day(query.withdrawn_at)),
        (_("Deleted"), _day(query.deleted_at)),
    )
    return [Step(words, on, "done") for words, on in moments if on]


def _day(moment: object) -> date | None:
    return office_day(moment) if moment else None  # type: ignore[arg-type]


def _stages_done(status: QueryStatus) -> int:
    """How many of the planned steps are behind us."""
    return {
        QueryStatus.TO_CONSOLIDATE: 1,
        QueryStatus.TO_CLEAR: 2,
        QueryStatus.IN_CLEARANCE: 2,
        QueryStatus.CLEARED: 3,
    }.get(status, 0)


def _why(
    query: Query, plan: Plan, calendar: Calendar, due: date | None, today: date
) -> WhyView:
    """Why the institutions' date is that: the plan's, the term's, or by hand."""
    sent_on = office_day(query.routed_at) if query.routed_at else today
    back = Term(-PlanSteps().buffer, Unit.WORKING_DAYS, plan.reply_by)
    terms = [back] if query.term is None else [Term(*query.term, sent_on), back]
    for term in terms:
        if due in {None, term.deadline(calendar).due_on}:
            return why_term(term, calendar, sent_on)
    return why_given(sent_on, due or today, calendar)


def _planned(
    plan: Plan,
    calendar: Calendar,
    today: date,
    due: date | None,
    done: int,
    why: WhyView,
) -> list[Step]:
    steps = []
    for place, step in enumerate(plan.steps):
        on = due or step.on if step.name is StepName.PARTNERS else step.on
        state = "done" if place < done else "next" if place == done else "to come"
        distance = distance_words(calendar, on, today) if place == done else None
        shown = why if step.name is StepName.PARTNERS else None
        steps.append(Step(str(STEP_WORDS[step.name]), on, state, distance, shown))
    return steps


def _last(query: Query, calendar: Calendar, today: date) -> list[Step]:
    if query.reply_by is None:
        return [Step(_("Reply by"), None, "to come")]
    near = abs(query.reply_by - today) <= FAR
    distance = distance_words(calendar, query.reply_by, today) if near else None
    return [Step(_("Reply by"), query.reply_by, "end", distance)]
