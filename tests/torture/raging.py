"""Letting a storm rage in a folder of its own, and counting what it broke."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from datetime import time as hour
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from emnnet.domain.mails import MailKind
from emnnet.domain.moments import at_hour, office_day
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.models.contact import Contact
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.calendar import office_calendar
from tests.torture.answers import Answering
from tests.torture.books import Promise, read_moods, read_taken
from tests.torture.counting import Count, Told, counted
from tests.torture.moving import Mover
from tests.torture.processes import Killer, Nursery, Schedulers, sink
from tests.torture.storm import Storm, Weather
from tests.torture.surroundings import (
    PATIENCE,
    application,
    environment,
    settle,
    take_lock,
)


@dataclass(frozen=True)
class Raged:
    """What a storm comes to: the count, and what was done to whom how often."""

    count: Count
    moods: Counter[str]
    locks_taken: int
    restarts: int
    ends: list[int]

    @property
    def is_kept(self) -> bool:
        """Was every promise kept, and did all processes stop politely when told?"""
        return self.count.is_kept and not any(self.ends)


def raged(
    url: str,
    folder: Path,
    weather: Weather,
    expected: Mapping[Promise, date],
    restart: Callable[[str], None] | None = None,
) -> Raged:
    """Let it rage in a folder of its own, and count.

    `restart` restarts the data base's server in the mode it is given.
    """
    settle(url)
    start = at_hour(weather.seasons[0].days[0], hour(5, 30))
    mover = Mover(folder / "clock", start, weather.speed)
    mover.start()
    with (
        sink(folder, weather.seed, weather.pace) as port,
        application(url, folder, port) as app,
    ):
        given = environment(url, folder, port, PATIENCE * weather.pace)
        nursery = Nursery(given, folder / "nursery.log")
        schedulers = Schedulers(nursery, folder, weather.schedulers)
        storm = Storm(app, folder, weather, mover, schedulers, restart)
        answering = Answering(
            app, _ids(app), weather.seed, weather.between_answers * weather.pace
        )
        try:
            ends = _lived_through(storm, _killer(storm, url), answering)
        finally:
            schedulers.crash()
            mover.stop()
        return Raged(
            _count(storm, answering, expected),
            read_moods(folder / "moods"),
            schedulers.locks_taken,
            len(storm.outages),
            ends,
        )


def _killer(storm: Storm, url: str) -> Killer:
    weather, folder = storm.weather, storm.folder
    return Killer(
        storm.schedulers,
        weather.seed,
        weather.between_kills,
        weather.pace,
        lambda: take_lock(url, folder),
    )


def _lived_through(storm: Storm, killer: Killer, answering: Answering) -> list[int]:
    """The whole storm and the calm after it; returns how the last processes ended."""
    storm.schedulers.start()
    storm.wait_for_leader()
    for thread in (killer, answering):
        thread.start()
    try:
        storm.rage()
    finally:
        for thread in (killer, answering):
            thread.stop()
    storm.calm_down()
    return storm.schedulers.stop()


def _count(
    storm: Storm, answering: Answering, expected: Mapping[Promise, date]
) -> Count:
    with storm.app.app_context():
        session = db.session
        return counted(
            session,
            read_taken(session, storm.folder / "taken.jsonl"),
            Told(
                expected=expected,
                answered=answering.answered,
                tried=answering.tried,
                missed=_missed(),
                kills=storm.schedulers.kills,
                outages=storm.outages,
                calendar=office_calendar(session),
                pace=storm.weather.pace,
            ),
        )


def _missed() -> set[tuple[int, date | None]]:
    """Assignments and days on which nothing could be promised; without a day: ever.

    The address was refused for good, or a mail of an earlier day left only then: it was
    the one mail of that day, and what fell due waited for the next.
    """
    asked = db.session.execute(select(Assignment.institution_id, Assignment.id)).all()
    refused = db.session.scalars(
        select(Contact.institution_id).where(Contact.refused_at.is_not(None))
    )
    mails = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == MailKind.REMINDER)
    )
    left = {
        (mail.institution_id, mail.key.rpartition(":")[2], office_day(mail.sent_at))
        for mail in mails
        if mail.sent_at
    }
    late = {(body, day) for body, own, day in left if own != day.isoformat()}
    days: dict[int | None, set[date | None]] = defaultdict(set)
    for body, day in [*((body, None) for body in refused), *late]:
        days[body].add(day)
    return {(id_, day) for body, id_ in asked for day in days[body]}


def _ids(app: Flask) -> list[int]:
    """The assignments that somebody may answer."""
    with app.app_context():
        return list(db.session.scalars(select(Assignment.id).order_by(Assignment.id)))
