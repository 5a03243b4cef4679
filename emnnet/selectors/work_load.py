"""How much each institution was asked and answered, year by year."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Audience
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.real_work import WorkFilter
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.query import Query
from emnnet.selectors.real_work import answers, counted_queries


@dataclass(frozen=True)
class YearlyWork:
    """One institution in one year: queries, questions asked and answered.

    Visitors are told of published answers only: then as many were asked.
    """

    slug: str
    year: int
    queries: int
    asked: int
    answered: int


def yearly_work(
    session: Session, audience: Audience, wanted: WorkFilter
) -> list[YearlyWork]:
    """The work of every institution and year that had any. One statement."""
    answered = func.sum(case((Contribution.latest_number > 0, 1), else_=0))
    statement: Any = select(
        Institution.slug,
        Query.year,
        func.count(Query.id.distinct()),
        func.count(Contribution.id),
        answered,
    )
    if audience is Audience.OFFICE:
        owed = (Contribution.role != CellRole.INFORMED) & (
            Contribution.released_at.is_(None)
        )
        found = counted_queries(
            statement.select_from(Assignment)
            .join(Query, Query.id == Assignment.query_id)
            .join(Contribution, Contribution.assignment_id == Assignment.id)
            .where(owed | (Contribution.latest_number > 0)),
            wanted,
        )
    else:
        found = answers(statement, audience, wanted)
    rows = session.execute(
        found.join(Institution, Institution.id == Assignment.institution_id)
        .group_by(Institution.slug, Query.year)
        .order_by(Query.year, Institution.slug)
    )
    return [YearlyWork(*row) for row in rows]
