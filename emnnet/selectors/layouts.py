"""Stored places of the nodes of a diagram."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.models.layout import Layout

NETWORK = "network"
"""The view whose places are stored."""

Places = dict[str, tuple[float, float]]


def find_places(session: Session, view: str, digest: str) -> Places | None:
    """Where the nodes of that content stand in that view, by slug."""
    kept = session.scalar(
        select(Layout.places).where(Layout.view == view, Layout.digest == digest)
    )
    if kept is None:
        return None
    return {slug: (float(x), float(y)) for slug, (x, y) in kept.items()}
