"""Reading a calendar at a web address or in a file, with limits of time and size."""

import ssl
import time
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from emnnet.documents.ics_holidays import MOST_BYTES, TOO_LARGE, UnreadableCalendar
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n

SECONDS = 15.0
AT_ONCE = 64 * 1024
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

UNREACHABLE = _n("%(address)s could not be read: %(error)s")
TOO_SLOW = _n("took longer than %(seconds)d seconds")
NOT_ALLOWED = _n(
    "“%(address)s” is no address that can be read. CALENDAR_FEED takes https:// or the"
    " path of a file."
)


class FeedUnreachable(DomainError):
    """The address gave nothing, or not in time."""


class _NoRedirect(HTTPRedirectHandler):
    """An answer from elsewhere is not what the office has set."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nobody: the caller gets the status itself."""


def read_feed(address: str, *, seconds: float = SECONDS) -> bytes:
    """What stands there; raises `FeedUnreachable`, or `UnreadableCalendar` if large."""
    parts = urlsplit(address)
    if parts.scheme in {"", "file"}:
        return _of_file(Path(parts.path), address)
    if parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in LOOPBACK
    ):
        return _of_web(address, seconds)
    raise FeedUnreachable(NOT_ALLOWED, address=address)


def _of_file(path: Path, address: str) -> bytes:
    try:
        with path.open("rb") as file:
            return _limited(file.read(MOST_BYTES + 1))
    except OSError as error:
        reason = error.strerror or str(error)
        raise FeedUnreachable(UNREACHABLE, address=address, error=reason) from error


def _of_web(address: str, seconds: float) -> bytes:
    """In pieces, so that a server that drips is left when its time is up."""
    until = time.monotonic() + seconds
    opener = build_opener(
        _NoRedirect, HTTPSHandler(context=ssl.create_default_context())
    )
    request = Request(address, headers={"Accept": "text/calendar"})  # noqa: S310
    data = b""
    try:
        with opener.open(request, timeout=seconds) as answer:
            while piece := answer.read1(AT_ONCE):
                data += piece
                _limited(data)
                if time.monotonic() > until:
                    error = TOO_SLOW % {"seconds": seconds}
                    raise FeedUnreachable(UNREACHABLE, address=address, error=error)
    except (URLError, HTTPException, TimeoutError, OSError) as error:
        raise FeedUnreachable(UNREACHABLE, address=address, error=str(error)) from error
    return data


def _limited(data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise UnreadableCalendar(TOO_LARGE, most=MOST_BYTES // 2**20)
    return data
