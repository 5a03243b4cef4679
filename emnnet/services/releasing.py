"""Taking questions back from an institution, and giving them to another."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, NotFound
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import (
    CellRole,
    ContributionAction,
    ContributionStatus,
    allow,
    contribution_status,
)
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.partner_dates import Proposal, date_warnings, proposal
from emnnet.domain.roles import Actor
from emnnet.domain.routing_grid import Unreachable
from emnnet.domain.terms import day_zero
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.question import Question
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.contacts import find_addressee
from emnnet.selectors.contributions import facts_of
from emnnet.selectors.routing_state import find_asked
from emnnet.selectors.sending import Ask
from emnnet.services.asking import ask
from emnnet.services.dropping import drop_waiting, waiting_mail
from emnnet.services.events import record
from emnnet.services.outbox import enqueue
from emnnet.services.routing import open_grid, plan_cell, step_down

CHASING = (MailKind.REMINDER, MailKind.INVITATION, MailKind.RETURNED)
TAKEN_BACK = "the office has taken the questions back"
NO_REASON = _n("Say why. The institution reads it, and it is kept in the history.")
SAME_BODY = _n("Choose another institution: this one has the question already.")
HAS_IT = _n("%(institution)s was asked this question already.")
NOT_ASKED = _n("%(institution)s was not asked this question.")
NO_SUGGESTION = _n("No institution of the network was suggested in its place.")


def release(
    session: Session,
    contributions: Sequence[Contribution],
    reason: str,
    *,
    by: Actor,
    now: datetime,
    moved_to: Institution | None = None,
) -> None:
    """Take questions of one query back: their texts stay, nobody is chased for them.

    Raises `IllegalAction` for an answer that was given, `DomainError` without reason.
    """
    reason = _given(reason)
    query = contributions[0].assignment.query
    open_grid(session, query)
    for contribution in contributions:
        allow(ContributionAction.RELEASE, facts_of(contribution, query))
    for assignment in {one.assignment: None for one in contributions}:
        mine = [one for one in contributions if one.assignment is assignment]
        facts = _take_back(session, assignment, mine, reason, by=by, now=now)
        if moved_to is not None:
            facts["moved_to"] = moved_to.short
        event = record(session, EventKind.RELEASED, query, by=by, now=now, **facts)
        if _was_told(session, assignment, now):
            _tell(session, assignment, facts, event.number, now=now)


def move_question(
    session: Session,
    question: Question,
    from_institution: Institution,
    to_institution: Institution,
    *,
    reason: str,
    by: Actor,
    now: datetime,
    due_on: date | None = None,
) -> Contribution:
    """Take a question from one institution and ask another, whose clock starts now.

    What the first has answered elsewhere stays, so does its draft: with itself.
    Raises like `release`, and `Unreachable` or `DomainError` for the other one.
    """
    if from_institution.id == to_institution.id:
        raise DomainError(SAME_BODY)
    contribution = find_asked(session, question, from_institution)
    if contribution is None:
        raise NotFound(NOT_ASKED, institution=from_institution.short)
    role = contribution.role
    release(session, [contribution], reason, by=by, now=now, moved_to=to_institution)
    return _ask_instead(
        session, question, to_institution, role, due_on=due_on, by=by, now=now
    )


def suggestion_to_cell(
    session: Session,
    contribution: Contribution,
    *,
    by: Actor,
    now: datetime,
    due_on: date | None = None,
) -> Contribution:
    """Ask the institution that a declining one has named; its clock starts now.

    The refusal stays on record; a lead that declined leads no longer.
    """
    open_grid(session, contribution.assignment.query)
    query, to = contribution.assignment.query, contribution.suggested_institution
    declined = contribution_status(facts_of(contribution, query))
    if to is None or declined is not ContributionStatus.DECLINED:
        raise DomainError(NO_SUGGESTION)
    role = contribution.role
    if find_asked(session, contribution.question, to):
        raise DomainError(HAS_IT, institution=to.short)
    if role is CellRole.LEAD:
        step_down(session, contribution)
    question = contribution.question
    return _ask_instead(session, question, to, role, due_on=due_on, by=by, now=now)


def _given(reason: str) -> str:
    if not reason.strip():
        raise DomainError(NO_REASON)
    return reason.strip()


def _take_back(
    session: Session,
    assignment: Assignment,
    contributions: Sequence[Contribution],
    reason: str,
    *,
    by: Actor,
    now: datetime,
) -> dict[str, object]:
    """Empty the cells; what is to be said about it."""
    for one in contributions:
        one.released_at, one.released_by, one.release_reason = now, by.name, reason
        plan_cell(session, (one.question_id, assignment.institution_id), None)
    return {
        "institution": assignment.institution.short,
        "institution_id": assignment.institution_id,
        "assignment": assignment.id,
        "questions": [one.question.label for one in contributions],
        "accepted": assignment.acknowledged_at is not None,
        "reason": reason,
    }


def _was_told(session: Session, assignment: Assignment, now: datetime) -> bool:
    """Did the institution ever hear of the query? What chases in vain is dropped."""
    invitations = waiting_mail(session, assignment, [MailKind.INVITATION])
    unheard = any(one.claimed_at is None for one in invitations)
    rest = session.scalars(
        select(Contribution).where(Contribution.assignment_id == assignment.id)
    )
    statuses = [contribution_status(facts_of(row, assignment.query)) for row in rest]
    if not any(status.is_owed for status in statuses):
        drop_waiting(session, assignment, CHASING, TAKEN_BACK, now=now)
    return assignment.invited_at is not None or not unheard


def _tell(
    session: Session,
    assignment: Assignment,
    facts: dict[str, object],
    number: int,
    *,
    now: datetime,
) -> None:
    to = find_addressee(session, assignment.institution_id, office_day(now))
    if to is not None:
        enqueue(
            session,
            MailKind.RELEASED,
            to,
            key=f"released:{assignment.id}:{number}",
            now=now,
            query=assignment.query,
            assignment=assignment,
            facts={"questions": facts["questions"], "accepted": facts["accepted"]}
            | {"reason": facts["reason"]},
        )


def _ask_instead(
    session: Session,
    question: Question,
    to: Institution,
    role: CellRole,
    *,
    due_on: date | None,
    by: Actor,
    now: datetime,
) -> Contribution:
    """Ask `to`; where it has the question already, it only takes the part over."""
    known = find_asked(session, question, to)
    if known is not None:
        known.role = role if role is CellRole.LEAD else known.role
        plan_cell(session, (question.id, to.id), known.role)
        return known
    query, today = question.query, office_day(now)
    calendar = office_calendar(session)
    zero = day_zero(now, calendar)
    when = (
        Proposal(due_on)
        if due_on
        else proposal(query.reply_by, query.term, calendar, zero)
    )
    date_warnings(when.due_on, query.reply_by, calendar, today)
    reached = find_addressee(session, to.id, today)
    if reached is None:
        raise Unreachable([to.short])
    plan_cell(session, (question.id, to.id), role)
    asked = {question: role}
    wanted = Ask(to, asked, when.due_on, reached, query.due_time, when.term)
    return ask(session, query, wanted, by=by, now=now).contributions[0]
