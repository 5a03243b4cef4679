"""Whom to telephone today, and what is stuck after the ladder's end."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from emnnet.domain.calendar import Calendar
from emnnet.domain.calls import CallOutcome
from emnnet.domain.chases import Silence
from emnnet.domain.ladder import Ladders, ladder_for
from emnnet.domain.outlook import ended_on
from emnnet.models.assignment import Assignment
from emnnet.models.call_note import CallNote
from emnnet.models.contact import Contact
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.models.task import Task, TaskKind
from emnnet.selectors.call_notes import call_notes
from emnnet.selectors.chases import RUNNING, OpenChase, open_chases
from emnnet.selectors.ladders import office_ladders
from emnnet.selectors.reminders import owed_of
from emnnet.selectors.touches import Touches, touches_of

MAILS_SHOWN = 3


@dataclass(frozen=True)
class CallItem:
    """One institution to telephone about one query: all that is needed for it."""

    assignment: Assignment
    owed: tuple[Contribution, ...]
    contacts: tuple[Contact, ...]
    touches: Touches
    notes: tuple[CallNote, ...]
    mails: tuple[OutboxMessage, ...]
    task: Task | None = None
    stuck_since: date | None = None

    @property
    def will_not_answer(self) -> bool:
        """Did they say so on the last call?"""
        last = self.notes[0] if self.notes else None
        return last is not None and last.outcome is CallOutcome.WILL_NOT_ANSWER


def call_items(session: Session) -> list[CallItem]:
    """The open calls whose answers are still owed, the longest overdue first."""
    tasks = {
        task.facts.get("assignment"): task
        for task in session.scalars(
            select(Task)
            .where(Task.kind == TaskKind.CALL, Task.done_at.is_(None))
            .order_by(Task.id)
        )
    }
    items = _items(session, [id_ for id_ in tasks if id_], tasks=tasks)
    return sorted(items, key=lambda item: item.assignment.due_on)


def stuck_items(session: Session, calendar: Calendar, today: date) -> list[CallItem]:
    """Late answers for which no step lies ahead any more, the oldest first."""
    ladders = office_ladders(session)
    since: dict[int, date] = {}
    for one in open_chases(session, today, until=today):
        day = stuck_since(one, calendar, today, ladders)
        if day is not None:
            since[one.assignment_id] = min(day, since.get(one.assignment_id, day))
    items = _items(session, list(since), since=since)
    return sorted(items, key=lambda item: item.stuck_since or today)


def find_call(session: Session, assignment_id: int) -> CallItem | None:
    """What is to be known before telephoning about one assignment, or none."""
    return next(iter(_items(session, [assignment_id])), None)


def open_calls(session: Session, assignment_id: int) -> list[Task]:
    """The open tasks of calling about an assignment."""
    rows = session.scalars(
        select(Task).where(Task.kind == TaskKind.CALL, Task.done_at.is_(None))
    )
    return [task for task in rows if task.facts.get("assignment") == assignment_id]


def stuck_since(
    one: OpenChase, calendar: Calendar, today: date, ladders: Ladders
) -> date | None:
    """Since when no step lies ahead of what is late, or none will help; else none."""
    chase = one.chase
    if chase.silence is Silence.WILL_NOT_ANSWER:
        return min(chase.due_on, today)
    return ended_on(chase, today, calendar, ladder_for(one.duty, ladders))


def _items(
    session: Session,
    assignment_ids: Sequence[int],
    *,
    tasks: Mapping[object, Task] | None = None,
    since: Mapping[int, date] | None = None,
) -> list[CallItem]:
    """Six statements for any number."""
    assignments = _assignments(session, assignment_ids)
    ids = [one.id for one in assignments]
    touches = touches_of(session, ids)
    notes = call_notes(session, ids)
    mails = _mails(session, ids)
    contacts = _contacts(session, {one.institution_id for one in assignments})
    found = []
    for one in assignments:
        owed = sorted(owed_of(one), key=lambda part: part.question.position)
        if owed:
            found.append(
                CallItem(
                    one,
                    tuple(owed),
                    tuple(contacts.get(one.institution_id, ())),
                    touches.get(one.id, Touches()),
                    tuple(notes.get(one.id, ())),
                    tuple(mails.get(one.id, ())[:MAILS_SHOWN]),
                    (tasks or {}).get(one.id),
                    (since or {}).get(one.id),
                )
            )
    return found


def _assignments(session: Session, ids: Sequence[int]) -> list[Assignment]:
    wanted = (
        select(Assignment)
        .join(Query, Query.id == Assignment.query_id)
        .where(Assignment.id.in_(ids), RUNNING)
        .options(
            joinedload(Assignment.institution),
            joinedload(Assignment.query),
            selectinload(Assignment.contributions).joinedload(Contribution.question),
        )
        .order_by(Assignment.id)
    )
    return list(session.scalars(wanted)) if ids else []


def _mails(session: Session, ids: Sequence[int]) -> dict[int, list[OutboxMessage]]:
    """The mails about each assignment that left, the newest first; reminders too."""
    about = (
        select(OutboxMessage.assignment_id, OutboxMessage.id.label("mail_id"))
        .where(OutboxMessage.assignment_id.in_(ids))
        .union(
            select(Reminder.assignment_id, Reminder.message_id).where(
                Reminder.assignment_id.in_(ids), Reminder.expired_at.is_(None)
            )
        )
        .subquery()
    )
    rows = session.execute(
        select(about.c.assignment_id, OutboxMessage)
        .join(OutboxMessage, OutboxMessage.id == about.c.mail_id)
        .where(OutboxMessage.sent_at.is_not(None))
        .order_by(OutboxMessage.sent_at.desc(), OutboxMessage.id.desc())
    )
    found: dict[int, list[OutboxMessage]] = defaultdict(list)
    for id_, message in rows:
        found[id_].append(message)
    return found


def _contacts(
    session: Session, institution_ids: Collection[int]
) -> dict[int, list[Contact]]:
    """Who can be telephoned, in order; those without a number too, to be asked for."""
    rows = session.scalars(
        select(Contact)
        .where(Contact.institution_id.in_(institution_ids))
        .order_by(Contact.position, Contact.id)
    )
    found: dict[int, list[Contact]] = defaultdict(list)
    for row in rows:
        found[row.institution_id].append(row)
    return found
