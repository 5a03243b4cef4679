"""Stored places of the nodes of a diagram."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from emnnet.models.layout import Layout

NETWORK = "network"
"""The view whose places are stored."""

BY_HAND = ""
"""In place of a digest: places that somebody arranged, whatever the content."""

Places = dict[str, tuple[float, float]]


def find_places(session: Session, view: str, digest: str) -> Places | None:
    """Where the nodes of that content stand in that view, by slug."""
    kept = session.scalar(
        select(Layout.places).where(Layout.view == view, Layout.digest == digest)
    )
    if kept is None:
        return None
    return _places(kept)


@dataclass(frozen=True)
class Arrangement:
    """What is stored for a view: computed for this very content, and made by hand."""

    computed: Places | None = None
    by_hand: Places | None = None
    version: int = 0  # of the one made by hand; 0: there is none
    saved_by: str = ""
    saved_at: datetime | None = None


def arrangement(
    session: Session, view: str, hand_view: str, digest: str
) -> Arrangement:
    """Both in one statement."""
    rows = session.scalars(
        select(Layout).where(
            or_(
                and_(Layout.view == view, Layout.digest == digest),
                and_(Layout.view == hand_view, Layout.digest == BY_HAND),
            )
        )
    ).all()
    computed = next((_places(row.places) for row in rows if row.digest), None)
    hand = next((row for row in rows if row.digest == BY_HAND), None)
    if hand is None:
        return Arrangement(computed)
    return Arrangement(
        computed, _places(hand.places), hand.version, hand.saved_by or "", hand.made_at
    )


def _places(kept: dict[str, list[float]]) -> Places:
    return {slug: (float(x), float(y)) for slug, (x, y) in kept.items()}
