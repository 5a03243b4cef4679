"""The mails of a rehearsal, as they lie in the mailbox."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

LINK = re.compile(r"https?://\S+/link/[\w-]+")


@dataclass(frozen=True)
class Mail:
    """One mail: whom it went to, and its text."""

    file: Path
    to: tuple[str, ...]
    subject: str
    text: str
    queries: tuple[str, ...]  # their references
    sent: float  # seconds since 1970

    @property
    def links(self) -> tuple[str, ...]:
        """The personal links in it, each once."""
        return tuple(dict.fromkeys(LINK.findall(self.text)))


class Mailbox:
    """A folder of mails, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._read = folder, dict[Path, Mail]()

    def mails(self) -> Sequence[Mail]:
        """All mails in the order they were sent."""
        for file in self._folder.glob("*.eml"):
            if file not in self._read:
                self._read[file] = _mail(file)
        return [self._read[file] for file in sorted(self._read)]

    def links(self, address: str, reference: str) -> list[str]:
        """The links that somebody got in mails about a query, the newest first."""
        return [
            link
            for mail in reversed(self.mails())
            if address in mail.to and reference in mail.queries
            for link in mail.links
        ]


def _mail(file: Path) -> Mail:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = message.get_body(("plain", "html"))
    to = getaddresses([str(value) for value in message.get_all("to", [])])
    return Mail(
        file,
        tuple(address for _, address in to if "@" in address),
        str(message["subject"] or ""),
        body.get_content() if body else "",
        tuple(str(message["X-Emnnet-Query"] or "").split(", ")),
        parsedate_to_datetime(str(message["date"])).timestamp(),
    )
