"""Reading when the clock of a query stood, and whether it stands now."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from emnnet.models.clock_stop import ClockStop
from emnnet.models.query import Query

STANDING = ClockStop.restarted_on.is_(None) & ClockStop.taken_back_at.is_(None)
IS_STOPPED: ColumnElement[bool] = (
    exists().where(ClockStop.query_id == Query.id, STANDING).correlate(Query)
)
"""Does the clock of the query stand now?"""


def clock_stops(session: Session, query: Query) -> list[ClockStop]:
    """The stops of a query that count, in their order."""
    wanted = select(ClockStop).where(
        ClockStop.query_id == query.id, ClockStop.taken_back_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(ClockStop.stopped_on, ClockStop.id)))


def find_standing(session: Session, query: Query) -> ClockStop | None:
    """The stop that holds now, or none while the clock runs."""
    return session.scalar(
        select(ClockStop).where(ClockStop.query_id == query.id, STANDING)
    )
