"""Asking for a page as often as it is answered, for some seconds."""

import json
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Protocol

from tests.performance.pages import Page
from tests.performance.server import Server

CONNECTIONS = 2  # one for each worker
SCRIPT = Path(__file__).with_name("percentiles.lua")


@dataclass(frozen=True)
class Load:
    """What came of it; times in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p95: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


class Client(Protocol):
    """Somebody who asks."""

    name: str

    def ask(self, server: Server, page: Page, seconds: int) -> Load: ...


class Wrk:
    """The C program: it takes next to no processor time from the workers."""

    name = "wrk"

    def ask(self, server: Server, page: Page, seconds: int) -> Load:
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30"]
        command += ["-s", str(SCRIPT), "-H", f"Cookie: {page.cookie}"]
        command += [server.address + page.path]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        told = json.loads(done.stdout.splitlines()[-1])
        return Load(**told)


class Threads:
    """Where there is no wrk: threads of this process."""

    name = "Python threads (its own time lowers the rates)"

    def ask(self, server: Server, page: Page, seconds: int) -> Load:
        end = time.monotonic() + seconds
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            asking = [
                pool.submit(_times, server, page, end) for _ in range(CONNECTIONS)
            ]
            times = sorted(each for one in asking for each in one.result())
        p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
        return Load(len(times), seconds, p50 * 1000, p95 * 1000)


def best_client() -> Client:
    """wrk where it is installed."""
    return Wrk() if shutil.which("wrk") else Threads()


def status_of(server: Server, page: Page) -> int:
    """Ask once: is the page there?"""
    connection = HTTPConnection(server.host, server.port, timeout=60)
    connection.request("GET", page.path, headers={"Cookie": page.cookie})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _times(server: Server, page: Page, end: float) -> list[float]:
    times = []
    while not times or time.monotonic() < end:
        begun = time.perf_counter()
        status_of(server, page)
        times.append(time.perf_counter() - begun)
    return times
