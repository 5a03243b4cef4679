"""When a job runs: hours and days by the clock of the office, moments in UTC.

Once on each day, also where the clock shows its hour twice or leaves it out; a job of
every hour runs in each hour that passes. Only moments in UTC are compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from emnnet.domain.moments import ONE_DAY, VILNIUS, at_hour, office_day

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKING_WEEK = (0, 1, 2, 3, 4)
RANGES = {
    "second": (0, 59),
    "minute": (0, 59),
    "hour": (0, 23),
    "day_of_week": (0, 6),
    "day": (1, 31),
    "month": (1, 12),
}
"""From the smallest to the largest. Of those not given, what is smaller than all given
ones takes its least value, the others (and the day of the week) any."""

LONGEST_WAIT = 366 * 8 + 2  # days: 29 February may have to be waited for


@dataclass(frozen=True)
class Times:
    """The days, and the times of a day, at which something happens."""

    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    weekdays: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]

    @classmethod
    def read(cls, given: Mapping[str, str | int]) -> "Times":
        """From fields like {"hour": "7-17", "day_of_week": "mon-fri"}.

        A value is a number, "*", "*/5", "7-17" or several with commas. Raises
        `ValueError` for a field or a value that does not exist.
        """
        unknown = given.keys() - RANGES.keys()
        if unknown or not given:
            raise ValueError(f"a timetable of {sorted(given)}: {sorted(unknown)}?")
        sizes = list(RANGES)
        smallest = min(sizes.index(name) for name in given)
        values = []
        for size, (name, (least, most)) in enumerate(RANGES.items()):
            any_value = size > smallest or name == "day_of_week"
            text = str(given.get(name, "*" if any_value else least))
            values.append(tuple(sorted(_read(text.lower(), least, most))))
        return cls(*values)

    @property
    def is_every_hour(self) -> bool:
        """Does it go by the time that passes, rather than by the clock's hour?"""
        return len(self.hours) == 24

    @property
    def rests_on_weekends(self) -> bool:
        """Is it planned for Monday to Friday?"""
        return self.weekdays == WORKING_WEEK

    def next_after(self, moment: datetime, zone: ZoneInfo = VILNIUS) -> datetime:
        """The first moment, in UTC, later than `moment`. Raises if there is none."""
        first = office_day(moment, zone)
        for step in range(LONGEST_WAIT):
            day = first + ONE_DAY * step
            if self._is_on(day):
                for at in self._on(day, moment, zone):
                    return at
        raise ValueError("a timetable without any day")

    def longest_gap(self, start: datetime, zone: ZoneInfo = VILNIUS) -> timedelta:
        """The longest time between two runs, weekends left out, after `start`.

        Told from the runs of the day that follows, or from the next two runs.
        """
        moments = [self.next_after(start, zone)]
        while len(moments) < 3 or moments[-1] - moments[0] < ONE_DAY:
            moments.append(self.next_after(moments[-1], zone))
            if len(moments) == SAMPLE:
                break
        gaps = [late - early for early, late in pairwise(moments)]
        if self.rests_on_weekends:
            gaps = [gap for gap in gaps if gap < 2 * ONE_DAY] or [ONE_DAY]
        return max(gaps)

    def _is_on(self, day: date) -> bool:
        return (
            day.month in self.months
            and day.day in self.days
            and day.weekday() in self.weekdays
        )

    def _on(self, day: date, after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
        """The moments of a day later than `after`, in order."""
        here = after.astimezone(zone)
        begun = here.hour - 1 if here.date() == day else 0  # the hour may come twice
        for start in self._hours_of(day, begun, zone):
            if start + timedelta(hours=1) <= after:
                continue
            for minute in self.minutes:
                begin = start + timedelta(minutes=minute)
                if begin + timedelta(minutes=1) <= after:
                    continue
                for second in self.seconds:
                    at = begin + timedelta(seconds=second)
                    if at > after:
                        yield at

    def _hours_of(self, day: date, least: int, zone: ZoneInfo) -> Iterator[datetime]:
        """When its hours begin. One that is shown twice counts once, as a rule."""
        for hour in self.hours:
            if hour < least:
                continue
            start = at_hour(day, time(hour), zone)
            yield start
            again = start + timedelta(hours=1)
            if self.is_every_hour and again.astimezone(zone).hour == hour:
                yield again


SAMPLE = 200  # runs looked at: enough for every minute of some hours


def _read(text: str, least: int, most: int) -> set[int]:
    values: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        begin = least if first == "*" else _number(first)
        end = most if first == "*" else _number(last) if last else begin
        values |= set(range(begin, end + 1, int(step or 1)))
    if not values or min(values) < least or max(values) > most:
        raise ValueError(f"{text!r} is not between {least} and {most}")
    return values


def _number(text: str) -> int:
    return WEEKDAYS.index(text) if text in WEEKDAYS else int(text)
