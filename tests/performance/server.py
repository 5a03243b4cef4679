"""gunicorn with two workers on a free port of this machine."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from socket import socket

from tests.performance.data import Data
from tests.performance.processes import children, peak_megabytes

WORKERS = 2
PATIENCE = 60.0  # seconds


@dataclass(frozen=True)
class Server:
    """Where it listens, and its processes."""

    host: str
    port: int
    workers: list[int]

    @property
    def address(self) -> str:
        """Scheme, host and port."""
        return f"http://{self.host}:{self.port}"

    def peak_memory(self) -> int:
        """Megabytes, of the worker that took most."""
        return max(peak_megabytes(pid) for pid in self.workers)


@contextmanager
def served(data: Data) -> Iterator[Server]:
    """Start it, and stop it afterwards."""
    port = _free_port()
    bind = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "--bind", bind]
    command += ["--workers", str(WORKERS), "--log-level", "warning"]
    command += ["tests.performance.application:create_bench_app()"]
    environment = data.environment | {"EMNNET_SERVER_NAME": bind}
    process = subprocess.Popen(command, env=environment)
    try:
        _wait(process, port)
        yield Server("127.0.0.1", port, children(process.pid))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/bench/hello")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            if len(children(process.pid)) == WORKERS:
                return
    raise RuntimeError("gunicorn did not come up")
