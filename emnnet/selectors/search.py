"""Searching: one service for every box, and each circle finds only what is its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select, text
from sqlalchemy.orm import Session

from emnnet.domain.audience import Audience
from emnnet.domain.excerpt import Forms, Piece, excerpt
from emnnet.models.query import Query
from emnnet.models.search_entry import SearchEntry, SearchPending
from emnnet.words import word_terms

LONGEST = 300  # characters of what is searched for
WORDS = 12  # of it that count
PER_PAGE = 20
TITLE_MARK = "0"
VECTOR: ColumnElement[Any] = literal_column("search_entry.vector")
"""PostgreSQL only: made of the terms by the data base, and kept beside them."""


@dataclass(frozen=True)
class Hit:
    """One query that was found."""

    query_id: int
    reference: str
    title: tuple[Piece, ...]
    dated: date | None
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True)
class Found:
    """A page of hits, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int
    words: int  # that were searched for; 0 says that nothing was asked


def search(
    session: Session,
    wanted: str,
    audience: Audience,
    *,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Found:
    """Queries that hold every word, hits in the title first, then the newest.

    The order does not weigh words, so it tells nothing about texts that the
    reader may not see.
    """
    forms = word_terms(wanted[:LONGEST])[:WORDS]
    if not forms:
        return Found((), 0, 0)
    rows = session.execute(
        _wanted(session, forms, _circle(audience), page=page, per_page=per_page)
    ).all()
    total = rows[0].total if rows else 0
    return Found(tuple(_hit(row, forms) for row in rows), total, len(forms))


def _wanted(
    session: Session,
    forms: Sequence[Forms],
    circle: Audience,
    *,
    page: int,
    per_page: int,
) -> Any:
    """A page of entries. Texts are fetched for these alone: sorting them is dear."""
    in_title = _matching(session, forms, mark=TITLE_MARK)
    order = (in_title.desc(), SearchEntry.dated.desc(), SearchEntry.id.desc())
    found = (
        select(
            SearchEntry.id,
            func.count().over().label("total"),
            func.row_number().over(order_by=order).label("rank"),
        )
        .where(_matching(session, forms), SearchEntry.audience == circle)
        .order_by(*order)
        .limit(per_page)
        .offset((page - 1) * per_page)
        .subquery()
    )
    return (
        select(
            SearchEntry.query_id,
            SearchEntry.title,
            SearchEntry.body,
            SearchEntry.dated,
            Query.year,
            Query.number,
            found.c.total,
        )
        .join(found, found.c.id == SearchEntry.id)
        .join(Query, Query.id == SearchEntry.query_id)
        .order_by(found.c.rank)
    )


def _hit(row: Any, forms: Sequence[Forms]) -> Hit:
    return Hit(
        row.query_id,
        f"{row.year}.{row.number}",
        excerpt(row.title, forms, _forms_of),
        row.dated,
        excerpt(row.body, forms, _forms_of),
    )


def waiting_to_be_indexed(session: Session) -> int:
    """How many queries search does not know as they are now."""
    return session.scalar(select(func.count()).select_from(SearchPending)) or 0


def _circle(audience: Audience) -> Audience:
    """Whose entries are searched: the office's, or the public's."""
    return Audience.OFFICE if audience is Audience.OFFICE else Audience.PUBLIC


def _matching(
    session: Session, forms: Sequence[Forms], *, mark: str = ""
) -> ColumnElement[bool]:
    """The condition that an entry holds one form of every word."""
    if session.get_bind().dialect.name == "sqlite":
        wanted = " AND ".join(
            "(" + " OR ".join(f'"{mark}{form}"' for form in sorted(word)) + ")"
            for word in forms
        )
        inside = text(
            "SELECT rowid FROM search_index WHERE search_index MATCH :wanted"
            if not mark
            else "SELECT rowid FROM search_index WHERE search_index MATCH :in_title"
        ).bindparams(**{"in_title" if mark else "wanted": wanted})
        return SearchEntry.id.in_(inside)
    wanted = " & ".join(
        "(" + " | ".join(f"'{mark}{form}'" for form in sorted(word)) + ")"
        for word in forms
    )
    return VECTOR.op("@@", is_comparison=True)(terms_query(wanted))


def terms_query(wanted: str) -> ColumnElement[Any]:
    """Words joined by the signs of PostgreSQL's text search, as it wants them."""
    simple: ColumnElement[str] = literal_column("'simple'")
    return func.to_tsquery(simple, wanted)


def _forms_of(word: str) -> Forms:
    found = word_terms(word)
    return found[0] if found else frozenset()
