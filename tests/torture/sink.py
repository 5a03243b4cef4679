"""A real mail server of bad character, in a process of its own.

    python -m tests.torture.sink FOLDER SEED PACE

It accepts, refuses, puts off, stalls, drops connections before and after it took a
mail, and is not there at all for a while, at random by a seed. What it took stands in
FOLDER/taken.jsonl before it answers, each whim in FOLDER/moods. While FOLDER/kind
exists it is kind to everybody whose address exists. PACE slows it on a slow machine.
"""

import asyncio
import json
import random
import sys
import time
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.torture.moving import Moved
from tests.torture.surroundings import PATIENCE

STALL = 1.3 * PATIENCE  # seconds: longer than the client waits
CLOSED = 1.5  # seconds
REFUSED = "refused"  # the beginning of addresses that do not exist
CHANCES = {
    "later at the address": 0.05,
    "later after the text": 0.05,
    "never": 0.006,
    "stall": 0.008,
    "drop before": 0.05,
    "drop within": 0.03,
    "drop after": 0.04,
    "closed": 0.01,
}


class HangUp(Exception):
    """The server ends the conversation without a word."""


class BadServer:
    """Decides anew for each mail what becomes of it."""

    def __init__(self, folder: Path, seed: int, pace: float) -> None:
        self.folder, self._random = folder, random.Random(seed)
        self.pace, self.door = pace, Door(self)
        self._clock = Moved(folder / "clock")
        self._taken = (folder / "taken.jsonl").open("a")
        self._moods = (folder / "moods").open("a")
        self._lines, self._mood, self._begun = folder / "lines", "", 0.0

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
        self._begun = time.time()
        self._mood = "" if (self.folder / "kind").exists() else self._drawn()
        if self._mood in {"drop before", "closed"}:
            self._note(self._mood)
            if self._mood == "closed":
                self.door.close()
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
            self._note("no such address")
            return "550 5.1.1 nobody of that name"
        if self._mood == "later at the address":
            self._note(self._mood)
            return "451 4.7.1 greylisted, try later"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """The text is here: take it, refuse it, or vanish."""
        self._note(self._mood or "taken")
        if self._mood == "stall":
            await asyncio.sleep(STALL * self.pace)
            return "451 4.3.0 that took too long"
        if self._mood == "drop within":
            raise HangUp
        if self._mood == "later after the text":
            return "452 4.3.1 no room now"
        if self._mood == "never":
            return "554 5.7.1 not wanted here"
        answered = self._mood != "drop after"
        self._take(session, envelope, answered=answered)
        if not answered:
            raise HangUp
        return "250 taken"

    def _take(self, session: Session, envelope: Envelope, *, answered: bool) -> None:
        mail = message_from_bytes(envelope.content or b"", policy=policy.default)
        text = mail.get_body(("plain",))
        line = {
            "begun": self._begun,
            "at": time.time(),
            "pid": _process(session),
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

    def _note(self, mood: str) -> None:
        self._moods.write(mood + "\n")
        self._moods.flush()

    def _drawn(self) -> str:
        at = self._random.random()
        for mood, chance in CHANCES.items():
            at -= chance
            if at < 0:
                return mood
        return ""


def _process(session: Session) -> int:
    """Who brings a mail: schedulers of a storm give their number for a name."""
    number = (session.host_name or "").partition(".")[0]
    return int(number) if number.isdigit() else 0


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


class Door:
    """Where the server listens: one port, always the same."""

    def __init__(self, handler: BadServer) -> None:
        self._handler, self._port = handler, 0
        self._server: asyncio.Server | None = None

    async def open(self) -> int:
        """Listen; returns the port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._make, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        return self._port

    def close(self) -> None:
        """Refuse all connections for a while."""
        if self._server is not None:
            self._server.close()
            self._server = None
            self._opening = asyncio.get_running_loop().create_task(self._open_later())

    async def _open_later(self) -> None:
        await asyncio.sleep(CLOSED * self._handler.pace)
        await self.open()

    def _make(self) -> Dropping:
        return Dropping(self._handler, hostname="sink", timeout=30)


async def serve(folder: Path, seed: int, pace: float) -> None:
    """Listen on a free port, and write it down."""
    port = await BadServer(folder, seed, pace).door.open()
    (folder / "port.new").write_text(str(port))
    (folder / "port.new").rename(folder / "port")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
