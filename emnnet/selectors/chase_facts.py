"""What surrounds an answer that is owed: ledger, restarts, one's own acts, decisions.

Each reading takes the assignments it is about as a selection, so that it touches
their rows and no others.
"""

from collections import defaultdict
from datetime import date, time
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, union
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

Chosen = Select[Any]
"""The ids of the assignments a reading is about."""
Subject = tuple[int, int | None]
"""An assignment, or one of its contributions."""


def ledger(session: Session, chosen: Chosen) -> dict[Subject, list[SentReminder]]:
    """The reminders promised for each subject, in order. One statement."""
    rows = session.execute(
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
        .where(Reminder.assignment_id.in_(chosen))
        .order_by(Reminder.id)
    )
    found: dict[Subject, list[SentReminder]] = defaultdict(list)
    for assignment_id, part, kind, start, queued_at, expired_at, sent_at, waits in rows:
        left_at = queued_at if kind is ReminderKind.CALL else sent_at
        left_on = office_day(left_at) if left_at and not expired_at else None
        found[assignment_id, part].append(
            SentReminder(kind, start, left_on, bool(waits and not expired_at))
        )
    return found


def decisions(session: Session, chosen: Chosen) -> dict[Subject, list[Decision]]:
    """What persons decided about steps ahead and did not undo. One statement."""
    rows = session.scalars(
        select(MailDecision)
        .where(MailDecision.assignment_id.in_(chosen), MailDecision.undone_at.is_(None))
        .order_by(MailDecision.id)
    )
    found: dict[Subject, list[Decision]] = defaultdict(list)
    for row in rows:
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


def restarted(session: Session, chosen: Chosen) -> dict[int, date]:
    """When the mail that told of the last restart left, where there was a restart."""
    rows = session.execute(
        select(OutboxMessage.assignment_id, func.max(OutboxMessage.sent_at))
        .join(Assignment, Assignment.id == OutboxMessage.assignment_id)
        .where(
            OutboxMessage.assignment_id.in_(chosen),
            Assignment.clock_start > 1,
            OutboxMessage.kind.in_(STARTING),
            OutboxMessage.sent_at.is_not(None),
        )
        .group_by(OutboxMessage.assignment_id)
    )
    return {id_: office_day(at) for id_, at in rows if id_ and at}


def acted(session: Session, chosen: Chosen, today: date) -> set[int]:
    """The assignments whose institution did something about them today."""
    since = at_hour(today, time.min)
    moments: tuple[Any, ...] = (
        Contribution.draft_saved_at,
        Contribution.promised_at,
        Contribution.declined_at,
        Contribution.change_asked_at,
    )
    mine = Contribution.assignment_id.in_(chosen)
    wrote = select(Contribution.assignment_id).where(
        mine, or_(*(moment >= since for moment in moments))
    )
    submitted = (
        select(Contribution.assignment_id)
        .join(ContributionVersion)
        .where(mine, ContributionVersion.submitted_at >= since)
    )
    accepted = select(Assignment.id).where(
        Assignment.id.in_(chosen), Assignment.acknowledged_at >= since
    )
    return set(session.scalars(union(wrote, submitted, accepted)))
