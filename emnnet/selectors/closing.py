"""Whom the closing of a query tells that nothing is needed any more."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, contains_eager

from emnnet.domain.mails import MailKind
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.selectors.contacts import Addressee, addressees
from emnnet.selectors.query_facts import OWED


@dataclass(frozen=True)
class ClosingNotice:
    """One institution that still owes an answer; without `to` nobody is told."""

    assignment: Assignment
    to: Addressee | None
    knows: bool  # did the invitation leave, or is it about to?

    @property
    def institution(self) -> Institution:
        """Whose answer is missing."""
        return self.assignment.institution

    @property
    def is_told(self) -> bool:
        """Does a mail go out?"""
        return self.knows and self.to is not None


@dataclass(frozen=True)
class Closing:
    """A query, and who still owes an answer."""

    query: Query
    notices: list[ClosingNotice]


def find_closing(session: Session, query_id: int, on: date) -> Closing | None:
    """The closing of a query that was not deleted; three statements."""
    rows = session.execute(_statement(query_id)).all()
    if not rows:
        return None
    owing = [(row, unaware) for _, row, unaware in rows if row is not None]
    reached = addressees(session, {row.institution_id for row, _ in owing}, on)
    notices = [
        ClosingNotice(row, reached.get(row.institution_id), not unaware)
        for row, unaware in owing
    ]
    return Closing(rows[0][0], notices)


def closing_notices(session: Session, query_id: int, on: date) -> list[ClosingNotice]:
    """Those who did not answer, by name, with where the mail would go."""
    closing = find_closing(session, query_id, on)
    return closing.notices if closing else []


def _statement(query_id: int) -> Any:
    owes = Assignment.id.in_(select(Contribution.assignment_id).where(OWED))
    return (
        select(Query, Assignment, _unaware())
        .join(Assignment, and_(Assignment.query_id == Query.id, owes), isouter=True)
        .join(Institution, Institution.id == Assignment.institution_id, isouter=True)
        .where(Query.id == query_id, Query.deleted_at.is_(None))
        .options(contains_eager(Assignment.institution))
        .order_by(Institution.name_en, Assignment.id)
    )


def _unaware() -> ColumnElement[bool]:
    """The invitation waits still, and no worker holds it."""
    return exists(
        select(OutboxMessage.id).where(
            OutboxMessage.assignment_id == Assignment.id,
            OutboxMessage.kind == MailKind.INVITATION,
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.expired_at.is_(None),
            OutboxMessage.failed_at.is_(None),
            OutboxMessage.claimed_at.is_(None),
        )
    )
