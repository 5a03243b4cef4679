"""What is not well: jobs that are silent, nobody who works, mail that piles up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from emnnet.domain.calendar import Calendar
from emnnet.domain.moments import ONE_DAY, VILNIUS, end_of_day, office_day

DEAD_AFTER = timedelta(seconds=90)  # a scheduler process speaks every 20 seconds
NOBODY_LEADS = timedelta(minutes=3)  # as long as another one may take to notice
BACKLOG = timedelta(minutes=30)  # a mail that may leave and is not tried
FAILURES = 3  # in a row


class Part(StrEnum):
    """What the health of the whole is made of."""

    DATABASE = "database"
    MAIL_SERVER = "mail_server"
    DISK = "disk"
    OUTBOX = "outbox"
    SCHEDULER = "scheduler"
    JOBS = "jobs"


TOLD_BY_DATABASE = {Part.OUTBOX, Part.SCHEDULER, Part.JOBS}


@dataclass(frozen=True)
class Trouble:
    """One thing that is not well; `which` tells it from others of its part."""

    part: Part
    which: str = ""
    detail: str = ""

    @property
    def name(self) -> str:
        """What an incident is known by."""
        return f"{self.part}:{self.which}" if self.which else self.part.value


@dataclass(frozen=True)
class JobFacts:
    """What the log says of one job."""

    job: str
    silence: timedelta
    rests: bool
    planned_at: datetime
    good_at: datetime | None
    failures: int = 0
    error: str = ""


@dataclass(frozen=True)
class ProcessFacts:
    """When a scheduler process was last heard of, and whether it led."""

    started_at: datetime
    seen_at: datetime
    leads: bool

    def is_alive(self, now: datetime) -> bool:
        """Has it spoken lately?"""
        return now - self.seen_at <= DEAD_AFTER


@dataclass(frozen=True)
class Health:
    """All that is not well at a moment; nothing, if all is."""

    troubles: tuple[Trouble, ...] = ()

    @property
    def is_well(self) -> bool:
        """Is there nothing to see to?"""
        return not self.troubles

    def of(self, part: Part) -> list[Trouble]:
        """What is not well in one part."""
        return [trouble for trouble in self.troubles if trouble.part is part]


def job_troubles(
    jobs: Iterable[JobFacts], calendar: Calendar, now: datetime
) -> list[Trouble]:
    """The jobs that did not end well for longer than they may, or fail each time."""
    return [
        Trouble(Part.JOBS, facts.job, detail)
        for facts in jobs
        if (detail := _why_silent(facts, calendar, now))
    ]


def _why_silent(facts: JobFacts, calendar: Calendar, now: datetime) -> str:
    since = facts.good_at or facts.planned_at
    off = days_off_between(since, now, calendar) if facts.rests else timedelta()
    if now - since - off > facts.silence:
        hours = (now - since) / timedelta(hours=1)
        last = "ended well last on" if facts.good_at else "never ended well; planned on"
        return f"{last} {_by_the_office(since)}, {hours:.1f} hours ago"
    if facts.failures >= FAILURES:
        return f"failed {facts.failures} times in a row: {facts.error}"
    return ""


def days_off_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much of the time between two moments lay on days the office is closed."""
    total, day = timedelta(), office_day(start)
    while day <= office_day(end):
        if not calendar.is_working_day(day):
            begun = max(start, end_of_day(day - ONE_DAY))
            total += max(min(end, end_of_day(day)) - begun, timedelta())
        day += ONE_DAY
    return total


def scheduler_troubles(
    processes: Sequence[ProcessFacts], now: datetime
) -> list[Trouble]:
    """Does a scheduler process live, and does one lead?"""
    alive = [one for one in processes if one.is_alive(now)]
    if not alive:
        last = max((one.seen_at for one in processes), default=None)
        heard = f"last heard of {_by_the_office(last)}" if last else "none was ever"
        return [Trouble(Part.SCHEDULER, detail=f"no scheduler process: {heard}")]
    waiting = now - min(one.started_at for one in alive)
    if not any(one.leads for one in alive) and waiting > NOBODY_LEADS:
        return [Trouble(Part.SCHEDULER, detail=f"{len(alive)} wait, none leads")]
    return []


def _by_the_office(moment: datetime) -> str:
    """By the clock on the wall of whoever reads the alert."""
    return f"{moment.astimezone(VILNIUS):%Y-%m-%d %H:%M}"


def outbox_troubles(oldest: datetime | None, now: datetime) -> list[Trouble]:
    """Has a mail been ready to leave for long, and nobody tried it?"""
    if oldest is None or now - oldest <= BACKLOG:
        return []
    minutes = (now - oldest) // timedelta(minutes=1)
    return [Trouble(Part.OUTBOX, detail=f"mail waits for {minutes} minutes untried")]
