"""Keeping the places of the nodes of a diagram."""

from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.models.layout import Layout
from emnnet.selectors.layouts import Places, find_places


def keep_places(
    session: Session, view: str, digest: str, places: Places, *, now: datetime
) -> bool:
    """Keep them, unless places of that content are kept already. Were they new?"""
    if find_places(session, view, digest) is not None:
        return False
    rounded = {slug: [round(x, 1), round(y, 1)] for slug, (x, y) in places.items()}
    session.add(Layout(view=view, digest=digest, places=rounded, made_at=now))
    return True
