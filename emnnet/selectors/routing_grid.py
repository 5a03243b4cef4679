"""The page of the grid: questions, columns, cells and proposals, in four statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, Subquery, null, select, union_all
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.lifecycle import (
    CellRole,
    ContributionFacts,
    ContributionStatus,
    contribution_status,
)
from emnnet.domain.network import Sector
from emnnet.domain.routing import RoutingProposal
from emnnet.domain.routing_grid import Key, grid_digest
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.routing_cell import RoutingCell
from emnnet.selectors.routing import proposed
from emnnet.selectors.routing_memory import Body, Network, network_on

SECTORS = list(Sector)


@dataclass(frozen=True)
class SentCell:
    """What an institution was asked about a question, and where it stands with it."""

    contribution_id: int
    assignment_id: int
    role: CellRole
    status: ContributionStatus
    asked_at: datetime
    due_on: date

    @property
    def is_live(self) -> bool:
        """Was it not taken back?"""
        return self.status is not ContributionStatus.RELEASED


@dataclass(frozen=True)
class PlannedCell:
    """What an institution is to be asked, and by when if that was chosen."""

    role: CellRole
    due_on: date | None


@dataclass(frozen=True)
class Grid:
    """Questions down, institutions across; what is planned and what was asked."""

    query: Query
    questions: list[Question]
    columns: list[Body]
    planned: Mapping[Key, PlannedCell]
    asked: Mapping[Key, SentCell]

    @property
    def sent(self) -> dict[Key, SentCell]:
        """What was asked and not taken back."""
        return {key: cell for key, cell in self.asked.items() if cell.is_live}

    @property
    def roles(self) -> dict[Key, CellRole]:
        """Every cell; what was asked counts before what is planned."""
        planned = {key: cell.role for key, cell in self.planned.items()}
        return planned | {key: cell.role for key, cell in self.sent.items()}

    @property
    def digest(self) -> str:
        """What a form carries, so that a page out of date is told."""
        planned = {key: (cell.role, cell.due_on) for key, cell in self.planned.items()}
        return grid_digest(planned, {key: one.role for key, one in self.sent.items()})


@dataclass(frozen=True)
class GridPage:
    """The grid with what stands beside it."""

    grid: Grid
    proposals: tuple[RoutingProposal, ...]
    network: Network

    @property
    def calendar(self) -> Calendar:
        """The days off around today."""
        return self.network.calendar


def find_grid_page(
    session: Session,
    query_id: int,
    today: date,
    *,
    language: str = "en",
    calendar: str = "LT",
) -> GridPage | None:
    """All that the page shows, or none where there is no such query."""
    rows = session.execute(_statement(query_id)).all()
    if not rows:
        return None
    query = rows[0].Query
    questions = list({row.Question.id: row.Question for row in rows}.values())
    network = network_on(session, today, language=language, calendar=calendar)
    cells = [row for row in rows if row.institution_id is not None]
    planned = {_key(row): _planned(row) for row in cells if row.contribution_id is None}
    asked = {_key(row): _asked(row) for row in cells if row.contribution_id is not None}
    columns = _columns(network, {of for _, of in planned | asked})
    grid = Grid(query, questions, columns, planned, asked)
    about = proposed(session, query, questions, network, today, language=language)
    return GridPage(grid, about, network)


def _statement(query_id: int) -> Select[Any]:
    cells = _cells(query_id)
    return (
        select(Query, Question, *cells.c)
        .join(Question, Question.query_id == Query.id)
        .join(cells, cells.c.of_question == Question.id, isouter=True)
        .where(Query.id == query_id, Query.deleted_at.is_(None))
        .order_by(Question.position)
    )


def _cells(query_id: int) -> Subquery:
    """What was asked and what is planned, under each other."""
    asked = (
        select(
            Contribution.question_id.label("of_question"),
            Assignment.institution_id,
            Contribution.role,
            Contribution.due_on.label("own_due_on"),
            Contribution.id.label("contribution_id"),
            Assignment.id.label("assignment_id"),
            Assignment.due_on,
            Contribution.asked_at,
            (Contribution.draft != "").label("has_draft"),
            Contribution.latest_number,
            Contribution.returned_number,
            Contribution.returned_at,
            Contribution.accepted_number,
            Contribution.declined_at,
            Contribution.promised_on,
            Contribution.released_at,
        )
        .join(Contribution.assignment)
        .where(Assignment.query_id == query_id)
    )
    planned = (
        select(
            RoutingCell.question_id,
            RoutingCell.institution_id,
            RoutingCell.role,
            RoutingCell.due_on,
            *(null() for _ in list(asked.selected_columns)[4:]),
        )
        .join(RoutingCell.question)
        .where(Question.query_id == query_id)
    )
    return union_all(asked, planned).subquery()


def _key(row: Any) -> Key:
    return row.of_question, row.institution_id


def _planned(row: Any) -> PlannedCell:
    return PlannedCell(row.role, row.own_due_on)


def _asked(row: Any) -> SentCell:
    facts = ContributionFacts(
        role=row.role,
        has_draft=bool(row.has_draft),
        submitted=row.latest_number,
        returned=row.returned_number,
        returned_at=row.returned_at,
        accepted=row.accepted_number,
        declined_at=row.declined_at,
        promised_on=row.promised_on,
        released_at=row.released_at,
        query_withdrawn_at=row.Query.withdrawn_at,
        query_closed_at=row.Query.closed_at,
    )
    return SentCell(
        contribution_id=row.contribution_id,
        assignment_id=row.assignment_id,
        role=row.role,
        status=contribution_status(facts),
        asked_at=row.asked_at,
        due_on=row.own_due_on or row.due_on,
    )


def _columns(network: Network, used: set[int]) -> list[Body]:
    """Today's partners and whoever has a cell: by sector, then as they came in."""
    shown = [
        body for body in network.bodies.values() if body.is_partner or body.id in used
    ]
    return sorted(shown, key=lambda body: (SECTORS.index(body.sector), body.id))
