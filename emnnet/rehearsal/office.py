"""What the simulated coordinator does before and while the partners answer."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.partner_dates import find_plan, proposed_date
from emnnet.domain.routing_grid import NeedsConfirmation
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.question import Question
from emnnet.rehearsal.cast import Body, Plan, askable, plan
from emnnet.rehearsal.document import Document, completed, draft_of
from emnnet.rehearsal.setting import Setting, get_query
from emnnet.selectors.duplicates import find_duplicates
from emnnet.selectors.form_choices import form_choices
from emnnet.selectors.routing import proposals
from emnnet.selectors.similar import similar_to_query
from emnnet.services.intakes import take_in
from emnnet.services.queries import register_query
from emnnet.services.releasing import suggestion_to_cell
from emnnet.services.routing import save_routing
from emnnet.services.sending import Sent, send_routing

LONGEST = 60  # working days that a rehearsal gives partners
INSTEAD = 20  # where the plan gives more


def register(setting: Setting, document: Document) -> int:
    """Take the document in and register it. Returns the id of the query."""
    by, now, me = setting.coordinator.actor, setting.clock.now, setting.coordinator
    with setting.working() as session:
        draft = draft_of(
            document, form_choices(session).themes, coordinator_id=me.user_id
        )
        draft, said = completed(draft, document, setting.calendar, setting.clock.today)
        for remark in said:
            setting.note(me.name, remark, assumed=True)
        alike = find_duplicates(
            session, draft.title, draft.requester_code, draft.launched_on
        )
        intake = take_in(
            session,
            document.opened.text,
            document.read,
            by=by,
            now=now,
            file_name=document.name,
        )
        query = register_query(session, draft, by=by, now=now, intake=intake)
        many = len(query.questions)
        said_so = f"registered as {query.reference}: {query.title} (questions: {many})"
        setting.note(me.name, said_so)
        for one in alike:
            setting.note(me.name, f"looks like {one.reference}: {one.title}")
        for earlier in similar_to_query(session, query):
            setting.note(me.name, f"similar: {earlier.reference} {earlier.title}")
        return query.id


def route(setting: Setting, query_id: int) -> tuple[Plan, dict[int, Body]]:
    """Take the proposals over into the grid; returns it and the partners of the day."""
    me, today = setting.coordinator, setting.clock.today
    with setting.working() as session:
        query = get_query(session, query_id)
        bodies = askable(session, today)
        proposed = proposals(session, query, today)
        made = plan(query, proposed, bodies)
        for question in query.questions:
            reasons = _reasons(proposed[question.position - 1])
            setting.note(me.name, _row(question, made, bodies) + reasons)
        for label in made.guessed:
            what = f"nobody was proposed for question {label}; the coordinator chose"
            setting.note(me.name, what, assumed=True)
        if made.added:
            names = ", ".join(made.added)
            what = f"too few were proposed for all parts; also contributing: {names}"
            setting.note(me.name, what, assumed=True)
        save_routing(session, query, made.cells, by=me.actor, now=setting.clock.now)
    return made, bodies


def send(setting: Setting, query_id: int, due_on: date | None = None) -> date:
    """Ask everybody in the grid; returns the day by which they shall answer."""
    me, now = setting.coordinator, setting.clock.now
    due_on = due_on or _due_on(setting, query_id)
    with setting.working() as session:
        query = get_query(session, query_id)
        days = dict.fromkeys(askable(session, setting.clock.today), due_on)
        try:
            sent = send_routing(session, query, days, by=me.actor, now=now)
        except NeedsConfirmation as warning:
            setting.note(me.name, f"read and confirmed: {warning}")
            sent = send_routing(
                session, query, days, confirmed=True, by=me.actor, now=now
            )
        setting.note(me.name, _asked(sent, due_on))
    return due_on


def ask_instead(setting: Setting, contribution_id: int) -> None:
    """Turn the suggestion of somebody who declined into a cell of the grid."""
    me, now = setting.coordinator, setting.clock.now
    with setting.working() as session:
        declined = session.get_one(Contribution, contribution_id)
        day = max(declined.assignment.due_on, setting.clock.today)
        new = suggestion_to_cell(session, declined, by=me.actor, now=now, due_on=day)
        asked = session.get_one(Assignment, new.assignment_id)
        label, name = new.question.label, asked.institution.short
        what = f"question {label} now goes to {name}, to answer by {day}"
        setting.note(me.name, what)


def _due_on(setting: Setting, query_id: int) -> date:
    """The planned day; a nearer one where the document leaves half a year."""
    today, calendar = setting.clock.today, setting.calendar
    with setting.looking() as session:
        reply_by = get_query(session, query_id).reply_by
    day = proposed_date(reply_by, calendar, today)
    if calendar.working_days_between(today, day) > LONGEST:
        day = calendar.add_working_days(today, INSTEAD)
        what = f"the reply-by date {reply_by} is far away; the coordinator chose {day}"
        setting.note(setting.coordinator.name, what, assumed=True)
    elif plan_ := find_plan(reply_by, calendar, today):
        steps = ", ".join(f"{step.name} by {step.on}" for step in plan_.steps)
        setting.note(setting.coordinator.name, f"plan: {steps}")
    return day


def _row(question: Question, made: Plan, bodies: dict[int, Body]) -> str:
    parts = [
        f"{bodies[body].short} ({role})"
        for (of, body), role in made.cells.items()
        if of == question.id
    ]
    return f"question {question.label} to {', '.join(parts)}"


def _reasons(proposal: object) -> str:
    suggestions = getattr(proposal, "suggestions", ())
    if not suggestions:
        return ""
    return f"; why {suggestions[0].institution}: " + "; ".join(
        str(reason) for reason in suggestions[0].reasons
    )


def _asked(sent: Sent, due_on: date) -> str:
    names = ", ".join(one.institution.short for one in sent.assignments)
    return f"asked {len(sent.assignments)} institutions by {due_on}: {names}"


def find_declined(session: Session, query_id: int) -> list[int]:
    """Contributions that were declined with somebody else named."""
    return list(
        session.scalars(
            select(Contribution.id)
            .join(Assignment, Assignment.id == Contribution.assignment_id)
            .where(
                Assignment.query_id == query_id,
                Contribution.declined_at.is_not(None),
                Contribution.suggested_institution_id.is_not(None),
            )
            .order_by(Contribution.id)
        )
    )
