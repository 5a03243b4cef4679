"""The strip of time above the drawing: the days of change, and the way between them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from emnnet import clock
from emnnet.selectors.network_days import Turn, turns
from emnnet.selectors.organogram import Organogram
from emnnet.web.organogram.asked import Shown
from emnnet.web.organogram.told import headline

BEGINNING = date(2004, 1, 1)
"""In this year Lithuania joined the Union and adopted its law on foreigners."""

EVERY = 4
"""So many years lie between two that are written at the line."""


@dataclass(frozen=True)
class Mark:
    """A day of change on the line; `place` is per cent of its length from the left."""

    day: date
    words: str
    url: str
    place: str


@dataclass(frozen=True)
class Strip:
    """What the strip shows; `number` counts days since the beginning."""

    begin: date
    day: date
    today: date
    marks: tuple[Mark, ...]
    today_url: str
    compare_url: str

    @property
    def number(self) -> int:
        """Where the slider stands."""
        return min(max((self.day - self.begin).days, 0), self.length)

    @property
    def length(self) -> int:
        """Where the slider ends: today."""
        return max((self.today - self.begin).days, 1)

    @property
    def place(self) -> str:
        """Where the day is on the line."""
        return place(self.number, self.length)

    @property
    def previous(self) -> Mark | None:
        """The last change before the day."""
        return next((m for m in reversed(self.marks) if m.day < self.day), None)

    @property
    def next(self) -> Mark | None:
        """The first change after the day."""
        return next((m for m in self.marks if m.day > self.day), None)

    @property
    def years(self) -> list[tuple[int, str]]:
        """Years written at the line, and where; the last leaves room for today."""
        years = range(self.begin.year, self.today.year - 1, EVERY)
        return [
            (year, place((date(year, 1, 1) - self.begin).days, self.length))
            for year in years
        ]


def time_strip(shown: Shown) -> Strip:
    """The strip for a page; its links keep what the page was asked for."""
    whole, today = shown.whole, clock.today()

    def link(day: date | None) -> str:
        return shown.url(as_of=day.isoformat() if day else None)

    begin, end = min(BEGINNING, whole.as_of), max(today, whole.as_of)
    return Strip(
        begin=begin,
        day=whole.as_of,
        today=end,
        marks=tuple(_marks(shown, begin, end, link)),
        today_url=link(None),
        compare_url=_compare_url(whole, today),
    )


def place(number: int, length: int) -> str:
    """Per cent of the line, as an attribute of a drawing."""
    return f"{100 * number / length:.2f}%"


def _marks(
    shown: Shown, begin: date, end: date, link: Callable[[date], str]
) -> Iterable[Mark]:
    length = max((end - begin).days, 1)
    for turn in turns(shown.recorded, begin, end):
        where = place((turn.day - begin).days, length)
        yield Mark(turn.day, _words(turn), link(turn.day), where)


def _words(turn: Turn) -> str:
    if turn.told is None or not turn.changes:
        return str(_("something changed"))
    return headline(turn.told, str(get_locale()))


def _compare_url(whole: Organogram, today: date) -> str:
    """Compare the day with today; today with the day before the last change."""
    if whole.as_of == today:
        return url_for("comparing.show")
    asked: dict[str, Any] = {"from": whole.as_of.isoformat()}
    return url_for("comparing.show", **asked)
