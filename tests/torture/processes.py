"""Scheduler processes that are started, killed and started again; and the server."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds for a process to end politely


@dataclass(frozen=True)
class Kill:
    """When which process was killed; real seconds."""

    pid: int
    at: float


@dataclass
class Schedulers:
    """So many processes of `emnnet scheduler`, kept going."""

    environment: dict[str, str]
    folder: Path
    count: int
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    kills: list[Kill] = field(default_factory=list)
    _logs: dict[int, Path] = field(default_factory=dict)

    def start(self) -> None:
        """Start all that are wanted."""
        while len(self.running) < self.count:
            self.running.append(self._started())

    def kill_one(self, chooser: random.Random) -> None:
        """Kill -9 the leader more often than not, and start another one."""
        victim = self._leader() if chooser.random() < 0.7 else None
        victim = victim or chooser.choice(self.running)
        self.kills.append(Kill(victim.pid, time.time()))
        victim.kill()
        victim.wait()
        self.running.remove(victim)
        self.start()

    def stop(self) -> list[int]:
        """Tell all to stop; returns what they ended with."""
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        ends = []
        for process in self.running:
            try:
                ends.append(process.wait(timeout=PATIENCE))
            except subprocess.TimeoutExpired:
                process.kill()
                ends.append(-signal.SIGKILL)
        self.running.clear()
        return ends

    def crash(self) -> None:
        """Leave nothing running, whatever happened."""
        for process in self.running:
            process.kill()
            process.wait()

    def _leader(self) -> subprocess.Popen[bytes] | None:
        """Whoever says of itself that it leads."""
        for process in self.running:
            said = self._logs[process.pid].read_text()
            if said.rfind("leading") > said.rfind("stepping down"):
                return process
        return None

    def _started(self) -> subprocess.Popen[bytes]:
        path = self.folder / f"scheduler-{len(self._logs) + 1}.log"
        with path.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "emnnet", "scheduler"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self._logs[process.pid] = path
        return process


class Killer(Thread):
    """Kills at random moments until told to stop."""

    def __init__(self, schedulers: Schedulers, seed: int, pause: float) -> None:
        super().__init__(name="killer", daemon=True)
        self._schedulers, self._pause = schedulers, pause
        self._random, self.over = random.Random(seed), Event()

    def run(self) -> None:
        """Wait, kill, and so on."""
        while not self.over.wait(self._random.uniform(0.4, 1.6) * self._pause):
            self._schedulers.kill_one(self._random)

    def stop(self) -> None:
        """No more kills."""
        self.over.set()
        self.join()


@contextmanager
def sink(folder: Path, seed: int) -> Iterator[int]:
    """The mail server; gives its port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.sink", str(folder), str(seed)],
        cwd=ROOT,
        stderr=(folder / "sink.log").open("wb"),
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
