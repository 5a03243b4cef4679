"""What only a person can settle: declined questions, and tasks the system found."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    String,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.task import CALENDAR_TASKS, Task
from emnnet.selectors.desk_rows import NOT_THEIRS
from emnnet.selectors.query_facts import LIVE

MOST = 200  # more than anybody reads on one page


@dataclass(frozen=True)
class Need:
    """One thing to settle: a declined question (with `label`) or an open task."""

    query_id: int | None
    reference: str
    title: str
    institution: str
    label: str  # of the question; of a task about a calendar, its key
    suggested: str  # whom the institution says to ask instead
    task_id: int | None
    task_kind: str


def open_needs(session: Session, declined_in: Collection[int]) -> list[Need]:
    """Declined questions with nobody else asked yet, then tasks; one statement.

    `declined_in` are the open queries in which somebody said "not ours".
    """
    found = session.execute(_statement(), {"declined_in": list(declined_in)})
    return [
        Need(
            query_id=row.query_id,
            reference=f"{row.year}.{row.number}" if row.year else "",
            title=row.title or "",
            institution=_short(row.abbreviation, row.name),
            label=row.label or "",
            suggested=_short(row.suggested_abbreviation, row.suggested_name),
            task_id=row.task_id,
            task_kind=row.task_kind or "",
        )
        for row in found
    ]


@cache
def _statement() -> Any:
    both = _declined().union_all(_tasks())
    return both.order_by("task_id", "query_id", "label").limit(MOST)


def _declined() -> Any:
    """Not their competence, and the one they name is not asked yet."""
    suggested = aliased(Institution)
    return (
        select(
            Query.id.label("query_id"),
            Query.year,
            Query.number,
            Query.title,
            Institution.abbreviation,
            Institution.name_en.label("name"),
            Question.label,
            suggested.abbreviation.label("suggested_abbreviation"),
            _named(suggested).label("suggested_name"),
            literal(0).label("task_id"),
            cast(null(), String).label("task_kind"),
        )
        .join(Assignment, Assignment.query_id == Query.id)
        .join(Contribution, Contribution.assignment_id == Assignment.id)
        .join(Institution, Institution.id == Assignment.institution_id)
        .join(Question, Question.id == Contribution.question_id)
        .join(
            suggested,
            suggested.id == Contribution.suggested_institution_id,
            isouter=True,
        )
        .where(
            Assignment.query_id.in_(bindparam("declined_in", expanding=True)),
            LIVE,
            NOT_THEIRS,
            ~_asked_elsewhere(),
        )
    )


def _named(suggested: Any) -> Any:
    return func.coalesce(suggested.name_en, Contribution.suggested_other)


def _asked_elsewhere() -> Any:
    """Somebody was asked after the refusal, or the one suggested has the question."""
    other = aliased(Contribution)
    assigned = aliased(Assignment)
    return exists(
        select(other.id)
        .join(assigned, assigned.id == other.assignment_id)
        .where(
            other.question_id == Contribution.question_id,
            other.id != Contribution.id,
            other.released_at.is_(None),
            or_(
                other.asked_at > Contribution.declined_at,
                assigned.institution_id == Contribution.suggested_institution_id,
            ),
        )
    )


def _tasks() -> Any:
    nothing = cast(null(), String)
    return (
        select(
            Task.query_id,
            Query.year,
            Query.number,
            Query.title,
            Institution.abbreviation,
            Institution.name_en,
            case((Task.kind.in_(CALENDAR_TASKS), Task.key)),
            nothing,
            nothing,
            Task.id,
            cast(Task.kind, String),
        )
        .join(Query, Query.id == Task.query_id, isouter=True)
        .join(Institution, Institution.id == Task.institution_id, isouter=True)
        .where(Task.done_at.is_(None))
    )


def _short(abbreviation: str | None, name: str | None) -> str:
    return (abbreviation or "").split(" / ")[0] or name or ""
