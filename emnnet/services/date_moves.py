"""Moving dates of institutions, and back: what stood there before is kept."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar, Unit
from emnnet.domain.errors import IllegalAction
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.domain.terms import Term
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.extension import MovedDate
from emnnet.models.query import Query
from emnnet.models.routing_cell import RoutingCell

NOT_ITSELF = _n("An institution cannot give itself more time. It may ask the office.")
MOVED_SINCE = _n("The dates were moved again since: it cannot be taken back any more.")


def check_not_itself(by: Actor) -> None:
    """Raises `IllegalAction` where an institution would move its own date."""
    if by.kind is ActorKind.LINK or by.role == Role.CONTACT:
        raise IllegalAction(NOT_ITSELF)


def move_whole(
    session: Session,
    assignment: Assignment,
    day: date,
    calendar: Calendar,
    **cause: Any,
) -> MovedDate:
    """Give the assignment another day; its clock starts anew, its hour stays.

    `cause` names the extension or the stop.
    """
    move = MovedDate(
        assignment_id=assignment.id, old_on=assignment.due_on, new_on=day, **cause
    )
    term = _term(assignment.due_on, day, calendar)
    assignment.set_due(day, assignment.due_time, term)
    assignment.clock_start += 1
    return _kept(session, move)


def move_question(
    session: Session,
    contribution: Contribution,
    day: date | None,
    today: date,
    **cause: Any,
) -> MovedDate:
    """Give one question a day of its own, or none: then it follows its assignment."""
    move = MovedDate(
        contribution_id=contribution.id, old_on=contribution.due_on, new_on=day, **cause
    )
    hour = contribution.due_time or contribution.assignment.due_time
    contribution.due_on, contribution.due_time = day, hour if day else None
    if day is not None:
        contribution.clock_start += 1
        contribution.clock_started_on = today
    return _kept(session, move)


def move_reply_by(
    session: Session, query: Query, day: date | None, **cause: Any
) -> MovedDate:
    """Give the query another reply-by date."""
    move = MovedDate(old_on=query.reply_by, new_on=day, **cause)
    query.reply_by = day
    return _kept(session, move)


def move_back(session: Session, query: Query, moves: Sequence[MovedDate]) -> None:
    """Everything as it was; raises `IllegalAction` where something moved since."""
    for move in moves:
        if _day_of(move, query) != move.new_on:
            raise IllegalAction(MOVED_SINCE)
    for move in moves:
        if move.assignment is not None and move.old_on is not None:
            move.assignment.set_due(move.old_on, move.assignment.due_time)
            move.assignment.clock_start -= 1
        elif move.contribution is not None:
            move.contribution.due_on = move.old_on
            if move.old_on is None:
                move.contribution.due_time = None
            move.contribution.clock_start -= move.new_on is not None
        else:
            query.reply_by = move.old_on
    session.flush()


def plan_like(
    session: Session, assignment: Assignment, question_ids: Collection[int]
) -> None:
    """The routing shows the days that hold now for these questions."""
    own = {one.question_id: one.due_on for one in assignment.contributions}
    cells = session.scalars(
        select(RoutingCell).where(
            RoutingCell.institution_id == assignment.institution_id,
            RoutingCell.question_id.in_(question_ids),
        )
    )
    for cell in cells:
        cell.due_on = own.get(cell.question_id) or assignment.due_on


def _term(old: date, day: date, calendar: Calendar) -> Term | None:
    """The working days from the one to the other; none where it is not so counted."""
    days = calendar.working_days_between(old, day)
    counted = days > 0 and calendar.is_working_day(day)
    return Term(days, Unit.WORKING_DAYS, old) if counted else None


def _kept(session: Session, move: MovedDate) -> MovedDate:
    session.add(move)
    session.flush()
    return move


def _day_of(move: MovedDate, query: Query) -> date | None:
    if move.assignment is not None:
        return move.assignment.due_on
    if move.contribution is not None:
        return move.contribution.due_on
    return query.reply_by
