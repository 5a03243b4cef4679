"""What planned mails speak of: queries, questions, institutions, and past days."""

from collections.abc import Collection, Iterable
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.ladder import ReminderKind
from emnnet.domain.mails import MailKind
from emnnet.domain.moments import at_hour, end_of_day
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.selectors.planned_mail import PlannedMail
from emnnet.selectors.reminders import RemindedOf, is_whole, owed_of

AUTOMATIC = tuple(kind for kind in MailKind if kind.is_automatic)
MOST = 200


def assignments_of(session: Session, ids: Collection[int]) -> dict[int, Assignment]:
    """Assignments with query, institution and questions, by id. One statement."""
    if not ids:
        return {}
    questions = joinedload(Assignment.contributions)
    rows = session.scalars(
        select(Assignment)
        .where(Assignment.id.in_(ids))
        .options(
            joinedload(Assignment.query),
            joinedload(Assignment.institution),
            questions.joinedload(Contribution.question),
        )
    )
    return {row.id: row for row in rows.unique()}


def entries_of(session: Session, mail: PlannedMail) -> list[RemindedOf]:
    """What the mail would say about each query; the most urgent first."""
    known = assignments_of(session, mail.assignment_ids)
    parts: dict[tuple[int, ReminderKind, date], set[int | None]] = {}
    for one in mail.reminders:
        key = (one.subject.assignment_id, one.due.kind, one.due_on)
        parts.setdefault(key, set()).add(one.subject.contribution_id)
    entries = [
        RemindedOf(known[id_], kind, due_on, owed_parts(known[id_], named), ())
        for (id_, kind, due_on), named in parts.items()
    ]
    return sorted(entries, key=lambda entry: (entry.due_on, entry.assignment.id))


def owed_parts(
    assignment: Assignment, parts: Collection[int | None]
) -> tuple[Contribution, ...]:
    """The questions still owed: those named, and those without a date of their own."""
    owed = [
        one
        for one in owed_of(assignment)
        if one.id in parts or (None in parts and is_whole(one))
    ]
    return tuple(sorted(owed, key=lambda one: one.question.position))


def sent_on(session: Session, day: date) -> list[OutboxMessage]:
    """The automatic mails that left on a day, in order. One statement."""
    return list(
        session.scalars(
            select(OutboxMessage)
            .where(
                OutboxMessage.kind.in_(AUTOMATIC),
                OutboxMessage.sent_at >= at_hour(day, time.min),
                OutboxMessage.sent_at < end_of_day(day),
            )
            .order_by(OutboxMessage.sent_at, OutboxMessage.id)
            .options(joinedload(OutboxMessage.institution))
            .limit(MOST)
        )
    )


def ledger_of(
    session: Session, messages: Iterable[OutboxMessage]
) -> dict[int, list[Reminder]]:
    """What each of these mails held, with its query. One statement."""
    ids = [message.id for message in messages]
    rows = session.scalars(
        select(Reminder)
        .where(Reminder.message_id.in_(ids), Reminder.expired_at.is_(None))
        .order_by(Reminder.due_on, Reminder.id)
        .options(joinedload(Reminder.assignment).joinedload(Assignment.query))
    )
    found: dict[int, list[Reminder]] = {}
    for row in rows:
        found.setdefault(row.message_id or 0, []).append(row)
    return found
