"""The questions of a query: corrected (the former wording is kept), added, removed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.models.contribution import Contribution
from emnnet.models.national_response import NationalResponse
from emnnet.models.query import Query
from emnnet.models.question import FormerQuestion, Question
from emnnet.models.routing_cell import RoutingCell
from emnnet.services.events import record
from emnnet.services.queries import labelled
from emnnet.services.query_drafts import QuestionDraft
from emnnet.services.search_pending import mark_pending

ASIDE = 10_000  # positions nobody uses, while questions change places
QUESTION_IN_USE = _n(
    "Question %(label)s was put to institutions already, so it stays. "
    "Correct its text instead."
)


def correct_question(
    session: Session, question: Question, text: str, *, by: Actor, now: datetime
) -> None:
    """Give the question another wording; the former one is kept beside it."""
    former = FormerQuestion(
        question_id=question.id,
        number=question.number,
        label=question.label,
        text=question.text,
        replaced_at=now,
    )
    session.add(former)
    question.text, question.number = text.strip(), question.number + 1
    flag_modified(question.query, "title")  # a new version of the query
    facts = {"question": question.id, "label": question.label}
    facts |= {"wording": question.number}
    kind = EventKind.QUESTION_CORRECTED
    record(session, kind, question.query, by=by, now=now, **facts)
    mark_pending(session, question.query, now=now)


def change_questions(
    session: Session,
    query: Query,
    drafts: Sequence[QuestionDraft],
    *,
    by: Actor,
    now: datetime,
) -> dict[str, object]:
    """Bring the questions to what the drafts say, in their order.

    Returns what was added, removed or renamed, for the history; corrections have
    events of their own. Raises `DomainError` where a question in use would go.
    """
    known = {question.id: question for question in query.questions}
    wanted = {draft.question_id for draft in drafts}
    removed = [question for id_, question in known.items() if id_ not in wanted]
    before = [_shape(question) for question in query.questions]
    for question in removed:
        _remove(session, query, question)
    _set_aside(session, query)
    for draft, (position, label) in zip(drafts, labelled(drafts), strict=True):
        question = known.get(draft.question_id or 0) or _added(query, draft)
        if question.text != draft.text.strip():
            correct_question(session, question, draft.text, by=by, now=now)
        question.position, question.label = position, label
        question.depth, question.condition = draft.depth, draft.condition or None
    session.flush()
    session.expire(query, ["questions"])  # in their new order when read again
    return _told(before, [_shape(question) for question in query.questions])


def _added(query: Query, draft: QuestionDraft) -> Question:
    question = Question(text=draft.text.strip(), number=1)
    query.questions.append(question)
    return question


def _shape(question: Question) -> tuple[object, ...]:
    return question.id, question.label, question.depth, question.condition


def _told(
    before: list[tuple[object, ...]], after: list[tuple[object, ...]]
) -> dict[str, object]:
    if before == after:
        return {}
    old, new = {shape[0] for shape in before}, {shape[0] for shape in after}
    counts = {"questions_added": len(new - old), "questions_removed": len(old - new)}
    return {name: count for name, count in counts.items() if count} or {
        "questions": "changed"
    }


def _set_aside(session: Session, query: Query) -> None:
    """Lift all positions first: two questions never share one, not for a moment."""
    for question in query.questions:
        question.position += ASIDE
    session.flush()


def _remove(session: Session, query: Query, question: Question) -> None:
    if _in_use(session, question):
        raise DomainError(QUESTION_IN_USE, label=question.label)
    for table in (FormerQuestion, RoutingCell):
        session.execute(delete(table).where(table.question_id == question.id))
    query.questions.remove(question)
    session.delete(question)
    session.flush()


def _in_use(session: Session, question: Question) -> bool:
    asked = select(Contribution.id).where(Contribution.question_id == question.id)
    text = select(NationalResponse.id)
    written = text.where(NationalResponse.question_id == question.id)
    return session.execute(asked.union_all(written).limit(1)).first() is not None
