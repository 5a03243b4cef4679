"""Mails: the body, or the attachment that holds the query with the body behind it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from emnnet.documents.opening.encodings import decoded
from emnnet.documents.opening.values import Kind, OpenedText, UnreadableDocument
from emnnet.documents.opening.web_page import html_text
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.reading import COVERING_LETTER
from emnnet.domain.reading.likeness import is_titled, likeness, names_query

DEEPEST = 3  # mails within mails
MOST_PARTS = 200
SOFT_TEXT = 200  # letters of plain text from which on it is preferred to the HTML

NOTHING = _n(
    "There is no text in this mail and no attachment that can be opened. Save the "
    "attachment and choose that file."
)
NOTHING_BUT = _n("There is no text in this mail. %(reasons)s")
PART_UNREADABLE = _n("The attachment %(name)s could not be opened: %(reason)s")
OUTLOOK_BAG = _n(
    "The attachments are wrapped by Outlook (winmail.dat). Ask the sender for the file "
    "itself."
)
OPENABLE = re.compile(r"\.(?:docx|pdf|txt|html?|eml|doc|rtf|odt|xlsx)$", re.I)
NO_NAME = "?"
Opener = Callable[[bytes, int], OpenedText]


@dataclass
class _Mail:
    """What a mail holds: its own words, and the documents attached."""

    subject: str
    body: str = ""
    attached: list[OpenedText] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)


def open_mail(data: bytes, opener: Opener, depth: int = 0) -> OpenedText:
    """The text of a mail that most likely holds the query; `opener` opens attachments.

    Raises `UnreadableDocument` if there is no text in body and attachments.
    """
    mail = _taken_apart(message_from_bytes(data, policy=policy.default), opener, depth)
    body = _with_subject(mail)
    best = max(mail.attached, key=lambda part: _worth(part.text), default=None)
    if best and _worth(best.text) > _worth(mail.body):
        text = (
            f"{best.text}\n\n{COVERING_LETTER}\n{body}" if body.strip() else best.text
        )
    elif body.strip():
        text = body
    else:
        raise _refusal(mail)
    return OpenedText(text, Kind.MAIL, tuple(mail.names), tuple(mail.warnings))


def _refusal(mail: _Mail) -> UnreadableDocument:
    """Why there is nothing, with what each attachment said."""
    if not mail.warnings:
        return UnreadableDocument(NOTHING)
    reasons = " ".join(str(warning) for warning in mail.warnings)
    return UnreadableDocument(NOTHING_BUT, reasons=reasons)


def _worth(text: str) -> tuple[int, int]:
    """The part most like a query is taken; of parts alike, the longest."""
    return likeness(text), len(text)


def _with_subject(mail: _Mail) -> str:
    """The body, below the subject where the body has no title itself."""
    telling = names_query(mail.subject) or not likeness(mail.body)
    if is_titled(mail.body) or not (mail.subject and mail.body.strip() and telling):
        return mail.body
    return f"Subject: {mail.subject}\n\n{mail.body}"


def _taken_apart(mail: EmailMessage, opener: Opener, depth: int) -> _Mail:
    taken = _Mail(subject=" ".join(str(mail.get("Subject", "")).split()))
    plain, page = "", ""
    for part in _leaves(mail):
        kind, name = part.get_content_type(), part.get_filename()
        attached = part.get_content_disposition() == "attachment" or name
        if kind == "message/rfc822" or (attached and not _is_inline_text(part, name)):
            _attach(taken, part, opener, depth)
        elif kind == "text/plain":
            plain = f"{plain}\n{_text(part)}" if plain else _text(part)
        elif kind == "text/html":
            page = page or _text(part)
    taken.body = (
        plain if len(plain.strip()) >= SOFT_TEXT or not page else _page(page, plain)
    )
    return taken


def _leaves(mail: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that are not containers; a mail within is one part."""
    waiting, seen = [mail], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        if part.get_content_type() != "message/rfc822" and part.is_multipart():
            waiting = [
                p for p in part.iter_parts() if isinstance(p, EmailMessage)
            ] + waiting
        else:
            yield part


def _is_inline_text(part: EmailMessage, name: str | None) -> bool:
    inline = part.get_content_disposition() != "attachment"
    return inline and not name and part.get_content_maintype() == "text"


def _attach(taken: _Mail, part: EmailMessage, opener: Opener, depth: int) -> None:
    """Open an attachment; what cannot be opened becomes a warning."""
    name = part.get_filename()
    shown = name or NO_NAME
    taken.names += [name] if name else []
    if shown.lower() == "winmail.dat":
        taken.warnings.append(message(OUTLOOK_BAG))
        return
    data = _bytes(part)
    is_mail = part.get_content_type() == "message/rfc822"
    if depth >= DEEPEST or not (is_mail or OPENABLE.search(shown)):
        return
    try:
        opened = (
            open_mail(data, opener, depth + 1) if is_mail else opener(data, depth + 1)
        )
    except UnreadableDocument as error:
        reason = str(error)
        taken.warnings.append(message(PART_UNREADABLE, name=shown, reason=reason))
        return
    taken.names += opened.attachment_names
    taken.warnings += opened.warnings
    taken.attached.append(replace(opened, attachment_names=(), warnings=()))


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        within = part.get_payload()
        first = within[0] if isinstance(within, list) and within else None
        return first.as_bytes() if isinstance(first, EmailMessage) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: EmailMessage) -> str:
    found = decoded(_bytes(part), part.get_content_charset())
    return found.text if found else ""


def _page(page: str, plain: str) -> str:
    try:
        return html_text(page)
    except UnreadableDocument:
        return plain
