"""What an institution may say: an answer, a refusal with its reason, a promise."""

from dataclasses import dataclass
from datetime import date, timedelta

from emnnet.domain.audience import Dissemination
from emnnet.domain.errors import DomainError
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.messages import _n

LONGEST_ANSWER = 300_000  # characters
LONGEST_NOTE = 4_000  # characters
LONGEST_PROMISE = timedelta(days=60)


@dataclass(frozen=True)
class Draft:
    """An answer as it stands: how far it may travel and the day it is true of."""

    text: str
    dissemination: Dissemination | None = None
    as_of: date | None = None

    @property
    def is_empty(self) -> bool:
        """Is nothing written?"""
        return not self.text.strip()

    @property
    def is_ready(self) -> bool:
        """May it be sent as it stands?"""
        return not self.is_empty and self.dissemination is not None


@dataclass(frozen=True)
class Refusal:
    """Why an institution gives no text, and whom the office should ask instead."""

    reason: DeclineReason
    note: str = ""
    suggested_institution_id: int | None = None
    suggested_other: str = ""


NO_ANSWER = _n("Write an answer, or choose one of the other outcomes.")
NO_DISSEMINATION = _n("Choose whether your answer may travel further.")
NO_REASON = _n("Say in a few words why this is not for your institution.")
NO_CHANGE_REASON = _n("Say what should be changed.")
TOO_LONG = _n("Keep it under %(most)d characters.")
PAST_PROMISE = _n("The day has passed. Give today or a later day.")
FAR_PROMISE = _n("Give a day before %(latest)s, or call the National Contact Point.")


def check_draft(draft: Draft) -> None:
    """Raise `DomainError` if the text is longer than the office can take."""
    if len(draft.text) > LONGEST_ANSWER:
        raise DomainError(TOO_LONG, most=LONGEST_ANSWER)


def check_ready(draft: Draft) -> None:
    """Raise `DomainError` that says what an answer still lacks before it is sent."""
    check_draft(draft)
    if draft.is_empty:
        raise DomainError(NO_ANSWER)
    if draft.dissemination is None:
        raise DomainError(NO_DISSEMINATION)


def check_refusal(refusal: Refusal) -> None:
    """Raise `DomainError` if "not ours" is said without a word why."""
    if refusal.reason is DeclineReason.NOT_COMPETENT and not refusal.note.strip():
        raise DomainError(NO_REASON)
    if len(refusal.note) > LONGEST_NOTE:
        raise DomainError(TOO_LONG, most=LONGEST_NOTE)


def check_promise(day: date, today: date) -> None:
    """Raise `DomainError` unless the promised day is today or soon after."""
    if day < today:
        raise DomainError(PAST_PROMISE)
    if day > today + LONGEST_PROMISE:
        raise DomainError(FAR_PROMISE, latest=(today + LONGEST_PROMISE).isoformat())


def check_change(reason: str) -> None:
    """Raise `DomainError` if a change is asked for without a word what."""
    if not reason.strip():
        raise DomainError(NO_CHANGE_REASON)
    if len(reason) > LONGEST_NOTE:
        raise DomainError(TOO_LONG, most=LONGEST_NOTE)
