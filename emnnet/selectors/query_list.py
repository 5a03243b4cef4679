"""The list of all queries: filtered, counted and paged by the data base."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.models.event import Event
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.theme import Theme
from emnnet.models.user import User

PER_PAGE = 25
MOST_EXPORTED = 50_000
MOST_DELETED = 200


class Stage(StrEnum):
    """Where a query stands, as far as its own moments tell."""

    OPEN = "open"
    SENT = "sent"
    CLOSED = "closed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DELETED = "deleted"


LIVING = and_(Query.withdrawn_at.is_(None), Query.deleted_at.is_(None))
STAGES: dict[Stage, ColumnElement[bool]] = {
    Stage.OPEN: and_(LIVING, Query.closed_at.is_(None), Query.sent_on.is_(None)),
    Stage.SENT: and_(LIVING, Query.closed_at.is_(None), Query.sent_on.is_not(None)),
    Stage.CLOSED: and_(LIVING, Query.closed_at.is_not(None)),
    Stage.PUBLISHED: and_(
        LIVING, Query.published_at.is_not(None), Query.unpublished_at.is_(None)
    ),
    Stage.WITHDRAWN: and_(Query.withdrawn_at.is_not(None), Query.deleted_at.is_(None)),
    Stage.DELETED: Query.deleted_at.is_not(None),
}


@dataclass(frozen=True)
class ListFilter:
    """What the list is narrowed to. Deleted queries stand in it only if asked for."""

    words: str = ""
    stage: Stage | None = None
    theme_id: int | None = None
    coordinator_id: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class ListedQuery:
    """One line of the list, and of its exports."""

    query_id: int
    reference: str
    foreign_reference: str | None
    title: str
    requester: str
    theme_en: str | None
    theme_lt: str | None
    coordinator: str | None
    launched_on: date | None
    reply_by: date | None
    sent_on: date | None
    stage: Stage
    is_published: bool
    questions: int


@dataclass(frozen=True)
class QueryList:
    """One page of the list, and how many fit in all."""

    rows: list[ListedQuery]
    total: int


@dataclass(frozen=True)
class Choice:
    """Something to narrow by: a theme, a coordinator or a year."""

    kind: str
    id: int
    name_en: str
    name_lt: str


def listed_queries(
    session: Session, chosen: ListFilter, *, page: int = 1, per_page: int = PER_PAGE
) -> QueryList:
    """One page, the newest first; one statement. Beyond the last page: no rows."""
    first = (max(page, 1) - 1) * per_page
    rows = session.execute(_statement(chosen, first, per_page)).all()
    return QueryList([_row(row) for row in rows], rows[0].total if rows else 0)


def exported_queries(session: Session, chosen: ListFilter) -> list[ListedQuery]:
    """All that fit, in the order of the list."""
    rows = session.execute(_statement(chosen, 0, MOST_EXPORTED))
    return [_row(row) for row in rows]


@dataclass(frozen=True)
class DeletedQuery:
    """A query that was entered by mistake."""

    query_id: int
    reference: str
    title: str
    deleted_at: datetime
    reason: str
    by: str


def deleted_queries(session: Session) -> list[DeletedQuery]:
    """What was deleted and by whom, the latest first. One statement."""
    who = (
        select(Event.actor_name)
        .where(Event.query_id == Query.id, Event.kind == EventKind.DELETED)
        .order_by(Event.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Query, who.label("by"))
        .where(Query.deleted_at.is_not(None))
        .order_by(Query.deleted_at.desc(), Query.id.desc())
        .limit(MOST_DELETED)
    )
    return [
        DeletedQuery(
            query.id,
            query.reference,
            query.title,
            query.deleted_at,
            query.deletion_reason or "",
            by or "",
        )
        for query, by in rows
    ]


def list_choices(session: Session) -> list[Choice]:
    """Themes, coordinators and years to narrow by, in one statement."""
    themes = select(
        literal("theme").label("kind"),
        Theme.id.label("id"),
        Theme.name_en.label("name_en"),
        Theme.name_lt.label("name_lt"),
        Theme.position.label("place"),
    )
    people = select(literal("coordinator"), User.id, User.name, User.name, literal(0))
    people = people.where(
        User.id.in_(
            select(Query.coordinator_id).where(Query.coordinator_id.is_not(None))
        )
    )
    text = cast(Query.year, String)
    years = select(literal("year"), Query.year, text, text, -Query.year).distinct()
    both = themes.union_all(people, years).order_by("kind", "place", "name_en")
    return [
        Choice(row.kind, row.id, row.name_en, row.name_lt)
        for row in session.execute(both)
    ]


def _statement(chosen: ListFilter, first: int, count: int) -> Any:
    """The numbers of the page are found first; only its rows are read in full."""
    page, total = _page(chosen, first, count)
    return (
        select(
            Query.id,
            Query.year,
            Query.number,
            Query.foreign_reference,
            Query.title,
            Query.requester_code,
            Query.requester_printed,
            Query.launched_on,
            Query.reply_by,
            Query.sent_on,
            Query.closed_at,
            Query.withdrawn_at,
            Query.deleted_at,
            Query.published_at,
            Query.unpublished_at,
            Theme.name_en.label("theme_en"),
            Theme.name_lt.label("theme_lt"),
            User.name.label("coordinator"),
            _question_count(),
            total,
        )
        .join(page, page.c.id == Query.id)
        .join(Theme, Theme.id == Query.theme_id, isouter=True)
        .join(User, User.id == Query.coordinator_id, isouter=True)
        .order_by(Query.year.desc(), Query.number.desc())
    )


def _page(chosen: ListFilter, first: int, count: int) -> tuple[Any, Any]:
    """The ids of the page, and how many fit in all."""
    fitting = _conditions(chosen)
    ids = select(Query.id).where(*fitting)
    ids = ids.order_by(Query.year.desc(), Query.number.desc())
    total = select(func.count(Query.id)).where(*fitting)
    page = ids.limit(count).offset(first).subquery("page")
    return page, total.scalar_subquery().label("total")


def _question_count() -> Any:
    count = select(func.count(Question.id)).where(Question.query_id == Query.id)
    return count.scalar_subquery().label("questions")


def _conditions(chosen: ListFilter) -> list[ColumnElement[bool]]:
    here = STAGES[chosen.stage] if chosen.stage else Query.deleted_at.is_(None)
    wanted = [here]
    for column, value in (
        (Query.theme_id, chosen.theme_id),
        (Query.coordinator_id, chosen.coordinator_id),
        (Query.year, chosen.year),
    ):
        if value is not None:
            wanted.append(column == value)
    return [*wanted, *(_holds(word) for word in chosen.words.split())]


def _holds(word: str) -> ColumnElement[bool]:
    """The word stands in the title, the number, the foreign number or the requester."""
    reference = cast(Query.year, String) + literal(".") + cast(Query.number, String)
    places = (
        Query.title,
        reference,
        Query.foreign_reference,
        Query.requester_printed,
        Query.requester_code,
    )
    return or_(*(place.icontains(word, autoescape=True) for place in places))


def _row(row: Any) -> ListedQuery:
    return ListedQuery(
        query_id=row.id,
        reference=f"{row.year}.{row.number}",
        foreign_reference=row.foreign_reference,
        title=row.title,
        requester=row.requester_code or row.requester_printed,
        theme_en=row.theme_en,
        theme_lt=row.theme_lt,
        coordinator=row.coordinator,
        launched_on=row.launched_on,
        reply_by=row.reply_by,
        sent_on=row.sent_on,
        stage=_stage(row),
        is_published=row.published_at is not None and row.unpublished_at is None,
        questions=row.questions,
    )


def _stage(row: Any) -> Stage:
    if row.deleted_at:
        return Stage.DELETED
    if row.withdrawn_at:
        return Stage.WITHDRAWN
    if row.closed_at:
        return Stage.CLOSED
    return Stage.SENT if row.sent_on else Stage.OPEN
