"""What a calm system promises in the same weeks: the measure for the stormy ones."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from datetime import time as hour
from pathlib import Path

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from emnnet.app import create_app
from emnnet.domain.moments import at_hour, office_day
from emnnet.extensions import db
from emnnet.jobs.reminders import queue_reminders
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.selectors.outbox import UNENDED
from emnnet.transaction import committing
from tests.torture.books import Promise
from tests.torture.surroundings import settings
from tests.torture.world import SEASONS, Season

USUAL = 3.5  # seconds for all runs of a calm system, on an idle machine
SLOWEST = 4.0  # times: a machine busier than that has to hurry


@dataclass(frozen=True)
class Calm:
    """What is promised on which day, and how many times slower than usual that went."""

    promises: Mapping[Promise, date]
    pace: float


def calm_promises(url: str, folder: Path, seasons: Sequence[Season] = SEASONS) -> Calm:
    """Each reminder that is promised if all mail leaves at once and nobody answers."""
    took = 0.0
    moment = [at_hour(seasons[0].days[0], hour(6))]
    given = settings(url, folder, 0) | {"CLOCK_FILE": None}
    app = create_app(given, now=lambda: moment[0], instance=str(folder))
    for season in seasons:
        for day in season.days:
            moment[0] = at_hour(day, hour(7))
            began = time.monotonic()
            queue_reminders(app)
            took += time.monotonic() - began
            _leave_all(app, moment[0])
        _close(app, season)
    with app.app_context():
        rows = db.session.scalars(select(Reminder)).all()
        promises = {
            (row.assignment_id, row.kind.value): office_day(row.queued_at)
            for row in rows
        }
        db.session.rollback()
        db.engine.dispose()
    return Calm(promises, min(max(1.0, took / USUAL), SLOWEST))


def _leave_all(app: Flask, at: object) -> None:
    with app.app_context(), committing() as session:
        session.execute(update(OutboxMessage).where(UNENDED).values(sent_at=at))


def _close(app: Flask, season: Season) -> None:
    with app.app_context(), committing() as session:
        _closed(session, season)


def _closed(session: Session, season: Season) -> None:
    session.execute(
        update(Query)
        .where(Query.received_at == season.asked)
        .values(closed_at=at_hour(season.days[-1], hour(18)))
    )
