"""The public list of queries, narrowed and paged in one statement."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.models.query import Query
from emnnet.models.theme import Theme
from emnnet.selectors.published import IS_PUBLIC

PER_PAGE = 20
NEWEST = (Query.launched_on.desc().nulls_last(), Query.id.desc())


@dataclass(frozen=True)
class Wanted:
    """How a visitor narrows the list."""

    theme: str | None = None
    requester: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class PublishedRow:
    """A line of the public list."""

    reference: str
    title: str
    requester_code: str | None
    requester_printed: str
    launched_on: date | None
    published_at: datetime
    theme_en: str | None
    theme_lt: str | None
    total: int


def published(
    session: Session, wanted: Wanted, *, page: int = 1, per_page: int = PER_PAGE
) -> list[PublishedRow]:
    """A page of the public list, the newest query first. One statement."""
    total = _narrowed(_of_theme(select(func.count(Query.id)), wanted), wanted)
    ids = (
        _narrowed(_of_theme(select(Query.id), wanted), wanted)
        .order_by(*NEWEST)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    rows = session.execute(_listed(ids, total.scalar_subquery()))
    return [
        PublishedRow(reference=f"{year}.{number}", **row)
        for year, number, row in (_split(dict(row._mapping)) for row in rows)
    ]


def _listed(ids: Any, total: Any) -> Any:
    """The rows of these queries: titles are not carried through the sorting of all."""
    return (
        select(
            Query.year,
            Query.number,
            Query.title,
            Query.requester_code,
            Query.requester_printed,
            Query.launched_on,
            Query.published_at,
            Theme.name_en.label("theme_en"),
            Theme.name_lt.label("theme_lt"),
            total.label("total"),
        )
        .join(Theme, Theme.id == Query.theme_id, isouter=True)
        .where(Query.id.in_(ids))
        .order_by(*NEWEST)
    )


def _of_theme(statement: Any, wanted: Wanted) -> Any:
    if not wanted.theme:
        return statement
    return statement.join(Theme, Theme.id == Query.theme_id)


def _narrowed(statement: Any, wanted: Wanted) -> Any:
    statement = statement.where(IS_PUBLIC)
    if wanted.theme:
        statement = statement.where(Theme.slug == wanted.theme)
    if wanted.requester:
        statement = statement.where(Query.requester_code == wanted.requester)
    if wanted.year:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        statement = statement.where(Query.launched_on.between(first, last))
    return statement


def _split(row: dict[str, Any]) -> tuple[int, int, dict[str, Any]]:
    rest = {name: value for name, value in row.items() if name not in _NUMBER}
    return row["year"], row["number"], rest


_NUMBER = {"year", "number"}
