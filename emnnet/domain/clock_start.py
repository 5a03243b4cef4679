"""What starts the clock of an assignment anew, and what does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ClockEvent(StrEnum):
    """What happens to an assignment, as far as its clock is concerned."""

    SENT = "sent"
    RESENT = "resent"
    CLARIFIED = "clarified"
    EXTENDED = "extended"
    RETURNED = "returned"
    SENDING_FAILED = "sending_failed"
    SENT_AGAIN_TECHNICALLY = "sent_again_technically"
    CHASED = "chased"
    COMMENTED = "commented"


STARTING = frozenset(
    {
        ClockEvent.SENT,
        ClockEvent.RESENT,
        ClockEvent.CLARIFIED,
        ClockEvent.EXTENDED,
        ClockEvent.RETURNED,
    }
)


@dataclass(frozen=True)
class ClockStart:
    """The start that counts now: its number, from 1, is part of a reminder's key."""

    number: int
    on: date


def clock_start(events: Iterable[tuple[ClockEvent, date]]) -> ClockStart | None:
    """The latest start among these events, in their order; None if none was sent."""
    starts = [day for event, day in events if event in STARTING]
    return ClockStart(len(starts), starts[-1]) if starts else None
