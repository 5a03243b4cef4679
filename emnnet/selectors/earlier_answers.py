"""What the same institution said before to questions like these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import median

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.words import terms

LOOKED_AT = 100  # answers, the newest first
SHOWN_TEXT = 2_000  # characters
LIKE_ENOUGH = 0.45  # 1 is the same words
MOST = 2  # earlier answers under one question
ENOUGH_TO_SAY = 3  # answers, before we say how long it takes


@dataclass(frozen=True)
class EarlierAnswer:
    """One answer of the institution to another query."""

    reference: str
    title: str
    question: str
    text: str
    submitted_at: datetime
    asked_at: datetime

    @property
    def days_taken(self) -> int:
        """Calendar days from asking to answering."""
        return max((self.submitted_at - self.asked_at).days, 0)


@dataclass(frozen=True)
class Experience:
    """What is known of an institution from its earlier answers."""

    answers: tuple[EarlierAnswer, ...] = ()

    @property
    def usual_days(self) -> int | None:
        """The median of days it took, or none where too little is known."""
        if len(self.answers) < ENOUGH_TO_SAY:
            return None
        return round(median(answer.days_taken for answer in self.answers))

    def like(self, questions: Mapping[int, str]) -> dict[int, list[EarlierAnswer]]:
        """The answers to the most similar questions, for each question by its id."""
        known = [(answer, set(terms(answer.question))) for answer in self.answers]
        return {
            id_: _most_similar(set(terms(text)), known)
            for id_, text in questions.items()
        }


def experience(session: Session, assignment: Assignment) -> Experience:
    """The newest answers of the institution to other queries. One statement."""
    rows = session.execute(_answers(assignment)).all()
    return Experience(
        tuple(
            EarlierAnswer(
                reference=f"{row.year}.{row.number}",
                title=row.title,
                question=row.question,
                text=row.answer,
                submitted_at=row.submitted_at,
                asked_at=row.asked_at,
            )
            for row in rows
        )
    )


def _answers(assignment: Assignment) -> Select[*tuple[object, ...]]:
    return (
        select(
            Query.year,
            Query.number,
            Query.title,
            Question.text.label("question"),
            func.substr(ContributionVersion.text, 1, SHOWN_TEXT).label("answer"),
            ContributionVersion.submitted_at,
            Contribution.asked_at,
        )
        .join(Contribution, Contribution.id == ContributionVersion.contribution_id)
        .join(Assignment, Assignment.id == Contribution.assignment_id)
        .join(Question, Question.id == Contribution.question_id)
        .join(Query, Query.id == Assignment.query_id)
        .where(
            Assignment.institution_id == assignment.institution_id,
            Assignment.id != assignment.id,
            ContributionVersion.number == Contribution.latest_number,
            Query.deleted_at.is_(None),
        )
        .order_by(
            ContributionVersion.submitted_at.desc(), ContributionVersion.id.desc()
        )
        .limit(LOOKED_AT)
    )


def _most_similar(
    words: set[str], known: Sequence[tuple[EarlierAnswer, set[str]]]
) -> list[EarlierAnswer]:
    scored = [(_likeness(words, others), answer) for answer, others in known]
    near = [pair for pair in scored if pair[0] >= LIKE_ENOUGH]
    near.sort(key=lambda pair: (-pair[0], -pair[1].submitted_at.timestamp()))
    return [answer for _, answer in near[:MOST]]


def _likeness(words: set[str], others: set[str]) -> float:
    """1 for the same words, 0 for none in common."""
    if not words or not others:
        return 0.0
    return len(words & others) / sqrt(len(words) * len(others))
