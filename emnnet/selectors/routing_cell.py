"""One cell that was asked, with whom else could be asked."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.lifecycle import ContributionStatus, contribution_status
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.selectors.contributions import facts_of
from emnnet.selectors.routing_state import partners_on


@dataclass(frozen=True)
class AskedCell:
    """What one institution was asked about one question, and what became of it."""

    contribution: Contribution
    others: list[Institution]

    @property
    def assignment(self) -> Assignment:
        """All that the institution was asked in the query."""
        return self.contribution.assignment

    @property
    def status(self) -> ContributionStatus:
        """Where the institution stands with the question."""
        return contribution_status(facts_of(self.contribution, self.assignment.query))


def find_asked_cell(
    session: Session, query_id: int, contribution_id: int, today: date
) -> AskedCell | None:
    """The cell of this query, or none. Two statements."""
    contribution = session.scalar(
        select(Contribution)
        .join(Contribution.assignment)
        .where(Contribution.id == contribution_id, Assignment.query_id == query_id)
        .options(
            joinedload(Contribution.question),
            joinedload(Contribution.suggested_institution),
            joinedload(Contribution.assignment).joinedload(Assignment.query),
            joinedload(Contribution.assignment).joinedload(Assignment.institution),
        )
    )
    if contribution is None:
        return None
    others = session.scalars(
        select(Institution)
        .where(Institution.id.in_(partners_on(today)))
        .where(Institution.id != contribution.assignment.institution_id)
        .order_by(Institution.id)
    )
    return AskedCell(contribution, list(others))
