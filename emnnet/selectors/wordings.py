"""The former wordings of the questions of a query."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.models.query import Query
from emnnet.models.question import FormerQuestion, Question


@dataclass(frozen=True)
class Correction:
    """One question: what it said, what it said next, and when that changed."""

    label: str
    before: str
    after: str
    replaced_at: datetime


def former_wordings(session: Session, query: Query) -> list[Correction]:
    """Every correction, by question and in the order they were made."""
    rows = session.execute(
        select(Question.id, Question.label, Question.text, FormerQuestion)
        .join(FormerQuestion, FormerQuestion.question_id == Question.id)
        .where(Question.query_id == query.id)
        .order_by(Question.position, FormerQuestion.number.desc())
    ).all()
    corrections: list[Correction] = []
    after: dict[int, str] = {}
    for question_id, label, text, former in rows:
        next_text = after.get(question_id, text)
        after[question_id] = former.text
        corrections.append(
            Correction(label, former.text, next_text, former.replaced_at)
        )
    return corrections[::-1]
