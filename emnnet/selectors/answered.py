"""What an institution has answered, as far as the reader may know of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from emnnet.domain.audience import Audience, Dissemination
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.query import Query
from emnnet.selectors.published import IS_PUBLIC
from emnnet.selectors.reading import Reading, Rows

MOST = 20


@dataclass(frozen=True)
class AnsweredQuery:
    """A query it contributed to; `total` is how many there are in all."""

    query_id: int
    reference: str
    title: str
    questions: int
    last_at: datetime
    total: int


def answered_reading(
    institution_id: int, audience: Audience, *, most: int = MOST
) -> Reading[tuple[AnsweredQuery, ...]]:
    """The newest queries it answered.

    The office sees all. Others see published ones, and of these only where the newest
    wording of one of its answers may travel.
    """
    statement = _submitted(institution_id)
    if audience is not Audience.OFFICE:
        statement = statement.where(
            IS_PUBLIC, ContributionVersion.dissemination == Dissemination.YES
        )
    return Reading((statement.limit(most),), _made)


def _made(rows: Rows) -> tuple[AnsweredQuery, ...]:
    newest = sorted(rows, key=lambda row: (row.last_at, row.id), reverse=True)
    return tuple(
        AnsweredQuery(
            row.id,
            f"{row.year}.{row.number}",
            row.title,
            row.questions,
            row.last_at,
            row.total,
        )
        for row in newest
    )


def _submitted(institution_id: int) -> Any:
    last_at = func.max(ContributionVersion.submitted_at)
    newest = Contribution.latest_number == ContributionVersion.number
    return (
        select(
            Query.id,
            Query.year,
            Query.number,
            Query.title,
            func.count().label("questions"),
            last_at.label("last_at"),
            func.count().over().label("total"),
        )
        .join(Assignment, Assignment.query_id == Query.id)
        .join(Contribution, Contribution.assignment_id == Assignment.id)
        .join(
            ContributionVersion,
            (ContributionVersion.contribution_id == Contribution.id) & newest,
        )
        .where(Assignment.institution_id == institution_id, Query.deleted_at.is_(None))
        .group_by(Query.id)
        .order_by(last_at.desc(), Query.id.desc())
    )
