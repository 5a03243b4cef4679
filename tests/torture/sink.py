"""A real mail server of bad character, in a process of its own.

    python -m tests.torture.sink FOLDER SEED

It accepts, refuses, puts off, stalls and drops connections before and after it took a
mail, at random by a seed. What it took stands in FOLDER/taken.jsonl before it answers.
While FOLDER/kind exists it is kind to everybody whose address exists.
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.torture.moving import Moved

STALL = 2.6  # seconds: longer than the client waits (MAIL_TIMEOUT of the storm)
REFUSED = "refused"  # the beginning of addresses that do not exist
CHANCES = {
    "later at the address": 0.05,
    "later after the text": 0.05,
    "never": 0.006,
    "stall": 0.008,
    "drop before": 0.05,
    "drop within": 0.03,
    "drop after": 0.04,
}


class HangUp(Exception):
    """The server ends the conversation without a word."""


class BadServer:
    """Decides anew for each mail what becomes of it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self._random = folder, random.Random(seed)
        self._clock = Moved(folder / "clock")
        self._taken = (folder / "taken.jsonl").open("a")
        self._lines, self._mood = folder / "lines", ""

    async def handle_MAIL(
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """A mail begins; its fate is drawn."""
        self._lines.write_text("1")
        self._mood = "" if (self.folder / "kind").exists() else self._drawn()
        if self._mood == "drop before":
            raise HangUp
        envelope.mail_from = address
        return "250 go on"

    async def handle_RCPT(
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """An address exists, or not, or is asked for later."""
        if address.startswith(REFUSED):
            return "550 5.1.1 nobody of that name"
        if self._mood == "later at the address":
            return "451 4.7.1 greylisted, try later"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """The text is here: take it, refuse it, or vanish."""
        if self._mood == "stall":
            await asyncio.sleep(STALL)
            return "451 4.3.0 that took too long"
        if self._mood == "drop within":
            raise HangUp
        if self._mood == "later after the text":
            return "452 4.3.1 no room now"
        if self._mood == "never":
            return "554 5.7.1 not wanted here"
        answered = self._mood != "drop after"
        self._take(envelope, answered=answered)
        if not answered:
            raise HangUp
        return "250 taken"

    def _take(self, envelope: Envelope, *, answered: bool) -> None:
        mail = message_from_bytes(envelope.content or b"", policy=policy.default)
        text = mail.get_body(("plain",))
        line = {
            "at": time.time(),
            "moment": self._clock.now().isoformat(),
            "to": envelope.rcpt_tos,
            "id": mail["Message-ID"],
            "key": mail["X-Emnnet-Key"],
            "date": mail["Date"].datetime.isoformat(),
            "text": text.get_content() if text else "",
            "answered": answered,
        }
        self._taken.write(json.dumps(line) + "\n")
        self._taken.flush()

    def _drawn(self) -> str:
        at = self._random.random()
        for mood, chance in CHANCES.items():
            at -= chance
            if at < 0:
                return mood
        return ""


class Dropping(SMTP):
    """A server that hangs up where its handler says so, without a word."""

    async def push(self, status: str | bytes) -> None:
        """With the answer the line is idle, but for those that ask for more."""
        await super().push(status)
        self._is_idle(str(status))

    def connection_lost(self, error: Exception | None) -> None:
        """Nobody is on the line."""
        self._is_idle("gone")
        super().connection_lost(error)

    def _is_idle(self, status: str) -> None:
        if not status.startswith(("250 go on", "250 known", "354")):
            (self.event_handler.folder / "lines").write_text("0")

    async def handle_exception(self, error: Exception) -> str:
        """Close the line; whatever is said now reaches nobody."""
        self.transport.abort()
        return "421 gone"


async def serve(folder: Path, seed: int) -> None:
    """Listen on a free port, and write it down."""
    handler = BadServer(folder, seed)
    make: Callable[[], Any] = lambda: Dropping(handler, hostname="sink", timeout=30)  # noqa: E731
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    (folder / "port.new").write_text(str(port))
    (folder / "port.new").rename(folder / "port")
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
