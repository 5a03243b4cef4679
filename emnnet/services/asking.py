"""Asking one institution: the assignment, its contributions, the history, the mail."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.mails import MailKind
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.selectors.sending import Ask
from emnnet.services.events import record
from emnnet.services.outbox import enqueue
from emnnet.services.routing import flush_leads


@dataclass(frozen=True)
class Asked:
    """What was asked: the assignment and the contributions that are new in it."""

    assignment: Assignment
    contributions: tuple[Contribution, ...]


def ask(
    session: Session, query: Query, wanted: Ask, *, by: Actor, now: datetime
) -> Asked:
    """Ask an institution; what it was asked before stays as it is.

    Raises `LeadTaken` where a question has a lead already.
    """
    assignment = _find_assignment(session, query, wanted.institution)
    more = assignment is not None and not _is_over(assignment)
    if assignment is None:
        assignment = _new_assignment(session, query, wanted, now)
    elif not more:
        _begin_again(assignment, wanted, now)
    known = {one.question_id: one for one in assignment.contributions}
    contributions = tuple(
        _contribution(assignment, known.get(question.id), question, role, wanted, now)
        for question, role in wanted.roles.items()
    )
    session.add_all(contributions)
    flush_leads(session)
    session.expire(assignment, ["contributions"])
    query.routed_at = query.routed_at or now
    asked = Asked(assignment, contributions)
    _tell(session, query, wanted, asked, more=more, by=by, now=now)
    return asked


def _find_assignment(
    session: Session, query: Query, institution: Institution
) -> Assignment | None:
    return session.scalar(
        select(Assignment).where(
            Assignment.query_id == query.id,
            Assignment.institution_id == institution.id,
        )
    )


def _is_over(assignment: Assignment) -> bool:
    """Was everything taken back that the institution was asked?"""
    return all(one.released_at for one in assignment.contributions)


def _new_assignment(
    session: Session, query: Query, wanted: Ask, now: datetime
) -> Assignment:
    assignment = Assignment(
        query_id=query.id,
        institution_id=wanted.institution.id,
        contact_id=wanted.to.contact_id,
        asked_at=now,
        clock_start=1,
    )
    assignment.set_due(wanted.due_on, wanted.due_time, wanted.term)
    session.add(assignment)
    session.flush()
    return assignment


def _begin_again(assignment: Assignment, wanted: Ask, now: datetime) -> None:
    """An institution that was let go is asked anew: its clock starts again."""
    assignment.set_due(wanted.due_on, wanted.due_time, wanted.term)
    assignment.asked_at = now
    assignment.contact_id = wanted.to.contact_id
    assignment.invited_at = assignment.opened_at = None
    assignment.acknowledged_at = assignment.acknowledged_by = None
    assignment.clock_start += 1


def _contribution(
    assignment: Assignment,
    known: Contribution | None,
    question: Question,
    role: CellRole,
    wanted: Ask,
    now: datetime,
) -> Contribution:
    """A new cell, or one that was taken back and is asked again with its draft."""
    whole = (assignment.due_on, assignment.due_time)
    when = (wanted.due_on, wanted.due_time)
    own, hour = (None, None) if when == whole else when
    if known is None:
        return Contribution(
            assignment_id=assignment.id,
            question_id=question.id,
            role=role,
            asked_at=now,
            due_on=own,
            due_time=hour,
            wording=question.number,
        )
    known.role, known.asked_at = role, now
    known.due_on, known.due_time = own, hour
    known.released_at = known.released_by = known.release_reason = None
    return known


def _tell(
    session: Session,
    query: Query,
    wanted: Ask,
    asked: Asked,
    *,
    more: bool,
    by: Actor,
    now: datetime,
) -> None:
    """One line of history and one mail, however many questions."""
    labels = [question.label for question in wanted.roles]
    facts = {
        "institution": wanted.institution.short,
        "institution_id": wanted.institution.id,
        "assignment": asked.assignment.id,
        "questions": labels,
        "due_on": wanted.due_on,
        "due_time": _hour(wanted.due_time),
        **term_facts(wanted),
    }
    event = record(session, EventKind.ASKED, query, by=by, now=now, **facts)
    enqueue(
        session,
        MailKind.INVITATION,
        wanted.to,
        key=f"invitation:{asked.assignment.id}:{event.number}",
        now=now,
        query=query,
        assignment=asked.assignment,
        facts={
            "more": more,
            "questions": labels,
            "contributions": [one.id for one in asked.contributions],
            "due_on": wanted.due_on.isoformat(),
            "due_time": _hour(wanted.due_time),
            **term_facts(wanted),
        },
    )


def term_facts(wanted: Ask) -> dict[str, object]:
    """The term as the letter names it; a date counted back is only a date."""
    if wanted.term is None or wanted.term.is_backwards:
        return {}
    return {"term_days": wanted.term.days, "term_unit": wanted.term.unit.value}


def _hour(due_time: time | None) -> str | None:
    return due_time.isoformat("minutes") if due_time else None
