"""What surrounds an answer that is owed: ledger, restarts, one's own acts, decisions.

Each reading is told the assignments it is about and touches their rows only; one
statement for each ten thousand of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CompoundSelect, and_, func, or_, select, union
from sqlalchemy.orm import Session

from emnnet.domain.chases import Decision, SentReminder
from emnnet.domain.ladder import ReminderKind
from emnnet.domain.mails import MailKind
from emnnet.domain.moments import at_hour, office_day
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.mail_decision import MailDecision
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.selectors.outbox import UNENDED

STARTING = (
    MailKind.INVITATION,
    MailKind.DUE_CHANGED,
    MailKind.RETURNED,
    MailKind.QUESTION_CLARIFIED,
    MailKind.CLOCK_RESTARTED,
)
"""The mails whose leaving starts a clock anew."""

MOST = 10_000
"""So many ids are named in one statement."""
Subject = tuple[int, int | None]
"""An assignment, or one of its contributions."""


def ledger(session: Session, ids: Sequence[int]) -> dict[Subject, list[SentReminder]]:
    """The reminders promised for each subject, in order. One statement."""
    wanted: Any = (
        select(
            Reminder.assignment_id,
            Reminder.contribution_id,
            Reminder.kind,
            Reminder.clock_start,
            Reminder.queued_at,
            Reminder.expired_at,
            OutboxMessage.sent_at,
            and_(OutboxMessage.id.is_not(None), UNENDED),
        )
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id, isouter=True)
        .order_by(Reminder.id)
    )
    rows = _rows(session, wanted, Reminder.assignment_id, ids)
    found: dict[Subject, list[SentReminder]] = defaultdict(list)
    for assignment_id, part, kind, start, queued_at, expired_at, sent_at, waits in rows:
        left_at = queued_at if kind is ReminderKind.CALL else sent_at
        left_on = office_day(left_at) if left_at and not expired_at else None
        found[assignment_id, part].append(
            SentReminder(kind, start, left_on, bool(waits and not expired_at))
        )
    return found


def decisions(session: Session, ids: Sequence[int]) -> dict[Subject, list[Decision]]:
    """What persons decided about steps ahead and did not undo. One statement."""
    wanted = select(MailDecision).where(MailDecision.undone_at.is_(None))
    found: dict[Subject, list[Decision]] = defaultdict(list)
    for (row,) in _rows(session, wanted, MailDecision.assignment_id, ids):
        found[row.assignment_id, row.contribution_id].append(
            Decision(
                row.kind,
                row.clock_start,
                row.choice,
                row.made_for,
                row.until,
                row.made_by,
            )
        )
    return found


def restarted(session: Session, ids: Sequence[int]) -> dict[int, date]:
    """When the mail that told of the last restart left, where there was a restart."""
    wanted: Any = (
        select(OutboxMessage.assignment_id, func.max(OutboxMessage.sent_at))
        .join(Assignment, Assignment.id == OutboxMessage.assignment_id)
        .where(
            Assignment.clock_start > 1,
            OutboxMessage.kind.in_(STARTING),
            OutboxMessage.sent_at.is_not(None),
        )
        .group_by(OutboxMessage.assignment_id)
    )
    rows = _rows(session, wanted, OutboxMessage.assignment_id, ids)
    return {id_: office_day(at) for id_, at in rows if id_ and at}


def acted(session: Session, ids: Sequence[int], today: date) -> set[int]:
    """The assignments whose institution did something about them today."""
    since = at_hour(today, time.min)
    found: set[int] = set()
    for some in batched(ids):
        found |= set(session.scalars(_acts(some, since)))
    return found


def _acts(ids: Sequence[int], since: datetime) -> CompoundSelect[tuple[int]]:
    moments: tuple[Any, ...] = (
        Contribution.draft_saved_at,
        Contribution.promised_at,
        Contribution.declined_at,
        Contribution.change_asked_at,
    )
    mine = Contribution.assignment_id.in_(ids)
    wrote = select(Contribution.assignment_id).where(
        mine, or_(*(moment >= since for moment in moments))
    )
    submitted = (
        select(Contribution.assignment_id)
        .join(ContributionVersion)
        .where(mine, ContributionVersion.submitted_at >= since)
    )
    accepted = select(Assignment.id).where(
        Assignment.id.in_(ids), Assignment.acknowledged_at >= since
    )
    return union(wrote, submitted, accepted)


def batched(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids in parts that fit into one statement."""
    for start in range(0, len(ids), MOST):
        yield ids[start : start + MOST]


def _rows(
    session: Session, wanted: Any, column: Any, ids: Sequence[int]
) -> Iterator[Any]:
    for some in batched(ids):
        yield from session.execute(wanted.where(column.in_(some)))
