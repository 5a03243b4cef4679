"""More time for one institution: only its own cells move."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import contribution_status
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import Message, _n
from emnnet.domain.moments import office_day
from emnnet.domain.partner_dates import check_later
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.routing_cell import RoutingCell
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.contacts import find_addressee
from emnnet.selectors.contributions import facts_of
from emnnet.services.dropping import drop_waiting
from emnnet.services.events import record
from emnnet.services.outbox import enqueue
from emnnet.services.routing import open_grid

DATE_MOVED = "the date was moved"
NO_REASON = _n("Say why there is more time. It is kept in the history.")
NOT_ITSELF = _n("An institution cannot give itself more time. It may ask the office.")
NOTHING_OWED = _n("Nothing is awaited from this institution: there is no date to move.")


def change_due(
    session: Session,
    assignment: Assignment,
    due_on: date,
    reason: str,
    *,
    by: Actor,
    now: datetime,
) -> tuple[Message, ...]:
    """Move the date of one institution; returns the warnings that go with it.

    Its clock starts anew, a reminder that waits is dropped, the contact is told.
    Raises `DomainError` for a day that is no later, impossible or absurd, and
    without a reason; `IllegalAction` for the partner itself and where nothing is owed.
    """
    _check(assignment, reason, by)
    query, today = assignment.query, office_day(now)
    open_grid(session, query)
    owed = _owed(session, assignment)
    if not owed:
        raise IllegalAction(NOTHING_OWED)
    old = min(one.due_on or assignment.due_on for one in owed)
    calendar = office_calendar(session)
    warnings = check_later(due_on, old, query.reply_by, calendar, today)
    _move(session, assignment, owed, due_on)
    drop_waiting(session, assignment, [MailKind.REMINDER], DATE_MOVED, now=now)
    facts = _record(session, assignment, old, reason.strip(), by=by, now=now)
    _tell(session, assignment, facts | {"contributions": [one.id for one in owed]}, now)
    return warnings


def _check(assignment: Assignment, reason: str, by: Actor) -> None:
    if by.kind is ActorKind.LINK or by.role == Role.CONTACT:
        raise IllegalAction(NOT_ITSELF)
    if not reason.strip():
        raise DomainError(NO_REASON)


def _owed(session: Session, assignment: Assignment) -> list[Contribution]:
    mine = session.scalars(
        select(Contribution).where(Contribution.assignment_id == assignment.id)
    )
    facts = ((one, facts_of(one, assignment.query)) for one in mine)
    return [one for one, known in facts if contribution_status(known).is_owed]


def _move(
    session: Session, assignment: Assignment, owed: list[Contribution], due_on: date
) -> None:
    """All that is owed moves; a question with a later date of its own keeps it."""
    assignment.due_on = due_on
    assignment.clock_start += 1
    for one in owed:
        if one.due_on is not None and one.due_on <= due_on:
            one.due_on = None
    of_query = [question.id for question in assignment.query.questions]
    cells = session.scalars(
        select(RoutingCell).where(
            RoutingCell.institution_id == assignment.institution_id,
            RoutingCell.question_id.in_(of_query),
        )
    )
    for cell in cells:
        cell.due_on = due_on


def _record(
    session: Session,
    assignment: Assignment,
    old: date,
    reason: str,
    *,
    by: Actor,
    now: datetime,
) -> dict[str, Any]:
    facts = {
        "institution": assignment.institution.short,
        "institution_id": assignment.institution_id,
        "assignment": assignment.id,
        "old": old.isoformat(),
        "due_on": assignment.due_on.isoformat(),
        "reason": reason,
    }
    query = assignment.query
    record(session, EventKind.DUE_CHANGED, query, by=by, now=now, **facts)
    return facts


def _tell(
    session: Session, assignment: Assignment, facts: dict[str, Any], now: datetime
) -> None:
    to = find_addressee(session, assignment.institution_id, office_day(now))
    if to is not None:
        enqueue(
            session,
            MailKind.DUE_CHANGED,
            to,
            key=f"due_changed:{assignment.id}:{assignment.clock_start}",
            now=now,
            query=assignment.query,
            assignment=assignment,
            facts=facts,
        )
