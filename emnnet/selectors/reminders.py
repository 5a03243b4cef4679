"""Reading the ledger of reminders: what one mail holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.lifecycle import contribution_status
from emnnet.domain.reminders import ReminderKind
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.selectors.contributions import facts_of


@dataclass(frozen=True)
class RemindedOf:
    """What one mail says about one query: the answers owed, and since or until when."""

    assignment: Assignment
    kind: ReminderKind
    due_on: date
    contributions: tuple[Contribution, ...]
    reminders: tuple[Reminder, ...]

    @property
    def labels(self) -> str:
        """The questions as they are printed: "1, 3, a) i."."""
        return ", ".join(one.question.label for one in self.contributions)


def reminders_in(session: Session, message: OutboxMessage) -> list[Reminder]:
    """The reminders that a mail holds and that are still to leave, by id."""
    mine = and_(Reminder.message_id == message.id, Reminder.expired_at.is_(None))
    return _whole_reminders(session, mine)


def copied(session: Session, message: OutboxMessage) -> list[RemindedOf]:
    """What a copy to who stands above tells of: the answers that are owed by now."""
    named = Reminder.id.in_(message.facts.get("reminders", ()))
    return grouped(_whole_reminders(session, named))


def _whole_reminders(session: Session, which: ColumnElement[bool]) -> list[Reminder]:
    assignment = joinedload(Reminder.assignment)
    questions = assignment.selectinload(Assignment.contributions)
    wanted = (
        select(Reminder)
        .where(which)
        .order_by(Reminder.id)
        .options(
            assignment.joinedload(Assignment.query),
            assignment.joinedload(Assignment.institution),
            questions.joinedload(Contribution.question),
        )
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(wanted))


def grouped(reminders: Iterable[Reminder]) -> list[RemindedOf]:
    """One entry for each query, stage and date; the most urgent first."""
    groups: dict[tuple[int, ReminderKind, date], list[Reminder]] = {}
    for reminder in reminders:
        key = (reminder.assignment_id, reminder.kind, reminder.due_on)
        groups.setdefault(key, []).append(reminder)
    entries = [_entry(rows) for rows in groups.values()]
    return sorted(entries, key=lambda entry: (entry.due_on, entry.assignment.id))


def _entry(reminders: Sequence[Reminder]) -> RemindedOf:
    first = reminders[0]
    parts = {row.contribution_id for row in reminders}
    owed = [
        one
        for one in owed_of(first.assignment)
        if one.id in parts or (None in parts and is_whole(one))
    ]
    owed.sort(key=lambda one: one.question.position)
    return RemindedOf(
        first.assignment, first.kind, first.due_on, tuple(owed), tuple(reminders)
    )


def owed_of(assignment: Assignment) -> list[Contribution]:
    """The contributions that the office still waits for."""
    return [
        one
        for one in assignment.contributions
        if contribution_status(facts_of(one, assignment.query)).is_owed
    ]


def is_whole(contribution: Contribution) -> bool:
    """Does it follow the date of its assignment, or has it one of its own?"""
    return contribution.due_on is None and contribution.promised_on is None
