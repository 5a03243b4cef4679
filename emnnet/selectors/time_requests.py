"""Reading who asked for more time."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.models.assignment import Assignment
from emnnet.models.time_request import TimeRequest


def find_open_request(session: Session, assignment: Assignment) -> TimeRequest | None:
    """The request of an institution that nobody has decided, or none."""
    return session.scalar(
        select(TimeRequest).where(
            TimeRequest.assignment_id == assignment.id,
            TimeRequest.decided_at.is_(None),
        )
    )


def find_last_request(session: Session, assignment: Assignment) -> TimeRequest | None:
    """The last request of an institution, decided or not; or none."""
    return session.scalar(
        select(TimeRequest)
        .where(TimeRequest.assignment_id == assignment.id)
        .order_by(TimeRequest.id.desc())
        .limit(1)
    )


def find_request(
    session: Session, query_id: int, request_id: int
) -> TimeRequest | None:
    """The request if it is about that query, with its assignment; or none."""
    return session.scalar(
        select(TimeRequest)
        .join(TimeRequest.assignment)
        .where(TimeRequest.id == request_id, Assignment.query_id == query_id)
        .options(
            joinedload(TimeRequest.assignment).joinedload(Assignment.query),
            joinedload(TimeRequest.assignment).joinedload(Assignment.institution),
        )
    )
