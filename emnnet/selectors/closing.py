"""Whom the closing of a query tells that nothing is needed any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.mails import MailKind
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.outbox import OutboxMessage
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


def closing_notices(session: Session, query_id: int, on: date) -> list[ClosingNotice]:
    """Those who did not answer, by name, with where the mail would go."""
    owing = _owing(session, query_id)
    reached = addressees(session, {row.institution_id for row in owing}, on)
    unaware = _unaware(session, [row.id for row in owing])
    return [
        ClosingNotice(row, reached.get(row.institution_id), row.id not in unaware)
        for row in owing
    ]


def _owing(session: Session, query_id: int) -> Sequence[Assignment]:
    return session.scalars(
        select(Assignment)
        .join(Assignment.institution)
        .where(
            Assignment.query_id == query_id,
            Assignment.id.in_(select(Contribution.assignment_id).where(OWED)),
        )
        .options(joinedload(Assignment.institution))
        .order_by(Institution.name_en, Assignment.id)
    ).all()


def _unaware(session: Session, assignment_ids: Sequence[int]) -> set[int]:
    """Those whose invitation waits still, and no worker holds it."""
    return {
        id_ or 0
        for id_ in session.scalars(
            select(OutboxMessage.assignment_id).where(
                OutboxMessage.assignment_id.in_(assignment_ids),
                OutboxMessage.kind == MailKind.INVITATION,
                OutboxMessage.sent_at.is_(None),
                OutboxMessage.expired_at.is_(None),
                OutboxMessage.failed_at.is_(None),
                OutboxMessage.claimed_at.is_(None),
            )
        )
    }
