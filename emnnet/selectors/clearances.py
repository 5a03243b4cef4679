"""Reading clearances: who may give one, which wait, what was asked before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.roles import Role
from emnnet.models.clearance import Clearance
from emnnet.models.query import Query
from emnnet.models.user import User
from emnnet.selectors.query_facts import text_digests


@dataclass(frozen=True)
class WaitingClearance:
    """A national response that a second person has to read."""

    query_id: int
    reference: str
    title: str
    asked_by: str
    asked_by_id: int
    asked_at: datetime
    reply_by: date | None


def clearances_waiting(session: Session) -> list[WaitingClearance]:
    """What waits for a decision, the oldest first; none whose text changed since.

    Two statements for any number of them.
    """
    last = select(func.max(Clearance.id)).group_by(Clearance.query_id)
    rows = session.scalars(
        select(Clearance)
        .join(Clearance.query)
        .where(
            Clearance.id.in_(last),
            Clearance.decided_at.is_(None),
            Query.sent_on.is_(None),
            Query.closed_at.is_(None),
            Query.withdrawn_at.is_(None),
            Query.deleted_at.is_(None),
        )
        .options(joinedload(Clearance.query), joinedload(Clearance.requested_by))
        .order_by(Clearance.requested_at, Clearance.id)
    ).all()
    digests = text_digests(session, [row.query_id for row in rows])
    return [_waiting(row) for row in rows if row.digest == digests.get(row.query_id)]


def clearances_of(session: Session, query_id: int) -> list[Clearance]:
    """All that was asked about a query, the oldest first, with the people."""
    wanted = (
        select(Clearance)
        .where(Clearance.query_id == query_id)
        .options(joinedload(Clearance.requested_by), joinedload(Clearance.decided_by))
        .order_by(Clearance.id)
    )
    return list(session.scalars(wanted))


def second_readers(session: Session, *, besides: int) -> Sequence[User]:
    """The approvers but one person; where there is none, the administrators."""
    found = session.scalars(
        select(User)
        .where(
            User.role.in_([Role.APPROVER, Role.ADMIN]),
            User.deactivated_at.is_(None),
            User.id != besides,
        )
        .order_by(User.id)
    ).all()
    return [user for user in found if user.role is Role.APPROVER] or found


def _waiting(row: Clearance) -> WaitingClearance:
    query = row.query
    return WaitingClearance(
        query_id=query.id,
        reference=query.reference,
        title=query.title,
        asked_by=row.requested_by.name,
        asked_by_id=row.requested_by_id,
        asked_at=row.requested_at,
        reply_by=query.reply_by,
    )
