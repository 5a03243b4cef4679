"""Does a query that is about to be registered stand here already?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from emnnet.models.query import Query
from emnnet.selectors.similar import likeness, subject
from emnnet.words import WORD, fold

CANDIDATES = 200
VERY_SIMILAR = 0.8  # of 1, which is the same words
MOST = 5
ROOT = 5  # letters in which all forms of a word begin alike


class DuplicateReason(StrEnum):
    """Why a query looks like one that is there."""

    SAME = "same"  # title, requester and launch date
    SAME_TITLE = "same_title"
    SIMILAR_TITLE = "similar_title"


@dataclass(frozen=True)
class Duplicate:
    """A query that may be the same one."""

    query_id: int
    reference: str
    title: str
    launched_on: date | None
    reason: DuplicateReason


def find_duplicates(
    session: Session,
    title: str,
    requester_code: str | None,
    launched_on: date | None,
) -> list[Duplicate]:
    """Queries that look the same, the surest first. One bounded statement.

    Identity is title, requester and launch date: the documents print no number.
    """
    if not title.strip():
        return []
    rows = session.execute(_candidates(title, launched_on)).all()
    found = [
        Duplicate(
            row.id, f"{row.year}.{row.number}", row.title, row.launched_on, reason
        )
        for row in rows
        if (reason := _reason(row, title, requester_code, launched_on))
    ]
    order = list(DuplicateReason)
    found.sort(key=lambda each: (order.index(each.reason), -each.query_id))
    return found[:MOST]


def _candidates(title: str, launched_on: date | None) -> Any:
    alike = and_(*(Query.title.icontains(root) for root in _roots(title)))
    same_day = Query.launched_on == launched_on if launched_on else None
    return (
        select(
            Query.id,
            Query.year,
            Query.number,
            Query.title,
            Query.launched_on,
            Query.requester_code,
        )
        .where(
            Query.deleted_at.is_(None),
            alike if same_day is None else or_(same_day, alike),
        )
        .order_by(Query.id.desc())
        .limit(CANDIDATES)
    )


def _roots(title: str) -> list[str]:
    """How the two longest words of a title begin: long words are rare words."""
    words = [word for word in WORD.findall(title) if subject(word)]
    words.sort(key=lambda word: (word.isascii(), len(word)))
    return [word[:ROOT] for word in words[-2:]] or [title]


def _reason(
    row: Any, title: str, requester_code: str | None, launched_on: date | None
) -> DuplicateReason | None:
    same_asker = not requester_code or requester_code == row.requester_code
    if fold(row.title) == fold(title):
        same_day = launched_on is not None and row.launched_on == launched_on
        same = same_day and same_asker
        return DuplicateReason.SAME if same else DuplicateReason.SAME_TITLE
    near = likeness(subject(title), subject(row.title)) >= VERY_SIMILAR
    return DuplicateReason.SIMILAR_TITLE if near else None
