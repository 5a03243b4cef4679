"""Telephoning: what can come of a call."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from emnnet.domain.contributing import check_promise
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n

NO_DAY = _n("Enter the day the answer was promised for.")
TOO_LONG = _n("Keep the note under %(most)d characters.")
LONGEST_NOTE = 2000


class CallOutcome(StrEnum):
    """How a call ended."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    PROMISED = "promised"
    WILL_NOT_ANSWER = "will_not_answer"


@dataclass(frozen=True)
class CallNoteGiven:
    """What the office wrote down of a call."""

    outcome: CallOutcome
    promised_on: date | None = None
    text: str = ""


def check_note(given: CallNoteGiven, today: date) -> None:
    """Raises `DomainError` for a promise without a day, or for an impossible one."""
    if len(given.text) > LONGEST_NOTE:
        raise DomainError(TOO_LONG, most=LONGEST_NOTE)
    if given.outcome is not CallOutcome.PROMISED:
        return
    if given.promised_on is None:
        raise DomainError(NO_DAY)
    check_promise(given.promised_on, today)
