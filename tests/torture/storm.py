"""One storm: a data base, so many schedulers, two seasons, and then the count."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as hour
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import InterfaceError, OperationalError

from emnnet import clock
from emnnet.domain.mails import MailKind
from emnnet.domain.moments import at_hour, office_day
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.models.contact import Contact
from emnnet.models.job import JobState
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.outbox import UNENDED
from emnnet.transaction import committing
from tests.torture.answers import Answering
from tests.torture.counting import (
    Count,
    Outage,
    Promise,
    Told,
    counted,
    read_taken,
)
from tests.torture.moving import Mover
from tests.torture.processes import Killer, Nursery, Schedulers, sink
from tests.torture.surroundings import application, environment, settle
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
    between_answers: float = 0.25
    patience: float = 30.0
    morning: float = 8.0
    later: float = 0.5
    night: float = 2.2
    seasons: Sequence[Season] = SEASONS


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

    def rage(self) -> None:
        """Both seasons, with kills all the time and a restart in each."""
        modes = dict(zip(SEASONS, ("immediate", "fast"), strict=True))
        for season in self.weather.seasons:
            self._day(season.days[0], modes[season])
            self._night(season.night)
            self._day(season.days[1])
            if season is not self.weather.seasons[-1]:
                self._close(season)

    def calm_down(self) -> None:
        """No kills any more; the server takes everything; wait till all has left."""
        (self.folder / "kind").touch()
        end = time.monotonic() + DRAIN * self.weather.pace
        while time.monotonic() < end and self._waiting():
            time.sleep(0.5)
            if not self._waiting(self.mover.now()):  # all that may be tried was tried
                self._leap(self.mover.now() + timedelta(minutes=30))

    def _day(self, day: date, restart: str = "") -> None:
        """Seven o'clock, nine and four: each with its tick and some minutes of mail."""
        self._leap(at_hour(day, hour(6, 59, 50)))
        if restart and self.restart:
            time.sleep(self.weather.later)
            self._restart(self.restart, restart)
        self._work_off(at_hour(day, hour(7)), self.weather.morning)
        for at in (9, 16):
            self._leap(at_hour(day, hour(at - 1, 59, 50)))
            time.sleep(self.weather.later)
            self._work_off(at_hour(day, hour(at)))

    def _restart(self, restart: Callable[[str], None], mode: str) -> None:
        """In real time: an outage of some seconds outlasts no lease of ten minutes."""
        self.mover.hurry(1.0)
        begin = time.time()
        restart(mode)
        self.outages.append((begin, time.time()))
        time.sleep(self.weather.later + SECOND_MARK)
        self.mover.hurry(SPEED)

    def _work_off(self, tick: datetime, mail: float = 0.0) -> None:
        """Wait till the run of that hour is done, and some seconds for its mail."""
        end = time.monotonic() + self.weather.patience * self.weather.pace
        while time.monotonic() < end and not self._has_run(tick):
            time.sleep(0.2)
        end = time.monotonic() + mail * self.weather.pace
        while time.monotonic() < end and self._waiting(self.mover.now()):
            time.sleep(0.2)

    def _has_run(self, tick: datetime) -> bool:
        try:
            with self.app.app_context():
                state = db.session.get(JobState, "queue_reminders")
                good_at = state.good_at if state else None
        except (OperationalError, InterfaceError):
            return False
        return good_at is not None and good_at >= tick

    def _night(self, day: date) -> None:
        """Sunday morning before three, and quickly over the hour that changes."""
        self._leap(at_hour(day, hour(2, 55)))
        self.mover.hurry(NIGHT_SPEED)
        time.sleep(self.weather.night)
        self.mover.hurry(SPEED)

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


def raged(
    url: str,
    folder: Path,
    weather: Weather,
    expected: Collection[Promise],
    restart: Callable[[str], None] | None = None,
) -> tuple[Count, Storm, list[int]]:
    """Let it rage in a folder of its own; returns the count, and how processes ended.

    `restart` restarts the data base's server in the mode it is given.
    """
    settle(url)
    start = at_hour(weather.seasons[0].days[0], hour(6, 50))
    mover = Mover(folder / "clock", start, SPEED)
    mover.start()
    with sink(folder, weather.seed) as port, application(url, folder, port) as app:
        nursery = Nursery(environment(url, folder, port), folder / "nursery.log")
        schedulers = Schedulers(nursery, folder, weather.schedulers)
        storm = Storm(app, folder, weather, mover, schedulers, restart)
        killer = Killer(schedulers, weather.seed, weather.between_kills, weather.pace)
        answering = Answering(app, _ids(app), weather.seed, weather.between_answers)
        try:
            schedulers.start()
            for thread in (killer, answering):
                thread.start()
            storm.rage()
            for thread in (killer, answering):
                thread.stop()
            storm.calm_down()
            ends = schedulers.stop()
        finally:
            killer.over.set()
            schedulers.crash()
            mover.stop()
        return _count(storm, answering, expected), storm, ends


def _count(storm: Storm, answering: Answering, expected: Collection[Promise]) -> Count:
    with storm.app.app_context():
        session = db.session
        unreached = session.scalars(
            select(Assignment.id).where(Assignment.institution_id.in_(_others(storm)))
        ).all()
        return counted(
            session,
            read_taken(session, storm.folder / "taken.jsonl"),
            Told(
                expected=expected,
                answered=answering.answered,
                tried=answering.tried,
                unreached=unreached,
                kills=storm.schedulers.kills,
                outages=storm.outages,
                calendar=office_calendar(session),
            ),
        )


def _others(storm: Storm) -> set[int | None]:
    """Institutions whose mails go another way than in calm weather.

    A mail or the address was refused for good; or a mail left on a later day than its
    own: it was the one mail of that day, and what fell due then waits for the next.
    """
    refused = db.session.scalars(
        select(Contact.institution_id).where(Contact.refused_at.is_not(None))
    )
    mails = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == MailKind.REMINDER)
    )
    return set(refused) | {
        mail.institution_id
        for mail in mails
        if mail.failed_at
        or (
            mail.sent_at and not mail.key.endswith(office_day(mail.sent_at).isoformat())
        )
    }


def _ids(app: Flask) -> list[int]:
    """The assignments that somebody may answer."""
    with app.app_context():
        return list(db.session.scalars(select(Assignment.id).order_by(Assignment.id)))
