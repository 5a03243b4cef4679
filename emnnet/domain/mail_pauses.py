"""Stopping all automatic mail for some days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n

LONGEST_REASON = 300
NO_REASON = _n("Say why: everybody in the office sees it.")
REASON_TOO_LONG = _n("Keep the reason to %(most)d characters.")
ENDS_FIRST = _n("The last day lies before the first one.")
IS_PAST = _n("%(day)s is over. Choose today or a later day.")


@dataclass(frozen=True)
class Quiet:
    """Days without automatic mail, both included; without an end till it is ended."""

    begins: date
    until: date | None
    reason: str = ""
    by: str = ""

    def covers(self, day: date) -> bool:
        """Does nothing leave on that day?"""
        return self.begins <= day and (self.until is None or day <= self.until)


def find_quiet(quiets: Iterable[Quiet], day: date) -> Quiet | None:
    """The pause that holds on a day, or none."""
    return next((one for one in quiets if one.covers(day)), None)


def check_quiet(quiet: Quiet, today: date) -> None:
    """Raises `DomainError` for days that cannot be, or without a reason."""
    if quiet.begins < today:
        raise DomainError(IS_PAST, day=quiet.begins)
    if quiet.until is not None and quiet.until < quiet.begins:
        raise DomainError(ENDS_FIRST)
    if not quiet.reason.strip():
        raise DomainError(NO_REASON)
    if len(quiet.reason) > LONGEST_REASON:
        raise DomainError(REASON_TOO_LONG, most=LONGEST_REASON)
