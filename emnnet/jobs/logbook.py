"""Writing the log of jobs around each run. The log never breaks a job."""

import logging
import os
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from emnnet import clock
from emnnet.domain.health import FAILURES
from emnnet.jobs.planned import Planned
from emnnet.selectors.job_runs import job_states
from emnnet.services.job_runs import (
    Ended,
    JobPlan,
    Place,
    break_off,
    end_run,
    plan_jobs,
    start_run,
)
from emnnet.transaction import committing

QUIET = timedelta(minutes=1)  # a frequent job that does nothing says so as seldom
MOST_WORDS = 500

log = logging.getLogger(__name__)


def here() -> Place:
    """This process."""
    return Place(socket.gethostname(), os.getpid())


class Logbook:
    """What this process writes of the jobs it runs."""

    def __init__(self, app: Flask) -> None:
        self._app, self._place = app, here()
        self._quiet_since: dict[str, datetime] = {}

    def open(self, schedule: Iterable[Planned]) -> dict[str, datetime]:
        """Bring the log to the timetable; returns when each job last began.

        One that never ran counts from when it was planned: its first run may be missed.
        A run that was cut off did not count, unless it is cut off again and again: then
        it may be the job that kills the process.
        """
        last: dict[str, datetime] = {}
        with self._writing("the timetable") as (session, now):
            zone = clock.zone()
            cut = {state.job for state in job_states(session) if state.is_cut_off}
            broken_off = break_off(session, now=now)
            plan_jobs(
                session,
                [
                    JobPlan(
                        job=planned.name,
                        times=planned.times,
                        silence=planned.patience(now, zone),
                        rests=planned.read.rests_on_weekends,
                        next_run_at=planned.read.next_after(now, zone),
                    )
                    for planned in schedule
                ],
                now=now,
            )
            session.flush()
            for state in job_states(session):
                anew = state.job in cut and state.failures < FAILURES
                began = None if anew else state.started_at
                last[state.job] = began or state.good_at or state.planned_at
            if broken_off:
                log.warning("%d runs of an earlier process broke off", broken_off)
        return last

    def run(self, planned: Planned, next_run_at: datetime) -> None:
        """Run a job, and write down how it went. Never raises."""
        with self._app.app_context():
            started_at, zone = clock.now(), clock.zone()
            frequent = planned.is_frequent(started_at, zone)
        run_id = None if frequent else self._start(planned.name)
        ended = self._ended(planned, started_at)
        if frequent and ended.is_quiet and not self._is_worth_it(planned.name, ended):
            return
        with self._writing(planned.name) as (session, now):
            end_run(
                session,
                planned.name,
                run_id,
                ended,
                self._place,
                now=now,
                next_run_at=next_run_at,
            )

    def _start(self, job: str) -> int | None:
        with self._writing(job) as (session, now):
            return start_run(session, job, self._place, now=now)
        return None

    def _ended(self, planned: Planned, started_at: datetime) -> Ended:
        """The job itself. Whatever it raises is its own affair, not the next job's."""
        try:
            result = planned.job(self._app)
        except Exception as error:
            log.exception("job %s failed", planned.name)
            words = f"{type(error).__name__}: {error}"
            return Ended(started_at, error=words[:MOST_WORDS])
        return Ended(started_at, counts(result))

    def _is_worth_it(self, job: str, ended: Ended) -> bool:
        """A quiet run is written once a minute: it shows that the job is alive."""
        last = self._quiet_since.get(job)
        if last is not None and timedelta() <= ended.started_at - last < QUIET:
            return False
        self._quiet_since[job] = ended.started_at
        return True

    @contextmanager
    def _writing(self, what: str) -> Iterator[Any]:
        try:
            with self._app.app_context(), committing() as session:
                yield session, clock.now()
        except SQLAlchemyError as error:
            log.warning("the log of jobs cannot be written (%s): %s", what, error)


def counts(result: object) -> dict[str, Any]:
    """What a job returns, as the log keeps it."""
    if result is None:
        return {}
    if is_dataclass(result) and not isinstance(result, type):
        return {name: _plain(value) for name, value in asdict(result).items()}
    if isinstance(result, Mapping):
        return {str(name): _plain(value) for name, value in result.items()}
    return {"done": _plain(result)}


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int | float | str | None) else str(value)
