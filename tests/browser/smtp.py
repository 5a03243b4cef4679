"""A mail server that keeps what it is given, for reading letters as they arrive."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Letter:
    """A mail as its reader sees it: the plain part and its twin, decoded."""

    to: str
    subject: str
    text: str
    html: str
    raw: bytes = field(default=b"", repr=False)

    @property
    def words(self) -> str:
        """The plain text without line breaks and marks of quotation."""
        return " ".join(self.text.replace("\n>", "\n").split())

    @property
    def link(self) -> str:
        """The first address in it."""
        found = LINK.search(self.text)
        assert found, self.text
        return found[0]


@dataclass
class PostOffice:
    """What was delivered, in order; `port` is where the server listens."""

    port: int = 0
    letters: list[Letter] = field(default_factory=list)
    _read: int = 0

    def arrived(self) -> list[Letter]:
        """The letters since the last call, by their readers' addresses."""
        fresh, self._read = self.letters[self._read :], len(self.letters)
        return sorted(fresh, key=lambda letter: (letter.to, letter.subject))

    async def handle_DATA(
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a mail in for each of its recipients."""
        content = cast("bytes", envelope.content)
        mail = cast("EmailMessage", message_from_bytes(content, policy=policy.default))
        self.letters += [_letter(mail, to, content) for to in envelope.rcpt_tos]
        return "250 taken"


class _AnyPort(Controller):
    """Listens on port 0, and then knows which one that was."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A server on a free port of this machine, as long as the block lasts."""
    office = PostOffice()
    controller = _AnyPort(office, hostname="127.0.0.1", port=0)
    controller.start()
    office.port = controller.port
    try:
        yield office
    finally:
        controller.stop()


def _letter(mail: EmailMessage, to: str, raw: bytes) -> Letter:
    subject = str(mail["Subject"])
    return Letter(to, subject, _part(mail, "plain"), _part(mail, "html"), raw)


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""
