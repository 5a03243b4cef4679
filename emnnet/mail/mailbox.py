"""Reading back the mails that demo mode wrote down."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from pathlib import Path

KEY = re.compile(r"[0-9a-f.-]{1,80}")


@dataclass(frozen=True)
class Envelope:
    """What the list of mails shows."""

    key: str
    name: str
    address: str
    subject: str
    sent_at: datetime | None


@dataclass(frozen=True)
class Letter:
    """A mail as its reader sees it, and the headers a reader does not see."""

    envelope: Envelope
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]


def envelopes(folder: Path, address: str = "") -> list[Envelope]:
    """All that was sent, the newest first; only to one address if it is given."""
    found = [_envelope(path) for path in sorted(folder.glob("*.eml"), reverse=True)]
    return [one for one in found if not address or one.address == address]


def find_letter(folder: Path, key: str) -> Letter | None:
    """One mail, or none."""
    path = folder / f"{key}.eml"
    if not KEY.fullmatch(key) or not path.is_file():
        return None
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 -- what policy.default makes
    headers = [(name, _one_line(str(value))) for name, value in mail.items()]
    return Letter(
        envelope=_seen(key, mail),
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
        headers=tuple(
            header for header in headers if not header[0].startswith("Content")
        ),
    )


def _envelope(path: Path) -> Envelope:
    with path.open("rb") as file:
        mail = BytesHeaderParser(policy=policy.default).parse(file)
    return _seen(path.stem, mail)


def _seen(key: str, mail: EmailMessage) -> Envelope:
    name, address = parseaddr(str(mail["To"]))
    date = mail["Date"]
    return Envelope(
        key=key,
        name=name,
        address=address,
        subject=_one_line(str(mail["Subject"])),  # long ones are folded
        sent_at=date.datetime if date is not None else None,
    )


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    return str(body.get_content()).replace("\r\n", "\n") if body else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
