"""Ties that come from work done together, and what a reader may know of them."""

from dataclasses import dataclass
from enum import StrEnum

from emnnet.domain.audience import Audience


class WorkKind(StrEnum):
    """What two institutions did in the same query; counted in queries."""

    ASKED = "asked_together"  # both were asked
    ANSWERED = "answered_together"  # both submitted an answer
    CITED = "cited_together"  # one national response has paragraphs from both
    HANDED_OVER = "handed_over"  # the first named the second, or passed its draft on

    @property
    def is_directed(self) -> bool:
        """Does it lead from the first to the second?"""
        return self is WorkKind.HANDED_OVER


OPEN_KINDS = (WorkKind.ANSWERED, WorkKind.CITED)
"""What published queries tell: who was only asked, or refused, is the office's."""


@dataclass(frozen=True)
class WorkFilter:
    """Which queries count: those numbered in these years, of this theme (its slug)."""

    first_year: int | None = None
    last_year: int | None = None
    theme: str | None = None


@dataclass(frozen=True)
class WorkTie:
    """Two institutions by slug, and in how many queries they did it together."""

    kind: WorkKind
    first: str
    second: str
    queries: int


def kinds_for(audience: Audience) -> tuple[WorkKind, ...]:
    """The kinds of work that this circle of readers may know of."""
    return tuple(WorkKind) if audience is Audience.OFFICE else OPEN_KINDS
