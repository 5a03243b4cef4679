"""The asking country moves its reply-by date; partners' dates move only if ticked.

It can be taken back until something followed from it.
"""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.ladder import ReminderKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.models.reply_by_move import ReplyByMove
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.extensions import owed_contributions
from emnnet.selectors.query_facts import get_query_facts
from emnnet.selectors.reminders import owed_of
from emnnet.selectors.reply_by import (
    DateProposal,
    PlannedMove,
    find_last_move,
    moved_along,
    planned_reply_by,
)
from emnnet.services.date_moves import MOVED_SINCE, check_not_itself
from emnnet.services.events import record
from emnnet.services.extensions import (
    REMINDED_SINCE,
    TAKEN_BACK_ALREADY,
    give_time,
    take_back,
)
from emnnet.services.missing_calendars import ask_for_calendar
from emnnet.services.search_pending import mark_pending

NO_REASON = _n("Say why the date is moved. Institutions whose date moves read it.")
IS_OVER = _n(
    "The earlier reply-by date has passed since: it cannot be taken back any more. Move"
    " the date to the day that holds instead."
)


def move_reply_by(
    session: Session,
    query: Query,
    new_on: date,
    reason: str,
    ticked: Collection[int],
    *,
    by: Actor,
    now: datetime,
) -> PlannedMove:
    """Move the reply-by date, and the dates of the ticked assignments as proposed.

    Who is moved is told once. Raises `DomainError` for the same or a past day and
    without a reason, `IllegalAction` where the query is over.
    """
    _hold(session, query, by)
    if not reason.strip():
        raise DomainError(NO_REASON)
    calendar, today = office_calendar(session), office_day(now)
    planned = planned_reply_by(session, query, new_on, calendar, today)
    moved = _moved(session, query, new_on, reason, by=by, now=now)
    chosen = [one for one in planned.proposals if one.assignment.id in ticked]
    for one in chosen:
        _move(session, one, moved, by=by, now=now)
    facts = {
        "reply_by": [_iso(moved.old_on), _iso(new_on)],
        "reason": moved.reason,
        "moved": len(chosen),
    }
    record(session, EventKind.REPLY_BY_MOVED, query, by=by, now=now, **facts)
    ask_for_calendar(session, query, now=now)
    mark_pending(session, query, now=now)
    return planned


def take_back_move(
    session: Session, move: ReplyByMove, *, by: Actor, now: datetime
) -> None:
    """The reply-by date as it was, and the dates that moved with it.

    Who was told of another date is told again. Raises `IllegalAction` where something
    followed: a date moved again, a reminder left, or the earlier date is over.
    """
    query = move.query
    _hold(session, query, by)
    if move.taken_back_at is not None:
        raise IllegalAction(TAKEN_BACK_ALREADY)
    if find_last_move(session, query) is not move or query.reply_by != move.new_on:
        raise IllegalAction(MOVED_SINCE)
    if _is_over_since(move, office_day(now)):
        raise IllegalAction(IS_OVER)
    if _concluded_since(session, move):
        raise IllegalAction(REMINDED_SINCE)
    for extension in moved_along(session, move):
        is_owed = owed_contributions(session, extension.assignment)
        if extension.taken_back_at is None and is_owed:
            take_back(session, extension, by=by, now=now)
    query.reply_by = move.old_on
    move.taken_back_at, move.taken_back_by = now, by.name
    facts = {"reply_by": [_iso(move.new_on), _iso(move.old_on)]}
    record(session, EventKind.REPLY_BY_TAKEN_BACK, query, by=by, now=now, **facts)
    mark_pending(session, query, now=now)


def _hold(session: Session, query: Query, by: Actor) -> None:
    check_not_itself(by)
    session.refresh(query, with_for_update=True)
    allow_query(QueryAction.ROUTE, get_query_facts(session, query))


def _moved(
    session: Session,
    query: Query,
    new_on: date,
    reason: str,
    *,
    by: Actor,
    now: datetime,
) -> ReplyByMove:
    move = ReplyByMove(
        query_id=query.id,
        old_on=query.reply_by,
        new_on=new_on,
        reason=reason.strip(),
        moved_at=now,
        moved_by=by.name,
    )
    session.add(move)
    query.reply_by = new_on
    session.flush()
    return move


def _move(
    session: Session,
    one: DateProposal,
    moved: ReplyByMove,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """The proposed day for all that this institution still owes."""
    extension = give_time(
        session,
        one.assignment,
        owed_of(one.assignment),
        one.proposed_on,
        moved.reason,
        is_whole=True,
        by=by,
        now=now,
    )
    extension.reply_by_move = moved


def _is_over_since(move: ReplyByMove, today: date) -> bool:
    """Has the earlier date passed since? One that was over before may return."""
    return move.old_on is not None and office_day(move.moved_at) <= move.old_on < today


def _concluded_since(session: Session, move: ReplyByMove) -> bool:
    """Has a mail left that says the moved date is over?"""
    left = (
        select(Reminder.id)
        .join(Assignment, Assignment.id == Reminder.assignment_id)
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id)
        .where(
            Assignment.query_id == move.query_id,
            Reminder.kind == ReminderKind.AFTER_REPLY_BY,
            Reminder.queued_at > move.moved_at,
            OutboxMessage.sent_at.is_not(None),
        )
    )
    return session.scalar(left.limit(1)) is not None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
