"""Whom of the office a mail about a query goes to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.roles import Role
from emnnet.models.query import Query
from emnnet.models.user import User
from emnnet.selectors.contacts import Addressee


def office_addressees(session: Session, query: Query) -> list[Addressee]:
    """The coordinator of the query; where none is, every coordinator."""
    active = User.deactivated_at.is_(None)
    users = session.scalars(
        select(User).where(active, User.id == query.coordinator_id)
    ).all()
    if not users:
        users = session.scalars(
            select(User).where(active, User.role == Role.COORDINATOR).order_by(User.id)
        ).all()
    return [Addressee(0, user.email, user.language) for user in users]
