"""One storm: a data base, so many schedulers, two seasons, and then the count."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as hour
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import InterfaceError, OperationalError

from emnnet import clock
from emnnet.domain.moments import at_hour
from emnnet.extensions import db
from emnnet.models.job import JobState
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.selectors.outbox import UNENDED
from emnnet.transaction import committing
from tests.torture.counting import Outage
from tests.torture.moving import Mover
from tests.torture.processes import Schedulers
from tests.torture.world import SEASONS, Season

SPEED = 60.0  # a minute in a second: a lease of ten minutes outlasts any mail
SECOND_MARK = 2.0  # seconds until whoever waited for the data base has noticed it
NIGHT_SPEED = 3600.0
DRAIN = 120.0  # seconds at most, when the storm is over


@dataclass(frozen=True)
class Weather:
    """What a storm is like. Seconds are real."""

    schedulers: int
    seed: int
    between_kills: float
    pace: float = 1.0  # how many times slower than usual this machine is now
    between_answers: float = 0.6
    patience: float = 30.0
    morning: float = 6.0
    hours: Sequence[int] = (9, 12, 16)
    later_on: float = 3.0
    later: float = 0.5
    night: float = 2.2
    still: float = 1.5
    seasons: Sequence[Season] = SEASONS

    @property
    def speed(self) -> float:
        """How much quicker than real time passes: all is slow on a slow machine."""
        return SPEED / self.pace


@dataclass
class Storm:
    """What takes part in it."""

    app: Flask
    folder: Path
    weather: Weather
    mover: Mover
    schedulers: Schedulers
    restart: Callable[[str], None] | None
    outages: list[Outage] = field(default_factory=list)

    def wait_for_leader(self) -> None:
        """Before the first hour: nobody makes up for what nobody had planned yet."""
        end = time.monotonic() + self.weather.patience * self.weather.pace
        while time.monotonic() < end and self._last_good() is None:
            time.sleep(0.1)

    def rage(self) -> None:
        """The seasons, with kills all the time and two restarts in each."""
        modes = ("immediate", "fast")
        for season in self.weather.seasons:
            self._day(season.days[0], at_tick=modes[0])
            self._night(season.night)
            self._day(season.days[1], in_mail=modes[1])
            self._holiday(season.holiday)
            if season is not self.weather.seasons[-1]:
                self._close(season)

    def calm_down(self) -> None:
        """No kills any more; the server takes everything; wait till all has left."""
        (self.folder / "kind").touch()
        end = time.monotonic() + DRAIN * self.weather.pace
        while time.monotonic() < end and self._waiting():
            time.sleep(0.5)
            if not self._waiting(self.mover.now()):  # all that may be tried was tried
                self._leap(self._next_try())

    def _day(self, day: date, at_tick: str = "", in_mail: str = "") -> None:
        """Seven o'clock and some later hours: each with its run, and minutes of mail.

        What a killed process had claimed is free again at the next of these hours. The
        data base is restarted while reminders are promised, or while they leave.
        """
        self._leap(at_hour(day, hour(6, 59, 50)))
        self._restart(at_tick)
        self._work_off(at_hour(day, hour(7)))
        self._restart(in_mail)
        self._work_off(at_hour(day, hour(7)), self.weather.morning)
        for at in self.weather.hours:
            self._leap(at_hour(day, hour(at - 1, 59, 50)))
            time.sleep(self.weather.later)
            self._work_off(at_hour(day, hour(at)), self.weather.later_on)

    def _restart(self, mode: str) -> None:
        """In real time: an outage of some seconds outlasts no lease of ten minutes."""
        if not mode or self.restart is None:
            return
        time.sleep(self.weather.later)
        self.mover.hurry(1.0)
        begin = time.time()
        self.restart(mode)
        self.outages.append((begin, time.time()))
        time.sleep(self.weather.later + SECOND_MARK)
        self.mover.hurry(self.weather.speed)

    def _work_off(self, tick: datetime, mail: float = 0.0) -> None:
        """Wait till the run of that hour is done, and some seconds for its mail."""
        end = time.monotonic() + self.weather.patience * self.weather.pace
        while time.monotonic() < end and not self._has_run(tick):
            time.sleep(0.2)
        end = time.monotonic() + mail * self.weather.pace
        while time.monotonic() < end and self._waiting(self.mover.now()):
            time.sleep(0.2)

    def _has_run(self, tick: datetime) -> bool:
        good_at = self._last_good("queue_reminders")
        return good_at is not None and good_at >= tick

    def _last_good(self, job: str = "deliver_outbox") -> datetime | None:
        """When a job last ended well; none, too, while the data base is away."""
        try:
            with self.app.app_context():
                state = db.session.get(JobState, job)
                return state.good_at if state else None
        except (OperationalError, InterfaceError):
            return None

    def _night(self, day: date) -> None:
        """Sunday morning before three, and quickly over the hour that changes."""
        self._leap(at_hour(day, hour(2, 55)))
        self.mover.hurry(NIGHT_SPEED / self.weather.pace)
        time.sleep(self.weather.night * self.weather.pace)
        self.mover.hurry(self.weather.speed)

    def _holiday(self, day: date) -> None:
        """The jobs of a Monday run, mail waits to be tried, and nothing may leave."""
        self._leap(at_hour(day, hour(6, 59, 50)))
        self._work_off(at_hour(day, hour(7)))
        time.sleep(self.weather.still * self.weather.pace)

    def _leap(self, moment: datetime) -> None:
        """Not while a mail is on the line: no real clock jumps in the middle of one."""
        log = self.folder / "lines"
        end = time.monotonic() + 3
        while time.monotonic() < end and log.exists() and log.read_text() != "0":
            time.sleep(0.002)
        self.mover.jump(moment)

    def _close(self, season: Season) -> None:
        """What is still open is closed: its reminders must not leave any more."""
        with self.app.app_context(), committing() as session:
            session.execute(
                update(Query)
                .where(Query.received_at == season.asked)
                .values(closed_at=clock.now())
            )

    def _next_try(self) -> datetime:
        """When the first of the mails that wait may be tried again."""
        wanted = select(func.min(OutboxMessage.next_try_at)).where(UNENDED)
        try:
            with self.app.app_context():
                return db.session.scalar(wanted) or self.mover.now()
        except (OperationalError, InterfaceError):
            return self.mover.now()

    def _waiting(self, until: datetime | None = None) -> int:
        """The mails without an end, or those of them that may be tried by then."""
        wanted = select(func.count()).select_from(OutboxMessage).where(UNENDED)
        if until is not None:
            wanted = wanted.where(OutboxMessage.next_try_at <= until)
        try:
            with self.app.app_context():
                return db.session.scalar(wanted) or 0
        except (OperationalError, InterfaceError):
            return 1  # nobody can tell: assume that there is more
