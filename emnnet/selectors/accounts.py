"""Reading accounts: who may sign in, and who was only invited."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from emnnet.models.query import Query
from emnnet.models.user import User
from emnnet.selectors.chases import RUNNING


@dataclass(frozen=True)
class AccountLine:
    """One account, and how many running queries it coordinates."""

    user: User
    queries: int


def account_lines(session: Session) -> list[AccountLine]:
    """All accounts, those that can sign in first. One statement."""
    running = (
        select(Query.coordinator_id, func.count().label("count"))
        .where(RUNNING)
        .group_by(Query.coordinator_id)
        .subquery()
    )
    rows = session.execute(
        select(User, func.coalesce(running.c.count, 0))
        .join(running, running.c.coordinator_id == User.id, isouter=True)
        .options(joinedload(User.institution))
        .order_by(User.deactivated_at.is_not(None), User.email)
    )
    return [AccountLine(user, queries) for user, queries in rows]
