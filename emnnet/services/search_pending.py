"""Asking for a query to be indexed again: a row, taken by the sweeper."""

from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.models.query import Query
from emnnet.models.search_entry import SearchPending


def mark_pending(session: Session, query: Query, *, now: datetime) -> None:
    """What search knows of the query is older than its facts from now on."""
    session.flush()
    session.merge(SearchPending(query_id=query.id, since=now))
