"""A line of the timetable."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from flask import Flask

from emnnet.domain.timetable import Times

Job = Callable[[Flask], object]

FREQUENT = timedelta(minutes=5)
LEAST_SLACK, MOST_SLACK = timedelta(minutes=10), timedelta(hours=2)


@dataclass(frozen=True)
class Planned:
    """A job and the times it runs at, by the clock of the office.

    `silence` is how long it may go without ending well before somebody is alarmed;
    not given, it is the longest gap of its timetable and some slack.
    """

    job: Job
    times: Mapping[str, str | int]
    silence: timedelta | None = None

    @property
    def name(self) -> str:
        """What the log calls it: the name of its function."""
        return self.job.__name__

    @cached_property
    def read(self) -> Times:
        """Its times, understood."""
        return Times.read(self.times)

    def gap(self, now: datetime, zone: ZoneInfo) -> timedelta:
        """The longest time between two runs from now on."""
        return self.read.longest_gap(now, zone)

    def is_frequent(self, now: datetime, zone: ZoneInfo) -> bool:
        """Does it run so often that a quiet run is not worth a row?"""
        return self.gap(now, zone) <= FREQUENT

    def patience(self, now: datetime, zone: ZoneInfo) -> timedelta:
        """How long it may be silent."""
        gap = self.gap(now, zone)
        return self.silence or gap + min(max(gap, LEAST_SLACK), MOST_SLACK)
