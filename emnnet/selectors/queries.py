"""One query with what surrounds it: theme, coordinator, tags, relations, calendar."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from emnnet.domain.calendar import Calendar
from emnnet.models.clearance import Clearance, ClearanceOutcome
from emnnet.models.intake import Intake
from emnnet.models.query import Query, QueryRelation, QueryTag, RelationKind
from emnnet.models.theme import Theme
from emnnet.models.user import User
from emnnet.selectors.calendar_columns import calendar_columns, calendar_from
from emnnet.selectors.query_dates import has_dates

AROUND = timedelta(days=200)  # how far distances are counted in working days
PARTED = "\n"

Other = aliased(Query)


@dataclass(frozen=True)
class Related:
    """Another query; `later` says that it came after this one."""

    relation_id: int
    kind: RelationKind
    query_id: int
    reference: str
    title: str
    later: bool


@dataclass(frozen=True)
class Overview:
    """A query as its own page shows it, without its questions."""

    query: Query
    theme_en: str | None
    theme_lt: str | None
    coordinator: str | None
    tags: tuple[str, ...]
    relations: tuple[Related, ...]
    intake_id: int | None
    clearance_digest: str | None
    clearance_outcome: ClearanceOutcome | None
    calendar: Calendar
    has_dates: bool  # was its clock stopped, or a date moved or asked to be?


def find_query(session: Session, query_id: int) -> Query | None:
    """The query with that id, or none."""
    return session.get(Query, query_id)


def find_full_query(session: Session, query_id: int) -> Query | None:
    """The query with its questions and tags, in one statement; or none."""
    whole = select(Query).where(Query.id == query_id)
    whole = whole.options(joinedload(Query.questions), joinedload(Query.tags))
    return session.scalars(whole).unique().one_or_none()


def find_by_reference(session: Session, reference: str) -> Query | None:
    """The query that is spoken of as 2026.12, or none."""
    year, _, number = reference.strip().partition(".")
    if not (year.isdigit() and number.isdigit()):
        return None
    wanted = Query.year == int(year), Query.number == int(number)
    return session.scalar(select(Query).where(*wanted))


def find_overview(
    session: Session, query_id: int, today: date, calendar: str = "LT"
) -> Overview | None:
    """The query and what surrounds it, in one statement; or none."""
    bound = {"query_id": query_id, "calendar": calendar}
    bound |= {"first": today - AROUND, "last": today + AROUND}
    rows = session.execute(_statement(), bound).all()
    if not rows:
        return None
    row = rows[0]
    return Overview(
        query=row.Query,
        theme_en=row.theme_en,
        theme_lt=row.theme_lt,
        coordinator=row.coordinator,
        tags=tuple(sorted((row.tags or "").split(PARTED))) if row.tags else (),
        relations=_related(rows, query_id),
        intake_id=row.intake_id,
        clearance_digest=row.digest,
        clearance_outcome=row.outcome,
        calendar=calendar_from(calendar, row.days_off, row.known_years),
        has_dates=bool(row.has_dates),
    )


@cache
def _statement() -> Any:
    """A row for each relation of the query, one where there is none."""
    wanted: Any = bindparam("query_id")
    latest = _latest_clearance(wanted)
    return (
        select(
            Query,
            Theme.name_en.label("theme_en"),
            Theme.name_lt.label("theme_lt"),
            User.name.label("coordinator"),
            _tags(wanted),
            _intake(wanted),
            has_dates(wanted).label("has_dates"),
            latest.digest,
            latest.outcome,
            QueryRelation.id.label("relation_id"),
            QueryRelation.kind.label("relation"),
            QueryRelation.earlier_id,
            Other.id.label("other_id"),
            Other.year.label("other_year"),
            Other.number.label("other_number"),
            Other.title.label("other_title"),
            *calendar_columns(),
        )
        .join(Theme, Theme.id == Query.theme_id, isouter=True)
        .join(User, User.id == Query.coordinator_id, isouter=True)
        .join(latest, latest.query_id == Query.id, isouter=True)
        .join(QueryRelation, _touches(wanted), isouter=True)
        .join(Other, _at_the_other_end(wanted), isouter=True)
        .where(Query.id == wanted)
        .order_by(Other.year.desc(), Other.number.desc(), QueryRelation.id)
    )


def _touches(query_id: Any) -> Any:
    return or_(QueryRelation.query_id == query_id, QueryRelation.earlier_id == query_id)


def _at_the_other_end(query_id: Any) -> Any:
    other = case(
        (QueryRelation.query_id == query_id, QueryRelation.earlier_id),
        else_=QueryRelation.query_id,
    )
    return and_(Other.id == other, Other.deleted_at.is_(None))


def _tags(query_id: Any) -> Any:
    tags = select(func.aggregate_strings(QueryTag.tag, PARTED))
    return tags.where(QueryTag.query_id == query_id).scalar_subquery().label("tags")


def _intake(query_id: Any) -> Any:
    intake = select(func.max(Intake.id)).where(Intake.query_id == query_id)
    return intake.scalar_subquery().label("intake_id")


def _latest_clearance(query_id: Any) -> Any:
    last = select(func.max(Clearance.id)).where(Clearance.query_id == query_id)
    newest = select(Clearance).where(Clearance.id == last.scalar_subquery())
    return aliased(Clearance, newest.subquery("latest"))


def _related(rows: Any, query_id: int) -> tuple[Related, ...]:
    return tuple(
        Related(
            relation_id=row.relation_id,
            kind=row.relation,
            query_id=row.other_id,
            reference=f"{row.other_year}.{row.other_number}",
            title=row.other_title,
            later=row.earlier_id == query_id,
        )
        for row in rows
        if row.other_id
    )
