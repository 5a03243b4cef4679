"""What each mail says: its two templates, rendered in the reader's language."""

from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale
from flask_mail import Message

from emnnet.mail.headers import (
    headers,
    recipient,
    references_of,
    reply_address,
    sender,
    subject_line,
)
from emnnet.mail.material import Material, language_of
from emnnet.mail.mime import Mail
from emnnet.mail.parts import Parts
from emnnet.mail.references import message_id as message_id
from emnnet.mail.worded import Words, in_own_words
from emnnet.mail.wrapping import paragraphs, wrapped
from emnnet.models.outbox import OutboxMessage


@dataclass(frozen=True)
class Letter:
    """A mail as its reader sees it; `wording_id` if it is in the office's own words."""

    subject: str
    text: str
    html: str
    wording_id: int | None = None


def compose(message: OutboxMessage, material: Material, *, now: datetime) -> Message:
    """The mail, ready to leave; its row notes which words. Raises what templates do."""
    letter = write(message, material)
    message.wording_id = letter.wording_id
    message.template_version = shipped_version()
    references = references_of(message, material)
    mail = Mail(
        subject_line(letter.subject, references),
        recipients=[recipient(message)],
        body=letter.text,
        html=letter.html,
        sender=sender(material.office.name),
        reply_to=(material.office.name, reply_address(references)),
        date=now.timestamp(),
        extra_headers=headers(message, material),
    )
    mail.msgId = message_id(message)
    return mail


def write(message: OutboxMessage, material: Material) -> Letter:
    """Both twins, in the office's own words where it has given some."""
    with force_locale(language_of(message)):
        parts = Parts()
        shipped = render_shipped(message.kind, material, parts)
        words = in_own_words(message.kind, material, parts, shipped)
        return both_twins(message.kind, material, words)


def render_shipped(kind: str, material: Material, parts: Parts) -> Words:
    """What the template says; its first line is the subject."""
    text = render_template(
        f"email/{kind}.txt",
        **_context(material),
        part=parts.part,
        occasion=parts.occasion,
    )
    subject, _, body = text.lstrip("\n").partition("\n")
    return Words(" ".join(subject.split()), body)


def both_twins(kind: str, material: Material, words: Words) -> Letter:
    """Plain text, and the same paragraphs as HTML."""
    html = render_template(
        f"email/{kind}.html",
        **_context(material),
        subject=words.subject,
        paragraphs=list(paragraphs(words.body)),
    )
    id_ = words.wording.id if words.wording else None
    return Letter(words.subject, wrapped(words.body), html, id_)


def masked(text: str, links: list[str]) -> str:
    """A text to be kept: the keys of its links are left out."""
    for link in links:
        text = text.replace(link, f"{link.rpartition('/')[0]}/…")
    return text


def shipped_version() -> str:
    """Which shipped texts these are: it changes when one of them does."""
    return _digest(str(current_app.template_folder))


@lru_cache(maxsize=8)
def _digest(folder: str) -> str:
    made = sha256()
    for path in sorted(Path(folder, "email").glob("*.txt")):
        made.update(path.read_bytes())
    return made.hexdigest()[:8]


def _context(material: Material) -> dict[str, Any]:
    return {one.name: getattr(material, one.name) for one in fields(material)}
