"""Saying that one is away: what such a statement has to hold."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from emnnet.domain.addressing import Stand
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n

LONGEST = timedelta(days=3 * 366)
ADDRESS = re.compile(r"[^@\s<>(),;:\"]+@[^@\s<>(),;:\"]+\.[^@\s<>(),;:\"]{2,}")
END_FIRST = _n("The last day, %(until)s, is before the first one, %(begins)s.")
OVER = _n("%(until)s is over already. Choose a later day.")
TOO_LONG = _n("More than three years is too long. Choose an earlier last day.")
NO_SUBSTITUTE = _n("Say who takes over.")
NO_ADDRESS = _n("Enter an e-mail address such as name@institution.example.org.")
NO_END = _n("Say until which day the institution is closed.")
NO_REASON = _n("Say why it is closed: partners' mails wait because of it.")


@dataclass(frozen=True)
class AwayNote:
    """Away from a day to a day, and who gets the mail meanwhile."""

    begins: date
    until: date | None
    stand: Stand
    substitute_id: int | None = None
    proposed_email: str = ""
    proposed_title: str = ""


def check_away(note: AwayNote, today: date) -> None:
    """Raises `DomainError` with what to change."""
    check_period(note.begins, note.until, today)
    if note.stand is Stand.CONTACT and note.substitute_id is None:
        raise DomainError(NO_SUBSTITUTE)
    if note.stand is Stand.PROPOSED:
        check_address(note.proposed_email)


def check_period(begins: date, until: date | None, today: date) -> None:
    """Raises `DomainError` for days that make no sense."""
    if until is None:
        return
    if until < begins:
        raise DomainError(END_FIRST, begins=begins, until=until)
    if until < today:
        raise DomainError(OVER, until=until)
    if until - begins > LONGEST:
        raise DomainError(TOO_LONG)


def check_address(address: str) -> None:
    """Raises `DomainError` for what can be no e-mail address."""
    if not ADDRESS.fullmatch(address.strip()) or len(address) > 254:
        raise DomainError(NO_ADDRESS)
