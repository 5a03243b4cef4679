"""What is read before telephoning: numbers, earlier calls, mails, and open tasks."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from emnnet.models.assignment import Assignment
from emnnet.models.call_note import CallNote
from emnnet.models.contact import Contact
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.models.task import Task, TaskKind
from emnnet.selectors.reading import Reading, Rows, Selection, joined, some, those
from emnnet.selectors.touches import Touches, touches_reading

OPEN_CALL: ColumnElement[bool] = (Task.kind == TaskKind.CALL) & Task.done_at.is_(None)
CALLED: ColumnElement[int] = Task.facts["assignment"].as_integer()
"""The assignment that a task of calling is about."""
Lists = Mapping[int, Sequence[Any]]


@dataclass(frozen=True)
class Beside:
    """What stands beside assignments on the call list, by their ids."""

    contacts: Lists = field(default_factory=dict)
    notes: Lists = field(default_factory=dict)
    mails: Lists = field(default_factory=dict)
    tasks: Mapping[int, int] = field(default_factory=dict)
    touches: Mapping[int, Touches] = field(default_factory=dict)

    def __or__(self, other: "Beside") -> "Beside":
        return Beside(
            {**self.contacts, **other.contacts},
            {**self.notes, **other.notes},
            {**self.mails, **other.mails},
            {**self.tasks, **other.tasks},
            {**self.touches, **other.touches},
        )


def beside_reading(ids: Collection[int]) -> Reading[Beside]:
    """All of it for some assignments."""

    def made(rows: tuple[Rows, ...], touches: Mapping[int, Touches]) -> Beside:
        contacts, notes, mails, reminders, tasks = rows
        return Beside(
            _listed(sorted(contacts, key=lambda row: (row.position, row.id))),
            _listed(sorted(notes, key=lambda row: -row.id)),
            _listed(
                _newest({(row.assignment_id, row.id): row for row in mails}, reminders)
            ),
            {row.assignment_id: row.id for row in tasks},
            touches,
        )

    rows: Reading[tuple[Rows, ...]] = Reading(
        _selections(), lambda *found: found, {"beside_ids": list(ids)}
    )
    return joined(made, rows, touches_reading(ids))


@lru_cache
def _selections() -> tuple[Selection, ...]:
    mine = those(Assignment.id, some("beside_ids"))
    return _contacts(mine), _notes(mine), *_mails(mine), _tasks(mine)


def _newest(mails: dict[tuple[int, int], Any], reminders: Rows) -> list[Any]:
    """Each mail once an assignment, the newest first."""
    found = mails | {(row.assignment_id, row.id): row for row in reminders}
    return sorted(found.values(), key=lambda row: (row.sent_at, row.id), reverse=True)


def _listed(rows: Rows) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.assignment_id].append(row)
    return found


def _contacts(mine: Select[int]) -> Selection:
    """Who can be telephoned; those without a number too, to be asked for."""
    return (
        select(
            Assignment.id.label("assignment_id"),
            Contact.id,
            Contact.position,
            Contact.phone,
            Contact.role_title,
        )
        .join(Contact, Contact.institution_id == Assignment.institution_id)
        .where(Assignment.id.in_(mine))
    )


def _notes(mine: Select[int]) -> Selection:
    return select(CallNote).where(CallNote.assignment_id.in_(mine))


def _mails(mine: Select[int]) -> tuple[Selection, Selection]:
    """The mails about each assignment that left; those with reminders, too."""
    columns = OutboxMessage.id, OutboxMessage.sent_at, OutboxMessage.subject
    left = OutboxMessage.sent_at.is_not(None)
    return (
        select(OutboxMessage.assignment_id, *columns).where(
            OutboxMessage.assignment_id.in_(mine), left
        ),
        select(Reminder.assignment_id, *columns)
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id)
        .where(Reminder.assignment_id.in_(mine), Reminder.expired_at.is_(None), left),
    )


def _tasks(mine: Select[int]) -> Selection:
    return select(CALLED.label("assignment_id"), Task.id).where(
        OPEN_CALL, CALLED.in_(mine)
    )
