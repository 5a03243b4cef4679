"""The table that `make bench` prints."""

import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from http import HTTPStatus

from tests.performance.data import Data
from tests.performance.load import best_client, status_of
from tests.performance.pages import Page
from tests.performance.processes import cpu_seconds, with_children
from tests.performance.server import WORKERS, Server

COLUMNS = "{:22} {:>9} {:>8} {:>8} {:>8} {:>9} {:>9}"
BUILD = "from emnnet.app import start_app; start_app()"


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    rate: float
    text: str


def head() -> str:
    """What the columns are."""
    return COLUMNS.format(
        "page", "requests/s", "p50 ms", "p95 ms", "CPU ms", "DB ms", "of hello"
    )


def measured(
    server: Server, page: Page, seconds: int, beside: list[int], hello: Line | None
) -> Line:
    """Ask for a page; processor time is told for one request."""
    for _ in range(2 * WORKERS):  # templates and statements are compiled once a worker
        status = status_of(server, page)
    if status != HTTPStatus.OK:
        return Line(0, COLUMNS.format(page.name, f"- ({status})", *["-"] * 5))
    database = with_children(beside)
    before = cpu_seconds(server.workers), cpu_seconds(database)
    load = best_client().ask(server, page, seconds)
    after = cpu_seconds(server.workers), cpu_seconds(database)
    worker, other = (
        (late - early) / max(load.requests, 1) * 1000
        for early, late in zip(before, after, strict=True)
    )
    return Line(
        load.rate,
        COLUMNS.format(
            page.name,
            f"{load.rate:.0f}",
            f"{load.p50:.1f}",
            f"{load.p95:.1f}",
            f"{worker:.2f}",
            f"{other:.2f}" if beside else "within",
            f"{load.rate / hello.rate:.3f}" if hello else "1",
        ),
    )


def start_up(data: Data) -> str:
    """How long a process needs until it could answer; the second start counts."""
    for _ in range(2):
        begun, used = time.monotonic(), _children_time()
        subprocess.run([sys.executable, "-c", BUILD], env=data.environment, check=True)
        taken = time.monotonic() - begun, _children_time() - used
    return f"start-up and end of a process: {taken[0]:.2f} s, CPU {taken[1]:.2f} s"


def _children_time() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
