"""The clock that the schedulers go by: a file with the seconds to add to the time."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Lock, Thread

from emnnet.clock import shifted_clock, system_clock

STEP = 0.05  # seconds between two movements


class Moved:
    """Reads the moved time, as the application does."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        """The moment that the schedulers take for the present."""
        return shifted_clock(self._file)()


class Mover(Thread):
    """Lets time pass quicker than it does, and lets it jump. Never backwards."""

    def __init__(self, file: Path, start: datetime, speed: float) -> None:
        super().__init__(name="mover", daemon=True)
        self._file, self.speed = file, speed
        self._over, self._lock = Event(), Lock()
        self._set(start)

    def jump(self, moment: datetime) -> None:
        """It is `moment` now."""
        if moment > self.now():
            self._set(moment)

    def hurry(self, speed: float) -> None:
        """From now on time passes so much quicker than the real one."""
        moment, self.speed = self.now(), speed
        self._set(moment)

    def now(self) -> datetime:
        """The moved time, between two movements too."""
        passed = time.monotonic() - self._since
        return self._moment + timedelta(seconds=passed * self.speed)

    def run(self) -> None:
        """Move on till told to stop."""
        while not self._over.wait(STEP):
            self._write()

    def stop(self) -> None:
        """From now on it goes as fast as the real one."""
        self._over.set()
        self.join()

    def _set(self, moment: datetime) -> None:
        with self._lock:
            self._moment, self._since = moment, time.monotonic()
        self._write()

    def _write(self) -> None:
        """Under another name first: nobody ever reads half a number."""
        with self._lock:
            shift = (self.now() - system_clock()).total_seconds()
            fresh = self._file.with_suffix(".new")
            fresh.write_text(f"{shift:.6f}")
            fresh.replace(self._file)
