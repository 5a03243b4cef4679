"""What surrounds an answer that is owed: ledger, restarts, one's own acts, decisions.

It is read for the assignments that are named, and touches their rows only.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from emnnet.domain.chases import Decision, SentReminder
from emnnet.domain.ladder import ReminderKind
from emnnet.domain.mails import MailKind
from emnnet.domain.moments import at_hour, office_day
from emnnet.models.assignment import Assignment
from emnnet.models.base import UtcDateTime
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.mail_decision import MailDecision
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.selectors.outbox import UNENDED
from emnnet.selectors.reading import Reading, Rows, Selection, batched, some, those

STARTING = (
    MailKind.INVITATION,
    MailKind.DUE_CHANGED,
    MailKind.RETURNED,
    MailKind.QUESTION_CLARIFIED,
    MailKind.CLOCK_RESTARTED,
)
"""The mails whose leaving starts a clock anew."""

Subject = tuple[int, int | None]
"""An assignment, or one of its contributions."""


@dataclass(frozen=True)
class Around:
    """What is known around the assignments that were named, on a day."""

    today: date
    ledger: Mapping[Subject, list[SentReminder]] = field(default_factory=dict)
    decisions: Mapping[Subject, list[Decision]] = field(default_factory=dict)
    restarted: Mapping[int, date] = field(default_factory=dict)
    acted: Set[int] = field(default_factory=frozenset)

    def __or__(self, other: "Around") -> "Around":
        return Around(
            self.today,
            {**self.ledger, **other.ledger},
            {**self.decisions, **other.decisions},
            {**self.restarted, **other.restarted},
            self.acted | other.acted,
        )


def around(session: Session, ids: Sequence[int], today: date) -> Around:
    """What is known around any number of assignments; a statement for each 5,000."""
    found = Around(today)
    for part in batched(ids):
        found |= around_reading(part, today).take(session)
    return found


def around_reading(ids: Sequence[int], today: date) -> Reading[Around]:
    """The same of at most 5,000, to be read together with other things."""

    def made(ledger: Rows, decisions: Rows, restarted: Rows, *acts: Rows) -> Around:
        return Around(
            today,
            _ledger(ledger),
            _decisions(decisions),
            {row.assignment_id: office_day(row.at) for row in restarted if row.at},
            frozenset(row.id for rows in acts for row in rows),
        )

    values = {"around_ids": list(ids), "acted_since": at_hour(today, time.min)}
    return Reading(_selections(), made, values)


@lru_cache
def _selections() -> tuple[Selection, ...]:
    mine = those(Assignment.id, some("around_ids"))
    acts = _acts(mine, bindparam("acted_since", type_=UtcDateTime()))
    return _promised(mine), _decided(mine), _restarts(mine), *acts


def _promised(mine: Select[int]) -> Selection:
    """The reminders promised for each subject."""
    return (
        select(
            Reminder.id,
            Reminder.assignment_id,
            Reminder.contribution_id,
            Reminder.kind,
            Reminder.clock_start,
            Reminder.queued_at,
            Reminder.expired_at,
            OutboxMessage.sent_at,
            and_(OutboxMessage.id.is_not(None), UNENDED).label("waits"),
        )
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id, isouter=True)
        .where(Reminder.assignment_id.in_(mine))
    )


def _ledger(rows: Rows) -> dict[Subject, list[SentReminder]]:
    found: dict[Subject, list[SentReminder]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: one.id):
        left_at = row.queued_at if row.kind is ReminderKind.CALL else row.sent_at
        left_on = office_day(left_at) if left_at and not row.expired_at else None
        waits = bool(row.waits and not row.expired_at)
        found[row.assignment_id, row.contribution_id].append(
            SentReminder(row.kind, row.clock_start, left_on, waits, row.contribution_id)
        )
    return found


def _decided(mine: Select[int]) -> Selection:
    """What persons decided about steps ahead and did not undo."""
    return select(
        MailDecision.assignment_id,
        MailDecision.contribution_id,
        MailDecision.kind,
        MailDecision.clock_start,
        MailDecision.choice,
        MailDecision.made_for,
        MailDecision.until,
        MailDecision.made_by,
    ).where(MailDecision.undone_at.is_(None), MailDecision.assignment_id.in_(mine))


def _decisions(rows: Rows) -> dict[Subject, list[Decision]]:
    found: dict[Subject, list[Decision]] = defaultdict(list)
    for id_, part, *decision in rows:
        found[id_, part].append(Decision(*decision))
    return found


def _restarts(mine: Select[int]) -> Selection:
    """When the mail that told of the last restart left, where there was a restart."""
    return (
        select(OutboxMessage.assignment_id, func.max(OutboxMessage.sent_at).label("at"))
        .join(Assignment, Assignment.id == OutboxMessage.assignment_id)
        .where(
            Assignment.clock_start > 1,
            OutboxMessage.kind.in_(STARTING),
            OutboxMessage.sent_at.is_not(None),
            OutboxMessage.assignment_id.in_(mine),
        )
        .group_by(OutboxMessage.assignment_id)
    )


def _acts(mine: Select[int], since: Any) -> tuple[Selection, ...]:
    """The assignments whose institution has done something about them since."""
    moments: tuple[Any, ...] = (
        Contribution.draft_saved_at,
        Contribution.promised_at,
        Contribution.declined_at,
        Contribution.change_asked_at,
    )
    whose = Contribution.assignment_id
    wrote = or_(*(moment >= since for moment in moments))
    return (
        select(whose.label("id")).where(whose.in_(mine), wrote),
        select(whose.label("id"))
        .join(ContributionVersion)
        .where(whose.in_(mine), ContributionVersion.submitted_at >= since),
        select(Assignment.id).where(
            Assignment.id.in_(mine), Assignment.acknowledged_at >= since
        ),
    )
