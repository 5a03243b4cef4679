"""Dates as they are written in queries: in words, in figures, with and without year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from emnnet.domain.reading.values import Sureness

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan sausio",
            "february feb febr febuary vasario",
            "march mar kovo",
            "april apr baland\u017eio",
            "may gegu\u017e\u0117s",
            "june jun bir\u017eelio",
            "july jul liepos",
            "august aug rugpj\u016b\u010dio",
            "september sept sep rugs\u0117jo",
            "october oct spalio",
            "november nov lapkri\u010dio",
            "december dec gruod\u017eio",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<{0}>[0-3]?\d)(?:\s?(?:st|nd|rd|th)\b)?"
_ISO = r"(?P<iy>(?:19|20)\d\d)(?P<isep>[-/.])(?P<im>[01]?\d)(?P=isep)(?P<id>[0-3]?\d)"
_FIGURES = (
    r"(?P<fd>[0-3]?\d)\s?(?P<fsep>[-/.])\s?(?P<fm>[01]?\d)\s?(?P=fsep)\s?"
    r"(?P<fy>(?:19|20)\d\d|\d\d(?=[\s,;.)]|$))"
)
_LITHUANIAN = (
    rf"(?P<ly>(?:19|20)\d\d)\s?m\.\s*(?P<lm>{_MONTH})(?:\s+m\u0117n\.)?"
    r"\s+(?P<ld>[0-3]?\d)(?:\s?d\.)?"
)
_DAY_FIRST = (
    rf"{_WEEKDAY}(?:the\s+)?{_DAY.format('wd')}(?:\s+of)?[\s,./-]*"
    rf"(?P<wm>{_MONTH})\b(?:\.(?=\s*(?:19|20)\d))?(?:[\s,./-]*(?:of\s+)?(?P<wy>(?:19|20)\d\d)(?!\d))?"
)
_MONTH_FIRST = (
    rf"{_WEEKDAY}(?P<am>{_MONTH})\.?\s+(?:the\s+)?{_DAY.format('ad')}"
    r"(?:\s*,?\s*(?P<ay>(?:19|20)\d\d)(?!\d))?(?![\d/])"
)
WRITTEN = "|".join((_ISO, _FIGURES, _LITHUANIAN, _DAY_FIRST, _MONTH_FIRST))
DATE = re.compile(rf"(?<![\d/.-])(?:{WRITTEN})(?!\d)", re.I)


@dataclass(frozen=True)
class WrittenDate:
    """A date as it stands in a text; the year may be missing, the day impossible."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    sureness: Sureness

    def on(self, year: int | None = None) -> date | None:
        """The day, with `year` where none is written; None if there is no such day."""
        year = self.year or year
        if year is None:
            return None
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def after(self, launched: date) -> date | None:
        """The first such day on or after `launched`; for a date without a year."""
        later = (self.on(year) for year in (launched.year, launched.year + 1))
        return next((day for day in later if day and day >= launched), None)

    def before(self, compiled: date) -> date | None:
        """The last such day on or before `compiled`; for a date without a year."""
        earlier = (self.on(year) for year in (compiled.year, compiled.year - 1))
        return next((day for day in earlier if day and day <= compiled), None)


def written_dates(
    text: str, start: int = 0, end: int | None = None
) -> Iterator[WrittenDate]:
    """Every date written in a part of the text, in order."""
    for match in DATE.finditer(text, start, len(text) if end is None else end):
        written = _written(match)
        if written:
            yield written


def find_date(text: str, start: int, end: int | None = None) -> WrittenDate | None:
    """The first date in a part of the text."""
    return next(written_dates(text, start, end), None)


def _written(match: re.Match[str]) -> WrittenDate | None:
    kind = next(key for key in "iflwa" if match[f"{key}d"] is not None)
    day, month, year = (match[f"{kind}{part}"] for part in "dmy")
    number = MONTHS[month.lower()] if month.lower() in MONTHS else int(month)
    if not 1 <= number <= 12 or not 1 <= int(day) <= 31 or month == "may":
        return None  # "paragraph 2 may be" is no date
    sureness = Sureness.SURE
    if kind == "f" and (len(year) == 2 or (match["fsep"] == "/" and int(day) <= 12)):
        sureness = Sureness.LIKELY
    full = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    return WrittenDate(*match.span(), int(day), number, full, sureness)
