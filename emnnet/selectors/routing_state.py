"""The grid as the data base has it now: read when it is about to be changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from emnnet.domain.lifecycle import CellRole
from emnnet.domain.network import MembershipKind
from emnnet.domain.routing_grid import Key, grid_digest
from emnnet.models.assignment import Assignment
from emnnet.models.competence import Competence
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.routing_cell import RoutingCell


@dataclass(frozen=True)
class GridState:
    """The cells that are planned, and those that were asked and not taken back."""

    planned: Mapping[Key, RoutingCell]
    sent: Mapping[Key, Contribution]

    @property
    def roles(self) -> dict[Key, CellRole]:
        """Every cell; what was asked counts before what is planned."""
        planned = {key: cell.role for key, cell in self.planned.items()}
        return planned | self.sent_roles

    @property
    def sent_roles(self) -> dict[Key, CellRole]:
        """The cells that were asked."""
        return {key: cell.role for key, cell in self.sent.items()}

    @property
    def digest(self) -> str:
        """What a page that shows this grid carries."""
        planned = {key: (cell.role, cell.due_on) for key, cell in self.planned.items()}
        return grid_digest(planned, self.sent_roles)


def grid_state(session: Session, query: Query) -> GridState:
    """The grid of a query, freshly read."""
    planned = session.scalars(
        select(RoutingCell)
        .join(RoutingCell.question)
        .where(Question.query_id == query.id)
        .execution_options(populate_existing=True)
    )
    sent = session.scalars(
        select(Contribution)
        .join(Contribution.assignment)
        .where(Assignment.query_id == query.id, Contribution.released_at.is_(None))
        .options(
            contains_eager(Contribution.assignment),
            joinedload(Contribution.question),
        )
        .execution_options(populate_existing=True)
    )
    return GridState(
        {(cell.question_id, cell.institution_id): cell for cell in planned},
        {(cell.question_id, cell.assignment.institution_id): cell for cell in sent},
    )


def find_asked(
    session: Session, question: Question, institution: Institution
) -> Contribution | None:
    """What the institution was asked about the question, unless it was taken back."""
    return session.scalar(
        select(Contribution)
        .join(Contribution.assignment)
        .where(
            Contribution.question_id == question.id,
            Assignment.institution_id == institution.id,
            Contribution.released_at.is_(None),
        )
        .options(contains_eager(Contribution.assignment))
    )


def partner_ids(session: Session, on: date) -> set[int]:
    """The institutions that exist on the day and are partners of the network then."""
    return set(session.scalars(partners_on(on)))


def partners_on(on: date) -> Select[int]:
    """The ids of the partners of that day, as a statement."""
    return (
        select(Institution.id)
        .join(Membership, Membership.institution_id == Institution.id)
        .where(Membership.kind == MembershipKind.PARTNER)
        .where(valid(Membership, on), valid(Institution, on))
    )


def valid(
    table: type[Membership] | type[Institution] | type[Competence], on: date
) -> ColumnElement[bool]:
    """The condition that a dated row holds on the day; an unknown bound is open."""
    return and_(
        or_(table.valid_from.is_(None), table.valid_from <= on),
        or_(table.valid_to.is_(None), table.valid_to >= on),
    )
