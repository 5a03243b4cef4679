"""Working days: the calendar that deadlines are counted in, and their explanation.

Day zero is the day of sending; it is never counted. A year whose holidays are not
loaded is named in the result, never silently taken for a year without holidays.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import Message, _n, message

SATURDAY = 5
WEEKEND = {SATURDAY: _n("Saturday"), SATURDAY + 1: _n("Sunday")}
NEW_YEAR = (1, 1)  # closed in every country of the network, whatever is loaded
NEW_YEARS_DAY = _n("New Year's Day")
ONE_DAY = timedelta(days=1)
LONGEST_TERM = 1000


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class DistanceKind(StrEnum):
    """On which side of a deadline a day lies."""

    IN = "in"
    TODAY = "today"
    LATE = "late"


@dataclass(frozen=True)
class Skipped:
    """A day that is not counted: why is a weekday or the name of a holiday."""

    day: date
    why: str


@dataclass(frozen=True)
class Deadline:
    """A date and how it was counted, in the order of counting."""

    due_on: date
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]
    unit: Unit
    missing_years: tuple[int, ...] = ()

    @property
    def needs_confirmation(self) -> bool:
        """Was a year touched whose holidays nobody has loaded?"""
        return bool(self.missing_years)

    @property
    def warnings(self) -> tuple[Message, ...]:
        """What the user has to know before relying on the date."""
        return missing_year_warnings(self.missing_years)


@dataclass(frozen=True)
class Distance:
    """How far a deadline is from today: both counts are never negative."""

    kind: DistanceKind
    working_days: int
    days: int


@dataclass(frozen=True)
class Calendar:
    """Monday to Friday, less the holidays (day → name) of the loaded years."""

    code: str
    holidays: Mapping[date, str] = field(hash=False)
    years: frozenset[int]
    version: str = ""  # of the latest year
    source: str = ""
    versions: Mapping[int, str] = field(default_factory=dict, hash=False)  # by year
    closes_at: time | None = None  # after it, a sending counts for the next day

    def version_of(self, year: int) -> str:
        """Which edition of that year's holidays is counted with."""
        return self.versions.get(year, self.version)

    def why_closed(self, day: date) -> str | None:
        """Saturday, Sunday or the name of the holiday; None on a working day."""
        if day.weekday() in WEEKEND:
            return WEEKEND[day.weekday()]
        if (day.month, day.day) == NEW_YEAR and day.year not in self.years:
            return self.holidays.get(day, NEW_YEARS_DAY)
        return self.holidays.get(day)

    def is_working_day(self, day: date) -> bool:
        """Is the office open on that day?"""
        return self.why_closed(day) is None

    def is_loaded(self, day: date) -> bool:
        """Are the holidays of that day's year known?"""
        return day.year in self.years

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a working day, else the next one."""
        return self._rolled(day, ONE_DAY)

    def on_or_before(self, day: date) -> date:
        """The day itself if it is a working day, else the last one before."""
        return self._rolled(day, -ONE_DAY)

    def add_working_days(self, start: date, count: int) -> date:
        """The day `count` working days after `start`; a negative count goes back."""
        step = ONE_DAY if count >= 0 else -ONE_DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days(self, after: date, until: date) -> tuple[date, ...]:
        """The working days after `after` up to and including `until`."""
        return tuple(day for day in _days(after, until) if self.is_working_day(day))

    def closed_days(self, after: date, until: date) -> tuple[Skipped, ...]:
        """The days off after `after` up to and including `until`, with the reason."""
        return self._closed(_days(after, until))

    def working_days_between(self, start: date, end: date) -> int:
        """How many `add_working_days` from `start` to `end`; negative backwards."""
        if end < start:
            return -len(self.working_days(end, start))
        return len(self.working_days(start, end))

    def distance(self, due_on: date, today: date) -> Distance:
        """How far the deadline is from `today`."""
        days = (due_on - today).days
        working_days = abs(self.working_days_between(today, due_on))
        if days == 0:
            return Distance(DistanceKind.TODAY, 0, 0)
        kind = DistanceKind.IN if days > 0 else DistanceKind.LATE
        return Distance(kind, working_days, abs(days))

    def due_after(self, sent_on: date, working_days: int) -> Deadline:
        """The deadline `working_days` after `sent_on`, which is day zero.

        Raises `DomainError` if the term is not between 1 and `LONGEST_TERM`.
        """
        check_term(working_days)
        due_on = self.add_working_days(sent_on, working_days)
        way = tuple(_days(sent_on, due_on))
        return self._explained(due_on, way, self.missing_years(way))

    def due_after_calendar_days(self, sent_on: date, days: int) -> Deadline:
        """The deadline `days` calendar days later, rolled to the next working day.

        Raises `DomainError` if the term is not between 1 and `LONGEST_TERM`.
        """
        check_term(days)
        end = sent_on + ONE_DAY * days
        due_on = self.on_or_after(end)
        rolled = tuple(_days(end - ONE_DAY, due_on))
        counted, skipped = tuple(_days(sent_on, end)), self._closed(rolled)
        missing = self.missing_years(rolled)
        return Deadline(due_on, counted, skipped, Unit.CALENDAR_DAYS, missing)

    def due_before(self, reply_by: date, buffer: int) -> Deadline:
        """The last day that leaves `buffer` working days up to and with `reply_by`.

        Counted backwards: day zero is `reply_by`, or the last working day before
        it. Raises `DomainError` if `buffer` is not between 0 and `LONGEST_TERM`.
        """
        if buffer:
            check_term(buffer)
        zero = self.on_or_before(reply_by)
        due_on = self.add_working_days(zero, -buffer)
        way = tuple(_days(due_on - ONE_DAY, reply_by))[::-1]
        missing = self.missing_years(way)
        way = tuple(day for day in way if day != zero)
        return self._explained(due_on, way, missing)

    def missing_years(self, days: Iterable[date]) -> tuple[int, ...]:
        """The years of these days whose holidays are not loaded, in order."""
        return tuple(sorted({day.year for day in days} - self.years))

    def _explained(
        self, due_on: date, way: tuple[date, ...], missing: tuple[int, ...]
    ) -> Deadline:
        counted = tuple(day for day in way if self.is_working_day(day))
        skipped = self._closed(way)
        return Deadline(due_on, counted, skipped, Unit.WORKING_DAYS, missing)

    def _closed(self, days: Iterable[date]) -> tuple[Skipped, ...]:
        reasons = ((day, self.why_closed(day)) for day in days)
        return tuple(Skipped(day, why) for day, why in reasons if why is not None)

    def _rolled(self, day: date, step: timedelta) -> date:
        while not self.is_working_day(day):
            day += step
        return day


def check_term(days: int) -> None:
    """Raises `DomainError` for a term that is zero, negative or absurd."""
    if not 1 <= days <= LONGEST_TERM:
        raise DomainError(
            _n("Give a number of days between 1 and %(most)d, not %(days)d."),
            most=LONGEST_TERM,
            days=days,
        )


def missing_year_warnings(years: Iterable[int]) -> tuple[Message, ...]:
    """One warning for each year whose holidays are not loaded."""
    text = _n("calendar of %(year)d is missing")
    return tuple(message(text, year=year) for year in years)


def _days(after: date, until: date) -> Iterator[date]:
    """The days after `after` up to and including `until`."""
    for step in range(1, (until - after).days + 1):
        yield after + ONE_DAY * step
