"""What is known about an answer that is owed: dates, mails that left, decisions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from emnnet.domain.ladder import ReminderKind


class Silence(StrEnum):
    """Why an assignment gets no reminder at all."""

    NOT_SENT = "not_sent"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    PAUSED = "paused"
    WILL_NOT_ANSWER = "will_not_answer"  # so they said on the telephone


class Choice(StrEnum):
    """What a person decided about one step that lies ahead."""

    SKIP = "skip"
    FORWARD = "forward"
    HOLD = "hold"


@dataclass(frozen=True)
class Decision:
    """A person's word about one step: made for `on`, held `until` a day or for good.

    Left out: a notice before the date does not come; a chaser comes one distance
    later. Brought forward: it is due from `on`. Held: it waits for `until`.
    """

    kind: ReminderKind
    clock_start: int
    choice: Choice
    on: date
    until: date | None = None
    by: str = ""


@dataclass(frozen=True)
class SentReminder:
    """A row of the ledger; `sent_on` is None until the mail has really left.

    A call has no mail: its `sent_on` is the day it came on the list.
    """

    kind: ReminderKind
    clock_start: int
    sent_on: date | None
    waits: bool = False  # in the outbox: it leaves at the next chance
    part: int | None = None  # the question it speaks of; none: the whole assignment


@dataclass(frozen=True)
class Chase:
    """The facts about one assignment, or one returned or postponed question."""

    due_on: date
    clock_start: int
    clock_started_on: date
    silence: Silence | None = None
    sent: tuple[SentReminder, ...] = ()
    promised_on: date | None = None
    last_own_action_on: date | None = None
    reply_by: date | None = None
    decisions: tuple[Decision, ...] = ()

    def decided(self, kind: ReminderKind) -> Decision | None:
        """What a person decided about that step of this clock."""
        found = (
            one
            for one in self.decisions
            if one.kind == kind and one.clock_start == self.clock_start
        )
        return next(found, None)

    @property
    def delivered_chasers(self) -> list[date]:
        """The days on which chasers of this clock really left.

        A reminder by hand is one, too, where it left after the date.
        """
        return [
            row.sent_on
            for row in self.sent
            if row.clock_start == self.clock_start
            and row.sent_on is not None
            and (row.kind.is_chaser or self._is_chased_by_hand(row.kind, row.sent_on))
        ]

    @property
    def has_waiting_chaser(self) -> bool:
        """Does a chaser of this clock still lie in the outbox?"""
        return any(
            row.waits and row.kind.is_chaser and row.clock_start == self.clock_start
            for row in self.sent
        )

    def _is_chased_by_hand(self, kind: ReminderKind, sent_on: date) -> bool:
        return kind is ReminderKind.BY_HAND and sent_on > self.due_on
