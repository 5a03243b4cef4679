"""Reading personal links."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.base import ExecutableOption

from emnnet.domain.links import digest
from emnnet.domain.mails import MailKind
from emnnet.models.assignment import Assignment
from emnnet.models.link import Link
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query


def find_link(session: Session, token: str) -> Link | None:
    """The link that a token belongs to, whatever its state; none of a deleted query."""
    return session.scalar(
        select(Link)
        .join(Link.assignment)
        .join(Assignment.query)
        .where(Link.digest == digest(token), Query.deleted_at.is_(None))
        .options(*_with_assignment())
    )


def find_opened_link(
    session: Session, link_ids: Collection[int], assignment_id: int
) -> Link | None:
    """The newest of these links that belongs to the assignment, or none."""
    return session.scalar(
        select(Link)
        .join(Link.assignment)
        .join(Assignment.query)
        .where(
            Link.id.in_(link_ids),
            Link.assignment_id == assignment_id,
            Query.deleted_at.is_(None),
        )
        .order_by(Link.issued_at.desc(), Link.id.desc())
        .limit(1)
        .options(*_with_assignment())
    )


def link_issued_after(session: Session, link: Link) -> datetime | None:
    """When the newest link that took the place of this one was made."""
    return session.scalar(
        select(func.max(Link.issued_at)).where(
            Link.assignment_id == link.assignment_id,
            Link.purpose == link.purpose,
            Link.issued_at >= link.issued_at,
            Link.id != link.id,
        )
    )


def last_link_asked_at(session: Session, assignment: Assignment) -> datetime | None:
    """When a new link was last asked for."""
    return session.scalar(
        select(func.max(OutboxMessage.queued_at)).where(
            OutboxMessage.assignment_id == assignment.id,
            OutboxMessage.kind == MailKind.NEW_LINK,
        )
    )


def _with_assignment() -> tuple[ExecutableOption, ...]:
    assignment = joinedload(Link.assignment)
    return (
        joinedload(Link.contact),
        assignment.joinedload(Assignment.institution),
        assignment.joinedload(Assignment.query).joinedload(Query.coordinator),
    )
