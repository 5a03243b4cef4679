"""Which countries asked whom: how often, and in which queries exactly.

The office counts who was asked; others count published answers that may travel.
"""

from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Audience
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.real_work import WorkFilter
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.query import Query
from emnnet.selectors.real_work import (
    TiedQuery,
    answers,
    counted_queries,
    listed_queries,
)


def country_ties(
    session: Session, audience: Audience, wanted: WorkFilter
) -> list[tuple[str, str, int]]:
    """Asking country, institution's slug, and the number of queries between them."""
    columns = (Query.requester_code, Institution.slug)
    counted = select(*columns, func.count(Query.id.distinct()).label("queries"))
    rows = session.execute(
        _asked(counted, audience, wanted).group_by(*columns).order_by(*columns)
    )
    return [(country, slug, count) for country, slug, count in rows]


def country_queries(
    session: Session,
    audience: Audience,
    ends: tuple[str, str],
    wanted: WorkFilter,
    *,
    page: int = 1,
) -> list[TiedQuery]:
    """Exactly the queries counted between an institution and a country, by its code."""
    slug, country = ends
    found = _asked(select(Query.id), audience, wanted).where(
        Institution.slug == slug, Query.requester_code == country
    )
    return listed_queries(session, found, page)


def _asked(statement: Any, audience: Audience, wanted: WorkFilter) -> Any:
    """`statement` on queries of countries, and the institutions concerned."""
    if audience is Audience.OFFICE:
        owing = Contribution.role != CellRole.INFORMED
        found = counted_queries(
            statement.select_from(Assignment)
            .join(Query, Query.id == Assignment.query_id)
            .join(Contribution, Contribution.assignment_id == Assignment.id)
            .where(or_(owing, Contribution.latest_number > 0)),
            wanted,
        )
    else:
        found = answers(statement, audience, wanted)
    return found.join(Institution, Institution.id == Assignment.institution_id).where(
        Query.requester_code.is_not(None)
    )
