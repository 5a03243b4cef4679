"""The dates of a query on its overview: institutions, extensions, stops, requests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from emnnet.domain.query_lifecycle import QUERY_ACTIONS, QueryAction, QueryStatus
from emnnet.selectors.queries import Overview
from emnnet.selectors.query_cells import AskedQuestion, Cell
from emnnet.selectors.query_dates import (
    ExtensionLine,
    QueryDates,
    ReplyByLine,
    RequestLine,
    StopLine,
)


@dataclass(frozen=True)
class DueLine:
    """A day, and the questions it is for where there are several days."""

    due_on: date
    labels: str


@dataclass(frozen=True)
class BodyDates:
    """One institution: what is owed by when, what moved, what it asks for."""

    assignment_id: int
    cell: Cell
    due: list[DueLine]
    extensions: list[ExtensionLine]
    requests: list[RequestLine]
    unconfirmed: list[str]  # the questions whose correction waits for a word

    @property
    def is_owed(self) -> bool:
        """Does the office still wait for something?"""
        return bool(self.due)


@dataclass(frozen=True)
class DatesPanel:
    """All the panel shows; `moves` tells whether anything may still be moved."""

    query_id: int
    reply_by: date | None
    bodies: list[BodyDates]
    stops: Sequence[StopLine]
    reply_by_moves: Sequence[ReplyByLine]
    standing: StopLine | None
    total: int
    moves: bool
    runs: bool  # it was put to institutions: there is a clock to stop


def dates_panel(
    overview: Overview,
    questions: Sequence[AskedQuestion],
    dates: QueryDates,
    status: QueryStatus,
) -> DatesPanel:
    """Put the panel together from what the page has read."""
    query = overview.query
    moves = QueryAction.ROUTE in QUERY_ACTIONS[status]
    return DatesPanel(
        query_id=query.id,
        reply_by=query.reply_by,
        bodies=_bodies(questions, dates),
        stops=dates.stops,
        reply_by_moves=dates.reply_by,
        standing=dates.standing,
        total=dates.total(overview.calendar),
        moves=moves,
        runs=moves and query.routed_at is not None,
    )


def _bodies(questions: Iterable[AskedQuestion], dates: QueryDates) -> list[BodyDates]:
    """The institutions that were asked, in the order of the questions."""
    asked = [(question, cell) for question in questions for cell in question.live]
    mine: dict[int, list[tuple[str, Cell]]] = {}
    for question, cell in asked:
        mine.setdefault(cell.assignment_id, []).append((question.label, cell))
    return [_body(id_, cells, dates) for id_, cells in mine.items()]


def _body(
    assignment_id: int, cells: Sequence[tuple[str, Cell]], dates: QueryDates
) -> BodyDates:
    owed: dict[date, list[str]] = {}
    for label, cell in cells:
        if cell.status.is_owed:
            owed.setdefault(cell.due_on, []).append(label)
    return BodyDates(
        assignment_id=assignment_id,
        cell=cells[0][1],
        due=_lines(owed),
        extensions=[
            one for one in dates.extensions if one.assignment_id == assignment_id
        ],
        requests=[one for one in dates.requests if one.assignment_id == assignment_id],
        unconfirmed=[label for label, cell in cells if cell.is_unconfirmed],
    )


def _lines(days: dict[date, list[str]]) -> list[DueLine]:
    several = len(days) > 1
    return [
        DueLine(day, ", ".join(labels) if several else "")
        for day, labels in sorted(days.items())
    ]
