"""Keeping the places of the nodes of a diagram: computed, or arranged by hand."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import StaleVersion
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.models.layout import Layout
from emnnet.selectors.layouts import BY_HAND, Places, find_places

OVERTAKEN = _n("%(who)s has saved another layout meanwhile. Yours is still drawn here.")


def keep_places(
    session: Session, view: str, digest: str, places: Places, *, now: datetime
) -> bool:
    """Keep them, unless places of that content are kept already. Were they new?"""
    if find_places(session, view, digest) is not None:
        return False
    session.add(Layout(view=view, digest=digest, places=_rounded(places), made_at=now))
    return True


def save_layout(
    session: Session, view: str, places: Places, *, seen: int, by: Actor, now: datetime
) -> int:
    """Keep what somebody arranged; for everybody who opens that view. The new version.

    `seen` is the version it was arranged on, 0 where there was none. Raises
    `StaleVersion` if somebody saved another one meanwhile.
    """
    row = _by_hand(session, view)
    if (row.version if row else 0) != seen:
        raise StaleVersion(OVERTAKEN, who=(row.saved_by if row else None) or "?")
    if row is None:
        row = Layout(view=view, digest=BY_HAND, version=0)
        session.add(row)
    row.places, row.version = _rounded(places), seen + 1
    row.made_at, row.saved_by = now, by.name
    return row.version


def reset_layout(session: Session, view: str) -> bool:
    """Back to the computed places. Was there anything to take back?"""
    row = _by_hand(session, view)
    if row is not None:
        session.delete(row)
    return row is not None


def _by_hand(session: Session, view: str) -> Layout | None:
    return session.scalar(
        select(Layout)
        .where(Layout.view == view, Layout.digest == BY_HAND)
        .with_for_update()
    )


def _rounded(places: Places) -> dict[str, list[float]]:
    return {slug: [round(x, 1), round(y, 1)] for slug, (x, y) in places.items()}
