"""Deleting the tokens that expired long ago; what was done with them stays written."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from emnnet.models.link import Link
from emnnet.models.scoped_link import ScopedLink

LONG_AGO = timedelta(days=180)  # by then nobody opens the mail again


def tidy_links(session: Session, *, now: datetime) -> int:
    """Delete links that expired long ago; returns how many. Valid ones stay.

    Events name a link by its number and stay as they are. A kept link tells its
    holder "expired"; a deleted one is only "not valid".
    """
    limit, gone = now - LONG_AGO, 0
    for table in (Link, ScopedLink):
        old = delete(table).where(table.expires_at < limit).returning(table.id)
        gone += len(session.scalars(old).all())
    return gone
