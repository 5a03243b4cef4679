"""Stopping the clock of a query while the asking country clarifies, and restarting."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.pauses import check_restart, check_stop
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.clock_stop import ClockStop
from emnnet.models.extension import MovedDate
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.clock_stops import (
    Restart,
    clock_stops,
    find_standing,
    planned_restart,
    running_assignments,
)
from emnnet.selectors.query_facts import get_query_facts
from emnnet.selectors.reminders import owed_of
from emnnet.services.clock_mails import tell_all, told_of
from emnnet.services.date_moves import (
    check_not_itself,
    move_back,
    move_question,
    move_reply_by,
    move_whole,
    plan_like,
)
from emnnet.services.dropping import drop_reminders, forget_dropped
from emnnet.services.events import record
from emnnet.services.outbox import mark_expired

IS_STOPPED = _n("Not now: the clock is stopped.")
TAKEN_BACK = _n("It was taken back.")
NO_REASON = _n("Say why the clock is stopped. Institutions read it.")
TOLD_OF_STOP = _n(
    "Institutions have been told that the clock stands. Start it again instead:"
    " on the day of the stop no date moves."
)
TOLD_OF_RESTART = _n(
    "Institutions have been told the new dates. Stop the clock again instead."
)
NOT_THE_LAST = _n("Only the last stop of the clock can be taken back.")


def stop_clock(
    session: Session, query: Query, day: date, reason: str, *, by: Actor, now: datetime
) -> ClockStop:
    """From that day nobody is reminded; institutions are told once, and why.

    Raises `IllegalAction` while it stands and where the query is over, `DomainError`
    for a day in the future or before the sending or the last restart, or no reason.
    """
    pauses = [stop.pause for stop in _held(session, query, by)]
    sent_on = office_day(query.routed_at) if query.routed_at else None
    check_stop(day, pauses, sent_on, office_day(now))
    if not reason.strip():
        raise DomainError(NO_REASON)
    stop = ClockStop(
        query_id=query.id,
        stopped_on=day,
        reason=reason.strip(),
        stopped_at=now,
        stopped_by=by.name,
    )
    session.add(stop)
    session.flush()
    running = running_assignments(session, query)
    drop_reminders(session, [one.id for one in running], IS_STOPPED, now=now)
    facts = {"stopped_on": day.isoformat(), "reason": stop.reason}
    told = tell_all(
        session, MailKind.CLOCK_STOPPED, stop, dict.fromkeys(running, facts), now=now
    )
    kind = EventKind.CLOCK_STOPPED
    record(session, kind, query, by=by, now=now, **facts, told=told)
    return stop


def restart_clock(
    session: Session, query: Query, day: date, *, by: Actor, now: datetime
) -> Restart:
    """The clock runs again: every date moves by the working days that were lost.

    Institutions are told their new date once. Raises `IllegalAction` while it runs,
    `DomainError` for a day in the future or before the stop.
    """
    stops = _held(session, query, by)
    check_restart(day, [stop.pause for stop in stops], office_day(now))
    stop = find_standing(session, query)
    assert stop is not None  # noqa: S101 -- check_restart saw to it
    calendar = office_calendar(session)
    restart = planned_restart(session, query, stop, day, calendar)
    stop.restarted_on, stop.restarted_at, stop.restarted_by = day, now, by.name
    stop.working_days = restart.working_days
    if restart.working_days:
        _move(session, query, restart, calendar, office_day(now))
    else:  # nothing moved: what was dropped by the stop is due as it was
        running = [one.id for one in running_assignments(session, query)]
        forget_dropped(session, running, stop.stopped_at)
    unheard = _unheard(session, stop, now=now)
    told = tell_all(
        session,
        MailKind.CLOCK_RESTARTED,
        stop,
        _new_dates(restart, unheard),
        now=now,
    )
    facts = {"restarted_on": day, "working_days": restart.working_days, "told": told}
    if restart.working_days and restart.old_reply_by and restart.new_reply_by:
        before, after = restart.old_reply_by, restart.new_reply_by
        facts["reply_by"] = [before.isoformat(), after.isoformat()]
    record(session, EventKind.CLOCK_RESTARTED, query, by=by, now=now, **facts)
    return restart


def take_back_stop(
    session: Session, stop: ClockStop, *, by: Actor, now: datetime
) -> None:
    """Undo a stop, or a restart, as long as nobody was told of it.

    Raises `IllegalAction` where a mail about it has left or dates moved again since.
    """
    stops = _held(session, stop.query, by)
    if not stops or stops[-1] is not stop:
        raise IllegalAction(NOT_THE_LAST)
    if stop.restarted_on is None:
        _take_back_stop(session, stop, by=by, now=now)
    else:
        _take_back_restart(session, stop, by=by, now=now)


def _held(session: Session, query: Query, by: Actor) -> list[ClockStop]:
    """The stops, with the query held; raises `IllegalAction` where it is over."""
    check_not_itself(by)
    session.refresh(query, with_for_update=True)
    allow_query(QueryAction.ROUTE, get_query_facts(session, query))
    return clock_stops(session, query)


def _move(
    session: Session, query: Query, restart: Restart, calendar: Calendar, today: date
) -> None:
    cause = {"stop_id": restart.stop.id}
    if restart.new_reply_by is not None:
        move_reply_by(session, query, restart.new_reply_by, **cause)
    for move in restart.moves:
        if move.contribution is None:
            move_whole(session, move.assignment, move.new_on, calendar, **cause)
        else:
            move_question(session, move.contribution, move.new_on, today, **cause)
    _plan_all_like(session, query)


def _plan_all_like(session: Session, query: Query) -> None:
    for assignment in running_assignments(session, query):
        questions = [one.question_id for one in assignment.contributions]
        plan_like(session, assignment, questions)


def _unheard(session: Session, stop: ClockStop, *, now: datetime) -> set[int]:
    """Drop the news of the stop where it waits: who has not heard of it, by id."""
    waiting = told_of(session, MailKind.CLOCK_STOPPED, stop, now=now).waiting
    for message in waiting:
        mark_expired(message, TAKEN_BACK, now=now)
    return {message.assignment_id or 0 for message in waiting}


def _new_dates(restart: Restart, unheard: set[int]) -> dict[Assignment, dict[str, Any]]:
    """What each institution reads; nothing where it would be no news."""
    days: dict[Assignment, list[tuple[date, date]]] = {}
    for move in restart.moves:
        follows = any(one.due_on is None for one in owed_of(move.assignment))
        if move.contribution is not None or follows:
            days.setdefault(move.assignment, []).append((move.old_on, move.new_on))
    return {
        assignment: {
            "old": min(old for old, _ in moved).isoformat(),
            "due_on": min(new for _, new in moved).isoformat(),
            "stopped_on": restart.stop.stopped_on.isoformat(),
            "working_days": restart.working_days,
        }
        for assignment, moved in days.items()
        if restart.working_days or assignment.id not in unheard
    }


def _take_back_stop(
    session: Session, stop: ClockStop, *, by: Actor, now: datetime
) -> None:
    _drop_news(session, MailKind.CLOCK_STOPPED, stop, TOLD_OF_STOP, now=now)
    stop.taken_back_at, stop.taken_back_by = now, by.name
    running = [one.id for one in running_assignments(session, stop.query)]
    forget_dropped(session, running, stop.stopped_at)
    facts = {"stopped_on": stop.stopped_on}
    kind = EventKind.CLOCK_STOP_TAKEN_BACK
    record(session, kind, stop.query, by=by, now=now, **facts)


def _take_back_restart(
    session: Session, stop: ClockStop, *, by: Actor, now: datetime
) -> None:
    _drop_news(session, MailKind.CLOCK_RESTARTED, stop, TOLD_OF_RESTART, now=now)
    facts = {"restarted_on": stop.restarted_on, "working_days": stop.working_days}
    moves = list(session.scalars(_moves_of(stop)))
    move_back(session, stop.query, moves)
    for move in moves:
        session.delete(move)
    stop.restarted_on = stop.restarted_at = stop.restarted_by = None
    stop.working_days = None
    _plan_all_like(session, stop.query)
    running = [one.id for one in running_assignments(session, stop.query)]
    drop_reminders(session, running, IS_STOPPED, now=now)
    kind = EventKind.CLOCK_RESTART_TAKEN_BACK
    record(session, kind, stop.query, by=by, now=now, **facts)


def _drop_news(
    session: Session, kind: MailKind, stop: ClockStop, told: str, *, now: datetime
) -> Sequence[OutboxMessage]:
    news = told_of(session, kind, stop, now=now)
    if news.left:
        raise IllegalAction(told)
    for message in news.waiting:
        mark_expired(message, TAKEN_BACK, now=now)
    return news.waiting


def _moves_of(stop: ClockStop) -> Select[MovedDate]:
    return select(MovedDate).where(MovedDate.stop_id == stop.id).order_by(MovedDate.id)
