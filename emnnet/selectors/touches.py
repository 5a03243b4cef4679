"""What has passed between the office and an institution about one query."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select

from emnnet.domain.reminders import ReminderKind
from emnnet.models.assignment import Assignment
from emnnet.models.call_note import CallNote
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.selectors.reading import Reading, Rows, Selection, some, those

BY_HAND, BY_RULE, CALLED, HEARD = "by_hand", "by_rule", "called", "heard"
ACTS: tuple[tuple[Any, Any], ...] = (
    (Contribution.draft_saved_at, Contribution.assignment_id),
    (Contribution.promised_at, Contribution.assignment_id),
    (Contribution.declined_at, Contribution.assignment_id),
    (Assignment.opened_at, Assignment.id),
    (Assignment.acknowledged_at, Assignment.id),
)
"""What an institution does about a query, and of which assignment."""


@dataclass(frozen=True)
class Touches:
    """How often and when last it was reminded and called, and when it last acted."""

    by_rule: int = 0
    by_hand: int = 0
    reminded_at: datetime | None = None
    heard_at: datetime | None = None
    called_at: datetime | None = None

    @property
    def reminders(self) -> int:
        """All reminders that left."""
        return self.by_rule + self.by_hand


def touches_reading(assignment_ids: Collection[int]) -> Reading[dict[int, Touches]]:
    """The touches of each of these assignments that had any."""
    return Reading(_all(), _made, {"touched_ids": list(assignment_ids)})


def _made(*selections: Rows) -> dict[int, Touches]:
    counts: dict[int, dict[str, int]] = {}
    moments: dict[int, dict[str, datetime]] = {}
    for id_, what, count, at in (row for rows in selections for row in rows):
        counts.setdefault(id_, {})[what] = count
        if at is not None:
            known = moments.setdefault(id_, {})
            known[what] = max(at, known.get(what, at))
    return {id_: _touches(counts[id_], moments.get(id_, {})) for id_ in counts}


def _touches(counts: dict[str, int], moments: dict[str, datetime]) -> Touches:
    reminded = [moments[one] for one in (BY_RULE, BY_HAND) if one in moments]
    return Touches(
        by_rule=counts.get(BY_RULE, 0),
        by_hand=counts.get(BY_HAND, 0),
        reminded_at=max(reminded, default=None),
        heard_at=moments.get(HEARD),
        called_at=moments.get(CALLED),
    )


@lru_cache
def _all() -> tuple[Selection, ...]:
    ids = those(Assignment.id, some("touched_ids"))
    by_hand = Reminder.kind == ReminderKind.BY_HAND
    submitted = (
        select(
            Contribution.assignment_id,
            literal(HEARD),
            func.count(),
            func.max(ContributionVersion.submitted_at),
        )
        .join(ContributionVersion.contribution)
        .where(Contribution.assignment_id.in_(ids))
        .group_by(Contribution.assignment_id)
    )
    return (
        _reminded(BY_RULE, ~by_hand, ids),
        _reminded(BY_HAND, by_hand, ids),
        _latest(CALLED, CallNote.at, CallNote.assignment_id, ids),
        *(_latest(HEARD, moment, owner, ids) for moment, owner in ACTS),
        submitted,
    )


def _reminded(word: str, kind: ColumnElement[bool], ids: Select[int]) -> Selection:
    """The mails that left with reminders of that kind."""
    return (
        select(
            Reminder.assignment_id,
            literal(word),
            func.count(OutboxMessage.id.distinct()),
            func.max(OutboxMessage.sent_at),
        )
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id)
        .where(
            Reminder.assignment_id.in_(ids),
            kind,
            OutboxMessage.sent_at.is_not(None),
            Reminder.expired_at.is_(None),
        )
        .group_by(Reminder.assignment_id)
    )


def _latest(word: str, moment: Any, owner: Any, ids: Select[int]) -> Selection:
    return (
        select(owner, literal(word), func.count(), func.max(moment))
        .where(owner.in_(ids), moment.is_not(None))
        .group_by(owner)
    )
