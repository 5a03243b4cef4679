"""Reading assignments as their institution sees them: its own date, nobody else's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from emnnet.domain.lifecycle import (
    AssignmentStatus,
    ContributionStatus,
    assignment_status,
    contribution_status,
)
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.link import Link
from emnnet.models.query import Query
from emnnet.selectors.contributions import facts_of


@dataclass(frozen=True)
class Standing:
    """One assignment in an institution's list."""

    assignment: Assignment
    cells: tuple[ContributionStatus, ...]

    @property
    def status(self) -> AssignmentStatus:
        """The sum of its contributions."""
        return assignment_status(list(self.cells))

    @property
    def total(self) -> int:
        """Questions that want an answer, or wanted one."""
        left_out = {ContributionStatus.INFORMED, ContributionStatus.RELEASED}
        return sum(cell not in left_out for cell in self.cells)

    @property
    def done(self) -> int:
        """Questions to which the institution has said what it has to say."""
        return sum(cell.is_done for cell in self.cells)

    @property
    def is_owed(self) -> bool:
        """Does the office still wait for something?"""
        return any(cell.is_owed for cell in self.cells)


def find_assignment(session: Session, assignment_id: int) -> Assignment | None:
    """The assignment with what its page shows; none of a deleted query."""
    return session.scalar(
        select(Assignment)
        .join(Assignment.query)
        .where(Assignment.id == assignment_id, Query.deleted_at.is_(None))
        .options(
            contains_eager(Assignment.query).joinedload(Query.coordinator),
            joinedload(Assignment.institution),
            joinedload(Assignment.contact),
        )
    )


def standings(
    session: Session, institution_id: int | None, link_ids: Collection[int] = ()
) -> list[Standing]:
    """What an institution was asked, and what these links open. One statement.

    What is owed comes first, the nearest date on top; then what is done, newest first.
    """
    by_link = select(Link.assignment_id).where(Link.id.in_(link_ids))
    rows = session.scalars(
        select(Contribution)
        .join(Contribution.assignment)
        .join(Assignment.query)
        .join(Assignment.institution)
        .where(
            Query.deleted_at.is_(None),
            or_(Institution.id == institution_id, Assignment.id.in_(by_link)),
        )
        .options(
            contains_eager(Contribution.assignment).options(
                contains_eager(Assignment.query), contains_eager(Assignment.institution)
            )
        )
        .order_by(Assignment.id)
    )
    found: dict[int, tuple[Assignment, list[ContributionStatus]]] = {}
    for row in rows:
        _, cells = found.setdefault(row.assignment_id, (row.assignment, []))
        cells.append(contribution_status(facts_of(row, row.assignment.query)))
    listed = [
        Standing(assignment, tuple(cells)) for assignment, cells in found.values()
    ]
    return sorted(listed, key=_order)


def _order(standing: Standing) -> tuple[bool, int, int]:
    day: date = standing.assignment.due_on
    nearness = day.toordinal() if standing.is_owed else -day.toordinal()
    return not standing.is_owed, nearness, standing.assignment.id
