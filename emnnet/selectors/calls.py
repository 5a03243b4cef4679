"""Whom to telephone today, and what is stuck after the ladder's end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from emnnet.domain.calendar import Calendar
from emnnet.domain.calls import CallOutcome
from emnnet.domain.chases import Silence
from emnnet.domain.ladder import Ladders, ladder_for
from emnnet.domain.outlook import ended_on
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.query import Query
from emnnet.models.task import Task
from emnnet.selectors.calendar import calendar_reading
from emnnet.selectors.call_facts import CALLED, OPEN_CALL, Beside, beside_reading
from emnnet.selectors.chase_facts import Around, around_reading
from emnnet.selectors.chases import (
    RUNNING,
    OpenChase,
    asked_ids,
    chases_of,
    owed_until,
)
from emnnet.selectors.ladders import ladders_reading
from emnnet.selectors.reading import batched, read
from emnnet.selectors.reminders import owed_of
from emnnet.selectors.touches import Touches

MAILS_SHOWN = 3


@dataclass(frozen=True)
class CallItem:
    """One institution to telephone about one query: all that is needed for it."""

    assignment: Assignment
    owed: tuple[Contribution, ...]
    contacts: Sequence[Any]
    touches: Touches
    notes: Sequence[Any]
    mails: Sequence[Any]
    task_id: int | None = None
    stuck_since: date | None = None

    @property
    def will_not_answer(self) -> bool:
        """Did they say so on the last call?"""
        last = self.notes[0] if self.notes else None
        return last is not None and last.outcome is CallOutcome.WILL_NOT_ANSWER


@dataclass(frozen=True)
class CallPage:
    """The items, and the days off to count by."""

    items: list[CallItem]
    calendar: Calendar


def call_items(session: Session, code: str) -> CallPage:
    """The open calls whose answers are owed, the longest overdue first."""
    assignments = _assignments(session, select(CALLED).where(OPEN_CALL))
    page = _page(session, assignments, code)
    items = sorted(page.items, key=lambda item: item.assignment.due_on)
    return replace(page, items=items)


def stuck_items(session: Session, code: str, today: date) -> CallPage:
    """Late answers with no step ahead any more, the oldest first."""
    calendar, ladders, owed = read(
        session, calendar_reading(code), ladders_reading(), owed_until(today)
    )
    around, beside = Around(today), Beside()
    for ids in batched(asked_ids(owed)):
        more, others = read(session, around_reading(ids, today), beside_reading(ids))
        around, beside = around | more, beside | others
    since: dict[int, date] = {}
    for one in chases_of(owed, around):
        day = stuck_since(one, calendar, today, ladders)
        if day is not None:
            since[one.assignment_id] = min(day, since.get(one.assignment_id, day))
    items = [
        replace(item, stuck_since=since[item.assignment.id])
        for item in _items(_assignments(session, list(since)), beside)
    ]
    return CallPage(sorted(items, key=_stuck_on), calendar)


def find_call(session: Session, assignment_id: int, code: str) -> CallPage | None:
    """What is to be known before telephoning about one assignment, or none."""
    page = _page(session, _assignments(session, [assignment_id]), code)
    return page if page.items else None


def worth_a_call(session: Session) -> set[int]:
    """The assignments on the call list of which something is owed. One statement."""
    called = _assignments(session, select(CALLED).where(OPEN_CALL))
    return {one.id for one in called if owed_of(one)}


def open_calls(session: Session, assignment_id: int) -> list[Task]:
    """The open tasks of calling about an assignment."""
    wanted = select(Task).where(OPEN_CALL, CALLED.in_([assignment_id]))
    return list(session.scalars(wanted.order_by(Task.id)))


def stuck_since(
    one: OpenChase, calendar: Calendar, today: date, ladders: Ladders
) -> date | None:
    """Since when no step lies ahead of what is late, or none will help; else none."""
    chase = one.chase
    if chase.silence is Silence.WILL_NOT_ANSWER:
        return min(chase.due_on, today)
    return ended_on(chase, today, calendar, ladder_for(one.duty, ladders))


def _stuck_on(item: CallItem) -> date:
    return item.stuck_since or item.assignment.due_on


def _page(session: Session, assignments: Sequence[Assignment], code: str) -> CallPage:
    ids = [one.id for one in assignments]
    calendar, beside = read(session, calendar_reading(code), beside_reading(ids))
    return CallPage(_items(assignments, beside), calendar)


def _items(assignments: Iterable[Assignment], beside: Beside) -> list[CallItem]:
    """Those of which something is owed."""
    found = []
    for one in assignments:
        owed = sorted(owed_of(one), key=lambda part: part.question.position)
        if owed:
            item = CallItem(
                one,
                tuple(owed),
                beside.contacts.get(one.id, ()),
                beside.touches.get(one.id, Touches()),
                beside.notes.get(one.id, ()),
                beside.mails.get(one.id, ())[:MAILS_SHOWN],
                beside.tasks.get(one.id),
            )
            found.append(item)
    return found


def _assignments(
    session: Session, ids: Sequence[int] | Select[int]
) -> list[Assignment]:
    wanted = (
        select(Assignment)
        .join(Query, Query.id == Assignment.query_id)
        .where(Assignment.id.in_(ids), RUNNING)
        .options(
            joinedload(Assignment.institution),
            contains_eager(Assignment.query),
            joinedload(Assignment.contributions).joinedload(Contribution.question),
        )
        .order_by(Assignment.id)
    )
    return list(session.scalars(wanted).unique())
