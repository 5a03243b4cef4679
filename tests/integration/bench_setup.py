"""A query on the workbench: answers given, taken over, decided, cleared."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Dissemination
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.models.assignment import Assignment
from emnnet.models.clearance import Clearance, ClearanceOutcome
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.event import Event
from emnnet.models.national_response import NationalResponse, Paragraph
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.user import User
from emnnet.selectors.responses import find_response
from emnnet.services.clearance import (
    ask_clearance,
    decide_clearance,
    decide_dissemination,
)
from emnnet.services.contributions import submit
from emnnet.services.drafts import save_draft
from emnnet.services.responses import add_paragraph
from emnnet.services.reviewing import return_contribution
from emnnet.services.taking_over import take_over
from tests.builders import COORDINATOR, a_query, a_user, an_assignment, an_institution
from tests.conftest import NOON

LATER = date(2026, 3, 25)
FOCAL_POINT = Actor(ActorKind.LINK, "focal.point@example.org", "contact")
LEAD, CONTRIBUTES = CellRole.LEAD, CellRole.CONTRIBUTES
YES, ASK, NO = Dissemination.YES, Dissemination.ASK, Dissemination.NO


def asked(
    session: Session, short: str, query: Query, role: CellRole = LEAD, **given: Any
) -> Assignment:
    """All questions of the query put to an institution of that abbreviation."""
    body = an_institution(session, abbreviation=short, **given)
    return an_assignment(session, query=query, institution=body, role=role)


def cell(session: Session, assignment: Assignment, label: str = "1") -> Contribution:
    """What the institution was asked in one question."""
    return session.scalars(
        select(Contribution)
        .join(Contribution.question)
        .where(Contribution.assignment_id == assignment.id, Question.label == label)
    ).one()


def an_answer(
    session: Session,
    assignment: Assignment,
    text: str = "No quota applies.",
    dissemination: Dissemination = YES,
    *,
    label: str = "1",
    now: datetime = NOON,
) -> ContributionVersion:
    """The institution writes that and sends it."""
    one = cell(session, assignment, label)
    seen = one.draft_number
    about = {"by": FOCAL_POINT, "now": now}
    save_draft(session, one, text, dissemination, seen=seen, **about)
    version = submit(session, assignment, [one], **about).versions[0]
    session.commit()
    return version


def taken(
    session: Session, version: ContributionVersion, piece: int | None = None
) -> list[Paragraph]:
    """The coordinator inserts a paragraph of it, or all."""
    question = version.contribution.question
    rows = take_over(session, question, version, piece, by=COORDINATOR, now=NOON)
    session.commit()
    return rows


def returned(session: Session, assignment: Assignment, label: str = "1") -> None:
    """The coordinator returns the answer, to be revised in five days."""
    one = cell(session, assignment, label)
    about = {"seen": one.latest_number, "by": COORDINATOR, "now": NOON}
    return_contribution(session, one, "Look again.", LATER, **about)
    session.commit()


def own(session: Session, query: Query, text: str, label: str = "1") -> Paragraph:
    """A paragraph that no institution gave."""
    question = the_question(query, label)
    row = add_paragraph(session, question, text, by=COORDINATOR, now=NOON)
    session.commit()
    return row


def the_question(query: Query, label: str = "1") -> Question:
    return next(one for one in query.questions if one.label == label)


def the_response(session: Session, query: Query, label: str = "1") -> NationalResponse:
    session.rollback()  # what others committed is seen from now on
    found = find_response(session, the_question(query, label).id)
    assert found is not None
    return found


def decided(
    session: Session,
    query: Query,
    dissemination: Dissemination = YES,
    reason: str = "",
    *,
    label: str = "1",
) -> None:
    """The coordinator decides how far the answer may travel."""
    about = {"by": COORDINATOR, "now": NOON}
    response = the_response(session, query, label)
    decide_dissemination(session, query, response, dissemination, reason, **about)
    session.commit()


def a_whole_text(session: Session, *, questions: int = 1) -> Query:
    """Every question answered by MD, taken over, decided: ready for clearance."""
    query = a_query(session, questions=questions)
    assignment = asked(session, "MD", query)
    for question in query.questions:
        text = f"Answer to question {question.label}."
        taken(session, an_answer(session, assignment, text, label=question.label))
        decided(session, query, label=question.label)
    return query


def cleared(session: Session, query: Query) -> Clearance:
    """A second person has read and approved the text."""
    coordinator, approver = a_user(session), a_user(session, Role.APPROVER)
    about = {"by": COORDINATOR, "now": NOON}
    clearance = ask_clearance(session, query, coordinator, **about)
    outcome = ClearanceOutcome.APPROVED
    decide_clearance(session, clearance, outcome, "", approver, **about)
    session.commit()
    return clearance


def as_actor(user: User) -> Actor:
    return Actor(ActorKind.PERSON, user.name, user.role, user.id)


def kinds(session: Session, query: Query) -> list[str]:
    """What the history tells, in order."""
    rows = select(Event.kind).where(Event.query_id == query.id).order_by(Event.id)
    return list(session.scalars(rows))
