"""Scheduler processes that are started, killed and started again; the mail server."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

MAILS = 60  # at most, between two kills
LONGEST_LIFE = 4.0  # seconds
ROOT = Path(__file__).parents[2]
SINK = (sys.executable, "-m", "tests.torture.sink")


@dataclass(frozen=True)
class Kill:
    """When which process was killed; real seconds."""

    pid: int
    at: float


class Nursery:
    """Starts processes quickly, and knows how they ended."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._lock = Lock()
        with log.open("wb") as words:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.torture.nursery"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
                text=True,
            )

    def ask(self, words: str) -> int:
        """Tell it something; returns the number it answers with."""
        with self._lock:
            given, taken = self._process.stdin, self._process.stdout
            assert given is not None
            assert taken is not None
            given.write(words + "\n")
            given.flush()
            return int(taken.readline())

    def close(self) -> None:
        """It is needed no more."""
        self._process.kill()
        self._process.communicate()


@dataclass
class Schedulers:
    """So many processes of `emnnet scheduler`, kept going."""

    nursery: Nursery
    folder: Path
    count: int
    running: list[int] = field(default_factory=list)
    kills: list[Kill] = field(default_factory=list)
    locks_taken: int = 0
    _read: int = 0
    _taken: int = 0
    _logs: dict[int, Path] = field(default_factory=dict)

    def start(self) -> None:
        """Start all that are wanted."""
        while len(self.running) < self.count:
            path = self.folder / f"scheduler-{len(self._logs) + 1}.log"
            pid = self.nursery.ask(f"start {path}")
            self._logs[pid] = path
            self.running.append(pid)

    def kill_one(self, chooser: random.Random) -> None:
        """Kill -9 the leader more often than not, and start another one."""
        victim = self.leader() if chooser.random() < 0.7 else None
        victim = victim or chooser.choice(self.running)
        self.kills.append(Kill(victim, time.time()))
        self._kill(victim)
        self.start()

    def taken(self) -> int:
        """How many mails the server has taken; read on from where it was left."""
        book = self.folder / "taken.jsonl"
        if book.exists():
            with book.open("rb") as pages:
                pages.seek(self._read)
                more = pages.read()
            self._read += len(more)
            self._taken += more.count(b"\n")
        return self._taken

    def leader(self) -> int | None:
        """Whoever says of itself that it leads."""
        for pid in self.running:
            path = self._logs[pid]
            said = path.read_text() if path.exists() else ""
            if said.rfind("leading") > said.rfind("stepping down"):
                return pid
        return None

    def stop(self) -> list[int]:
        """Tell all to stop; returns what they ended with."""
        for pid in self.running:
            os.kill(pid, signal.SIGTERM)
        ends = [self.nursery.ask(f"wait {pid}") for pid in self.running]
        self.running.clear()
        return ends

    def crash(self) -> None:
        """Leave nothing running, whatever happened."""
        for pid in [*self.running]:
            self._kill(pid)
        self.nursery.close()

    def _kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        self.nursery.ask(f"wait {pid}")
        self.running.remove(pid)


class Killer(Thread):
    """Kills at random moments until told to stop: only if one leads, or none would.

    Every third time after some time, else after some mails: so that a busy machine
    is not killed before it did anything. Every fourth time the leader loses its lock
    instead of its life, and finds itself beside another leader.
    """

    def __init__(
        self,
        schedulers: Schedulers,
        seed: int,
        pause: float,
        pace: float,
        take_lock: Callable[[], None],
    ) -> None:
        """`pace` says how many times slower than usual the machine is."""
        super().__init__(name="killer", daemon=True)
        self._schedulers, self._pause = schedulers, pause * pace
        self._take_lock = take_lock
        self._longest_life = LONGEST_LIFE * pace
        self._random, self.over = random.Random(seed), Event()

    def run(self) -> None:
        """Wait till one leads, wait a little, kill, and so on."""
        while not self.over.wait(0.05):
            if not self._schedulers.leader():
                continue
            if self._random.random() < 1 / 3:
                self.over.wait(self._random.uniform(0, 2 * self._pause))
            else:
                self._wait_for_mails(self._random.randint(1, MAILS))
            if not self.over.is_set():
                self._strike()

    def _strike(self) -> None:
        if self._random.random() < 1 / 4:
            self._take_lock()
            self._schedulers.locks_taken += 1
        else:
            self._schedulers.kill_one(self._random)

    def _wait_for_mails(self, count: int) -> None:
        wanted = self._schedulers.taken() + count
        end = time.monotonic() + self._longest_life
        while self._schedulers.taken() < wanted and time.monotonic() < end:
            if self.over.wait(self._random.uniform(0, 0.02)):
                return

    def stop(self) -> None:
        """No more kills."""
        self.over.set()
        self.join()


@contextmanager
def sink(folder: Path, seed: int, pace: float = 1.0) -> Iterator[int]:
    """The mail server; gives its port."""
    with (folder / "sink.log").open("wb") as log:
        process = subprocess.Popen(
            [*SINK, str(folder), str(seed), str(pace)],
            cwd=ROOT,
            stderr=log,
        )
    try:
        while not (folder / "port").exists():
            if process.poll() is not None:
                raise RuntimeError((folder / "sink.log").read_text())
            time.sleep(0.05)
        yield int((folder / "port").read_text())
    finally:
        process.kill()
        process.wait()
