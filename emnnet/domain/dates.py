"""The one reader of typed dates."""

import re
from datetime import date

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
PARTS = re.compile(r"([0-9]*)\s*([-./])\s*([0-9]*)\s*\2\s*([0-9]*)\.?")
MONTHS = range(1, 13)

EMPTY = _n("Write a date, for example 31.12.2026 or 2026-12-31.")
UNREADABLE = _n(
    "“%(typed)s” is not a date. Write day, month and year, for example 31.12.2026."
)
INCOMPLETE = _n(
    "“%(typed)s” is not complete. Write day, month and year, for example 31.12.2026."
)
SHORT_YEAR = _n("“%(typed)s”: write the year with four digits, for example 31.12.2026.")
NO_SUCH_MONTH = _n(
    "“%(typed)s”: there is no month %(month)d. Write the day first, then the month."
)
NO_SUCH_DAY = _n("There is no such day as %(typed)s. Check the day and the month.")
FAR_YEAR = _n("“%(typed)s”: give a year between %(earliest)d and %(latest)d.")


def parse_day(text: str) -> date:
    """The day that was typed: 2026-12-31, 31.12.2026 or 31/12/2026.

    Raises `DomainError` that says what to write instead; never guesses a part.
    """
    typed = text.strip()
    if not typed:
        raise DomainError(EMPTY)
    match = PARTS.fullmatch(typed)
    if match is None:
        raise DomainError(UNREADABLE, typed=typed[:40])
    return _checked(typed, match[1], match[3], match[4])


def _checked(typed: str, first: str, middle: str, last: str) -> date:
    if not (first and middle and last):
        raise DomainError(INCOMPLETE, typed=typed[:40])
    year, day = (first, last) if len(first) > 2 else (last, first)
    if len(year) != 4:
        raise DomainError(SHORT_YEAR, typed=typed[:40])
    if max(len(middle), len(day)) > 2:
        raise DomainError(UNREADABLE, typed=typed[:40])
    return _existing(typed, int(year), int(middle), int(day))


def _existing(typed: str, year: int, month: int, day: int) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DomainError(
            FAR_YEAR, typed=typed, earliest=EARLIEST_YEAR, latest=LATEST_YEAR
        )
    if month not in MONTHS:
        raise DomainError(NO_SUCH_MONTH, typed=typed, month=month)
    try:
        return date(year, month, day)
    except ValueError:
        raise DomainError(NO_SUCH_DAY, typed=typed) from None
