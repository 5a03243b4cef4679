"""How often queries changed: what a calendar program wants to know of a date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.models.event import Event


@dataclass(frozen=True)
class Revision:
    """How often something happened to a query, and when last."""

    number: int
    at: datetime


def revisions(session: Session, query_ids: Collection[int]) -> dict[int, Revision]:
    """The histories of some queries, counted. One statement."""
    if not query_ids:
        return {}
    rows = session.execute(
        select(Event.query_id, func.count(), func.max(Event.at))
        .where(Event.query_id.in_(query_ids))
        .group_by(Event.query_id)
    )
    return {id_: Revision(count, at) for id_, count, at in rows if id_ is not None}
