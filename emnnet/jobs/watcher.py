"""Every scheduler process watches, whether it leads or waits, and raises the alarm."""

import logging
from datetime import timedelta
from threading import Event, Lock, Thread

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from emnnet import clock
from emnnet.jobs.alarm import raise_alarm
from emnnet.jobs.logbook import here
from emnnet.services.scheduler_processes import come_alive, depart, say_alive
from emnnet.transaction import committing

HEARTBEAT = 20.0  # seconds
ROUNDS = 3  # heartbeats between two looks at the health of all
PATIENCE = timedelta(minutes=2)  # what is over by then is told to nobody

log = logging.getLogger(__name__)


class Watcher(Thread):
    """A thread beside the jobs: a job that hangs does not silence it."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="watcher", daemon=True)
        self._app, self._over, self._leads = app, Event(), False
        self._process_id: int | None = None
        self._beating = Lock()  # two threads beat: one process is one row

    def say(self, *, leads: bool) -> None:
        """From now on this process leads, or waits."""
        self._leads = leads
        self._beat()

    def stop(self) -> None:
        """Take leave, and end."""
        self._over.set()
        self.join(timeout=HEARTBEAT)
        try:
            with self._app.app_context(), committing() as session:
                if self._process_id is not None:
                    depart(session, self._process_id)
        except SQLAlchemyError as error:
            log.warning("scheduler: no leave taken: %s", error)

    def run(self) -> None:
        """Say that we live; every so often look whether all is well."""
        beats = 0
        while not self._over.is_set():
            self._beat()
            if beats % ROUNDS == ROUNDS - 1:  # not at once: everything is just starting
                self._look()
            beats += 1
            self._over.wait(HEARTBEAT)

    def _beat(self) -> None:
        try:
            with self._beating:
                self._process_id = self._spoken()
        except SQLAlchemyError as error:
            log.warning("scheduler: no sign of life: %s", str(error).splitlines()[0])

    def _spoken(self) -> int:
        """Say that we live, and lead or not; returns the number we go by."""
        with self._app.app_context(), committing() as session:
            known, now = self._process_id, clock.now()
            if known is None or not say_alive(
                session, known, leads=self._leads, now=now
            ):
                known = come_alive(session, here(), now=now)
                say_alive(session, known, leads=self._leads, now=now)
            return known

    def _look(self) -> None:
        try:
            with self._app.app_context():
                raise_alarm(patience=PATIENCE)
        except Exception:  # whatever it is, the next look comes
            log.exception("the health could not be looked at")
