"""One address for all tests of a worker; behind it the application of the one at hand.

So the address in the settings stays the same, and with it the application.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.serving import make_server

PATIENCE = 10  # seconds that an unfinished request is waited for


class Door:
    """Hands requests to the application that stands behind it."""

    def __init__(self) -> None:
        self._app: Flask | None = None
        self._inside = 0
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Answer a request, and count it as long as the application works on it."""
        assert self._app is not None, f"{environ['PATH_INFO']} came after its test"
        self._count(1)
        try:
            return self._app(environ, start)
        finally:
            self._count(-1)

    @contextmanager
    def open_to(self, app: Flask) -> Iterator[None]:
        """Let requests in, and afterwards wait for those that are inside."""
        self._app = app
        try:
            yield
        finally:
            end = time.monotonic() + PATIENCE
            while self._inside and time.monotonic() < end:
                time.sleep(0.01)
            self._app = None

    def _count(self, more: int) -> None:
        with self._lock:
            self._inside += more


@contextmanager
def standing(door: Door) -> Iterator[str]:
    """The host and port where it stands, as long as the block lasts."""
    server = make_server("127.0.0.1", 0, door, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        server.server_close()
