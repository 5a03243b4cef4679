"""Which job's turn it is. Told the time; reads no clock."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from emnnet.domain.moments import at_hour, office_day
from emnnet.jobs.planned import Planned

LONGEST_PAUSE = timedelta(seconds=1)  # then the clock is looked at again
INSTANT = timedelta(microseconds=1)


class Rounds:
    """The next run of each job, and which are due.

    Several missed runs count as one. What was missed is made up for on the same day
    of the office, not later: yesterday's morning digest is of no use today.
    """

    def __init__(
        self,
        schedule: Iterable[Planned],
        zone: ZoneInfo,
        now: datetime,
        last_runs: Mapping[str, datetime] | None = None,
    ) -> None:
        """`last_runs` says when a job last began, in this or another process."""
        self._schedule = {planned.name: planned for planned in schedule}
        self._zone, self._seen = zone, now
        last = last_runs or {}
        self._next = {
            name: self._after(name, min(last.get(name, now), now))
            for name in self._schedule
        }

    def next_run(self, name: str) -> datetime:
        """When a job runs next, if it is not late already."""
        return self._next[name]

    def due(self, now: datetime) -> list[Planned]:
        """The jobs whose moment has come, in the order of the timetable."""
        if now < self._seen:  # the clock was put back: do not wait till it catches up
            for name, at in self._next.items():
                self._next[name] = min(at, self._after(name, now))
        self._seen = now
        reached = [(at, name) for name, at in self._next.items() if at <= now]
        for _, name in reached:
            self._next[name] = self._after(name, now)
        return [
            self._schedule[name] for at, name in reached if self._counts(name, at, now)
        ]

    def pause(self, now: datetime) -> float:
        """Seconds until it is worth asking again."""
        wait = min(self._next.values(), default=now + LONGEST_PAUSE) - now
        return max(min(wait, LONGEST_PAUSE).total_seconds(), 0.0)

    def _counts(self, name: str, missed: datetime, now: datetime) -> bool:
        """Was a moment of today reached?"""
        morning = at_hour(office_day(now, self._zone), time.min, self._zone)
        return self._after(name, max(missed, morning) - INSTANT) <= now

    def _after(self, name: str, moment: datetime) -> datetime:
        return self._schedule[name].read.next_after(moment, self._zone)
