"""Ties from real work: who was asked, answered or is cited together, and how often.

Two statements do all: one counts, one lists exactly the queries that were counted. The
office sees everything; others only published queries, and of these only answers
and national responses that may travel.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select, union, union_all
from sqlalchemy.orm import Session, aliased

from emnnet.domain.audience import Audience, Dissemination
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.real_work import WorkFilter, WorkKind, WorkTie, kinds_for
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.institution import Institution
from emnnet.models.national_response import (
    NationalResponse,
    Paragraph,
    ParagraphSource,
)
from emnnet.models.passed_draft import PassedDraft
from emnnet.models.query import Query
from emnnet.models.theme import Theme
from emnnet.selectors.published import IS_PUBLIC

PER_PAGE = 50


@dataclass(frozen=True)
class TiedQuery:
    """A query behind a tie; `total` is how many there are in all."""

    id: int
    reference: str
    title: str
    requester_printed: str
    theme_en: str | None
    theme_lt: str | None
    total: int


def work_ties(
    session: Session,
    audience: Audience,
    wanted: WorkFilter,
    kinds: Collection[WorkKind] = tuple(WorkKind),
) -> list[WorkTie]:
    """The ties of these kinds that the reader may know of, the strongest first."""
    allowed = [kind for kind in kinds_for(audience) if kind in kinds]
    if not allowed:
        return []
    first, second = aliased(Institution), aliased(Institution)
    pairs = union_all(
        *(_counted(_pairs(kind, audience, wanted), kind) for kind in allowed)
    ).subquery()
    rows = session.execute(
        select(pairs.c.kind, first.slug, second.slug, pairs.c.queries)
        .join(first, first.id == pairs.c.first)
        .join(second, second.id == pairs.c.second)
        .order_by(pairs.c.queries.desc(), pairs.c.kind, first.slug, second.slug)
    )
    return [WorkTie(WorkKind(kind), a, b, count) for kind, a, b, count in rows]


def tied_queries(
    session: Session,
    audience: Audience,
    tie: tuple[WorkKind, str, str],
    wanted: WorkFilter,
    *,
    page: int = 1,
) -> list[TiedQuery]:
    """Exactly the queries that one tie counts, the newest first. One statement."""
    kind, one, other = tie
    if kind not in kinds_for(audience):
        return []
    pairs = _pairs(kind, audience, wanted).subquery()
    first, second = aliased(Institution), aliased(Institution)
    ends = (first.slug == one) & (second.slug == other)
    if not kind.is_directed:
        ends |= (first.slug == other) & (second.slug == one)
    found = (
        select(pairs.c.query_id)
        .join(first, first.id == pairs.c.first)
        .join(second, second.id == pairs.c.second)
        .where(ends)
    )
    return listed_queries(session, found, page)


def listed_queries(session: Session, found: Any, page: int) -> list[TiedQuery]:
    """The queries whose ids are found, the newest first. One statement."""
    rows = session.execute(
        select(Query, Theme, func.count().over().label("total"))
        .outerjoin(Theme, Theme.id == Query.theme_id)
        .where(Query.id.in_(found))
        .order_by(Query.year.desc(), Query.number.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return [_tied(query, theme, total) for query, theme, total in rows]


def _tied(query: Query, theme: Theme | None, total: int) -> TiedQuery:
    return TiedQuery(
        query.id,
        query.reference,
        query.title,
        query.requester_printed,
        theme.name_en if theme else None,
        theme.name_lt if theme else None,
        total,
    )


def _counted(pairs: Any, kind: WorkKind) -> Any:
    found = pairs.subquery()
    return select(
        literal(kind.value).label("kind"),
        found.c.first,
        found.c.second,
        func.count(found.c.query_id.distinct()).label("queries"),
    ).group_by(found.c.first, found.c.second)


def _pairs(kind: WorkKind, audience: Audience, wanted: WorkFilter) -> Any:
    """Rows of query_id, first, second: who did it together with whom."""
    if kind is WorkKind.HANDED_OVER:
        return _handed_over(wanted)
    parts = {
        WorkKind.ASKED: _asked,
        WorkKind.ANSWERED: _answered,
        WorkKind.CITED: _cited,
    }[kind](audience, wanted)
    here = parts.cte()
    other = here.alias()
    return select(
        here.c.query_id,
        here.c.institution_id.label("first"),
        other.c.institution_id.label("second"),
    ).join(
        other,
        (other.c.place == here.c.place)
        & (other.c.institution_id > here.c.institution_id),
    )


def _asked(_audience: Audience, wanted: WorkFilter) -> Any:
    return counted_queries(
        select(
            Assignment.query_id.label("query_id"),
            Assignment.query_id.label("place"),
            Assignment.institution_id.label("institution_id"),
        )
        .join(Query, Query.id == Assignment.query_id)
        .join(Contribution, Contribution.assignment_id == Assignment.id)
        .where(Contribution.role != CellRole.INFORMED)
        .distinct(),
        wanted,
    )


def _answered(audience: Audience, wanted: WorkFilter) -> Any:
    return (
        answers(
            select(
                Assignment.query_id.label("query_id"),
                Assignment.query_id.label("place"),
                Assignment.institution_id.label("institution_id"),
            ),
            audience,
            wanted,
        )
    ).distinct()


def answers(statement: Any, audience: Audience, wanted: WorkFilter) -> Any:
    """`statement` on assignments with their queries, narrowed to answers to be told."""
    newest = ContributionVersion.number == Contribution.latest_number
    found = (
        statement.select_from(Assignment)
        .join(Query, Query.id == Assignment.query_id)
        .join(Contribution, Contribution.assignment_id == Assignment.id)
        .join(
            ContributionVersion,
            (ContributionVersion.contribution_id == Contribution.id) & newest,
        )
    )
    if audience is not Audience.OFFICE:
        travels = ContributionVersion.dissemination == Dissemination.YES
        found = found.where(IS_PUBLIC, travels)
    return counted_queries(found, wanted)


def _cited(audience: Audience, wanted: WorkFilter) -> Any:
    found = (
        select(
            Assignment.query_id.label("query_id"),
            NationalResponse.id.label("place"),
            Assignment.institution_id.label("institution_id"),
        )
        .select_from(ParagraphSource)
        .join(Paragraph, Paragraph.id == ParagraphSource.paragraph_id)
        .join(NationalResponse, NationalResponse.id == Paragraph.response_id)
        .join(
            ContributionVersion,
            ContributionVersion.id == ParagraphSource.contribution_version_id,
        )
        .join(Contribution, Contribution.id == ContributionVersion.contribution_id)
        .join(Assignment, Assignment.id == Contribution.assignment_id)
        .join(Query, Query.id == Assignment.query_id)
        .distinct()
    )
    if audience is not Audience.OFFICE:
        found = found.where(
            IS_PUBLIC,
            NationalResponse.dissemination == Dissemination.YES,
            ContributionVersion.dissemination == Dissemination.YES,
        )
    return counted_queries(found, wanted)


def _handed_over(wanted: WorkFilter) -> Any:
    """Only the office is told: `kinds_for` leaves it out for all others."""
    named = (
        select(
            Assignment.query_id.label("query_id"),
            Assignment.institution_id.label("first"),
            Contribution.suggested_institution_id.label("second"),
        )
        .join(Contribution, Contribution.assignment_id == Assignment.id)
        .join(Query, Query.id == Assignment.query_id)
        .where(
            Contribution.declined_at.is_not(None),
            Contribution.suggested_institution_id.is_not(None),
        )
    )
    giver, taker = aliased(Contribution), aliased(Contribution)
    given, taken = aliased(Assignment), aliased(Assignment)
    passed = (
        select(given.query_id, given.institution_id, taken.institution_id)
        .select_from(PassedDraft)
        .join(giver, giver.id == PassedDraft.origin_id)
        .join(taker, taker.id == PassedDraft.receiver_id)
        .join(given, given.id == giver.assignment_id)
        .join(taken, taken.id == taker.assignment_id)
        .join(Query, Query.id == given.query_id)
    )
    both = union(
        counted_queries(named, wanted), counted_queries(passed, wanted)
    ).subquery()
    return select(both).where(both.c.first != both.c.second)


def counted_queries(statement: Any, wanted: WorkFilter) -> Any:
    """Narrowed to queries that exist, of these years and this theme."""
    found = statement.where(Query.deleted_at.is_(None))
    if wanted.first_year is not None:
        found = found.where(Query.year >= wanted.first_year)
    if wanted.last_year is not None:
        found = found.where(Query.year <= wanted.last_year)
    if wanted.theme is not None:
        theme = select(Theme.id).where(Theme.slug == wanted.theme)
        found = found.where(Query.theme_id == theme.scalar_subquery())
    return found
