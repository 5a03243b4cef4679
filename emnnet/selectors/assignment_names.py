"""What a list says of an assignment: its query, its institution, its questions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.selectors.reading import Reading, Rows, Selection, some


@dataclass(frozen=True)
class InstitutionName:
    """An institution as a list calls it."""

    id: int
    short: str


@dataclass(frozen=True)
class QueryName:
    """A query as a list calls it: "2026.12", and its title."""

    id: int
    reference: str
    title: str


@dataclass(frozen=True)
class AssignmentName:
    """One query put to one institution, with the labels of its questions by id."""

    id: int
    query: QueryName
    institution: InstitutionName
    questions: Mapping[int, str] = field(default_factory=dict)

    @property
    def query_id(self) -> int:
        """Of the page it is told of."""
        return self.query.id

    def labels(self, parts: Collection[int]) -> str:
        """Some of its contributions as their questions are printed: "1, 3, a) i."."""
        return ", ".join(label for id_, label in self.questions.items() if id_ in parts)


NAMES = (
    Assignment.id.label("assignment_id"),
    Assignment.query_id,
    Query.year,
    Query.number,
    Query.title,
    Assignment.institution_id,
    Institution.abbreviation,
    Institution.name_en,
)


def named(columns: Iterable[Any] = ()) -> Selection:
    """Assignments with their names, and other columns."""
    return (
        select(*NAMES, *columns)
        .select_from(Assignment)
        .join(Query, Query.id == Assignment.query_id)
        .join(Institution, Institution.id == Assignment.institution_id)
    )


def name_of(row: Any, questions: Mapping[int, str] | None = None) -> AssignmentName:
    """The name that a row of `named` holds."""
    short = row.abbreviation.split(" / ")[0] or row.name_en
    return AssignmentName(
        row.assignment_id,
        QueryName(row.query_id, f"{row.year}.{row.number}", row.title),
        InstitutionName(row.institution_id, short),
        questions or {},
    )


def names_reading(ids: Collection[int]) -> Reading[dict[int, AssignmentName]]:
    """The names of these assignments, with the labels of all their questions."""

    def made(rows: Rows, questions: Rows) -> dict[int, AssignmentName]:
        labels: dict[int, dict[int, str]] = {}
        for one in sorted(questions, key=lambda one: one.position):
            labels.setdefault(one.assignment_id, {})[one.id] = one.label
        return {
            row.assignment_id: name_of(row, labels.get(row.assignment_id))
            for row in rows
        }

    return Reading(_selections(), made, {"named_ids": list(ids)})


@lru_cache
def _selections() -> tuple[Selection, ...]:
    questions = (
        select(
            Contribution.assignment_id,
            Contribution.id,
            Question.position,
            Question.label,
        )
        .join(Question, Question.id == Contribution.question_id)
        .where(Contribution.assignment_id.in_(some("named_ids")))
    )
    return named().where(Assignment.id.in_(some("named_ids"))), questions
