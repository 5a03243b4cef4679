"""Reading when the clock of a query stood, and whether it stands now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from emnnet.domain.calendar import Calendar
from emnnet.domain.pauses import Pause
from emnnet.models.assignment import Assignment
from emnnet.models.clock_stop import ClockStop
from emnnet.models.contribution import Contribution
from emnnet.models.query import Query
from emnnet.selectors.reminders import owed_of

STANDING = ClockStop.restarted_on.is_(None) & ClockStop.taken_back_at.is_(None)
IS_STOPPED: ColumnElement[bool] = (
    exists().where(ClockStop.query_id == Query.id, STANDING).correlate(Query)
)
"""Does the clock of the query stand now?"""


def clock_stops(session: Session, query: Query) -> list[ClockStop]:
    """The stops of a query that count, in their order."""
    wanted = select(ClockStop).where(
        ClockStop.query_id == query.id, ClockStop.taken_back_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(ClockStop.stopped_on, ClockStop.id)))


def find_standing(session: Session, query: Query) -> ClockStop | None:
    """The stop that holds now, or none while the clock runs."""
    return session.scalar(
        select(ClockStop).where(ClockStop.query_id == query.id, STANDING)
    )


@dataclass(frozen=True)
class PlannedMove:
    """A date that a restart moves: of an institution, or of one question of it."""

    assignment: Assignment
    contribution: Contribution | None
    old_on: date
    new_on: date


@dataclass(frozen=True)
class Restart:
    """What starting the clock again on a day means."""

    stop: ClockStop
    working_days: int
    old_reply_by: date | None
    new_reply_by: date | None
    moves: tuple[PlannedMove, ...]
    missing_years: tuple[int, ...] = ()


def planned_restart(
    session: Session, query: Query, stop: ClockStop, day: date, calendar: Calendar
) -> Restart:
    """Every date as it would be; all move by the working days that were lost."""
    lost = Pause(stop.stopped_on, stop.reason, day).working_days(calendar)
    assignments = running_assignments(session, query)
    moves = tuple(_moves(assignments, lost, calendar))
    reply_by = query.reply_by
    new_reply_by = calendar.add_working_days(reply_by, lost) if reply_by else None
    days = [stop.stopped_on, day, *(move.new_on for move in moves)]
    touched = [*days, *([new_reply_by] if new_reply_by else [])]
    return Restart(
        stop, lost, reply_by, new_reply_by, moves, calendar.missing_years(touched)
    )


def running_assignments(session: Session, query: Query) -> list[Assignment]:
    """The assignments of which something is still owed, by institution."""
    wanted = (
        select(Assignment)
        .where(Assignment.query_id == query.id)
        .options(
            joinedload(Assignment.query),
            joinedload(Assignment.institution),
            selectinload(Assignment.contributions).joinedload(Contribution.question),
        )
        .order_by(Assignment.id)
        .execution_options(populate_existing=True)
    )
    return [one for one in session.scalars(wanted) if owed_of(one)]


def _moves(
    assignments: Iterable[Assignment], lost: int, calendar: Calendar
) -> Iterator[PlannedMove]:
    for assignment in assignments:
        due_on = assignment.due_on
        yield PlannedMove(
            assignment, None, due_on, calendar.add_working_days(due_on, lost)
        )
        for one in owed_of(assignment):
            if one.due_on is not None:
                moved = calendar.add_working_days(one.due_on, lost)
                yield PlannedMove(assignment, one, one.due_on, moved)
