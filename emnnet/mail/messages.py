"""What each mail says: its two templates, rendered in the reader's language."""

from dataclasses import dataclass, fields
from datetime import datetime
from email.utils import formataddr
from hashlib import sha256
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale
from flask_mail import Message

from emnnet.mail.material import Material
from emnnet.mail.wrapping import paragraphs, wrapped
from emnnet.models.outbox import OutboxMessage

AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""No out-of-office replies, please; the second is for Exchange. RFC 3834, section 5."""
PLAIN = str.maketrans(dict.fromkeys('",:;<>@[]()\\', " "))
"""Signs that need quotes in a name. Folding a long line, Python loses the quotes."""


@dataclass(frozen=True)
class Letter:
    """A mail as its reader sees it."""

    subject: str
    text: str
    html: str


def compose(message: OutboxMessage, material: Material, *, now: datetime) -> Message:
    """The mail, ready to leave. Raises what the templates raise."""
    letter = write(message, material)
    mail = Message(
        letter.subject,
        recipients=[_recipient(message)],
        body=letter.text,
        html=letter.html,
        sender=_sender(material.office.name),
        reply_to=(material.office.name, material.office.email),
        date=now.timestamp(),
        extra_headers=_headers(message, material),
    )
    mail.msgId = message_id(message)
    return mail


def write(message: OutboxMessage, material: Material) -> Letter:
    """Render both twins; the first line of the text is the subject."""
    context: dict[str, Any] = {
        one.name: getattr(material, one.name) for one in fields(material)
    }
    with force_locale(_language(message)):
        text = render_template(f"email/{message.kind}.txt", **context)
        subject, _, body = text.lstrip("\n").partition("\n")
        subject = " ".join(subject.split())
        context |= {"subject": subject, "paragraphs": list(paragraphs(body))}
        html = render_template(f"email/{message.kind}.html", **context)
    return Letter(subject, wrapped(body), html)


def message_id(message: OutboxMessage) -> str:
    """The same for every try, so that a mail sent twice is known for one."""
    return f"<{sha256(message.key.encode()).hexdigest()[:32]}@{_domain()}>"


def masked(text: str, links: list[str]) -> str:
    """A text to be kept: the keys of its links are left out."""
    for link in links:
        text = text.replace(link, f"{link.rpartition('/')[0]}/…")
    return text


def _headers(message: OutboxMessage, material: Material) -> dict[str, str]:
    headers = AUTOMATIC | {"X-Emnnet-Key": message.key}
    queries = [material.query] if material.query else []
    queries += [item.assignment.query for item in material.reminders]
    if queries:
        threads = dict.fromkeys(
            f"<query-{query.reference}@{_domain()}>" for query in queries
        )
        references = [query.reference for query in queries]
        headers["References"] = " ".join(threads)
        headers["X-Emnnet-Query"] = ", ".join(dict.fromkeys(references))
    if material.unsubscribe:  # one click: RFC 8058; never on a duty mail
        headers["List-Unsubscribe"] = f"<{material.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _recipient(message: OutboxMessage) -> str | tuple[str, str]:
    contact = message.contact
    if contact is not None and contact.email == message.recipient:
        name = " ".join(contact.role_title.translate(PLAIN).split())
        return (name, message.recipient)
    return message.recipient


def _sender(name: str) -> str:
    default = current_app.config["MAIL_DEFAULT_SENDER"]
    address = default[1] if isinstance(default, list | tuple) else default
    return formataddr((name, address))


def _language(message: OutboxMessage) -> str:
    known: list[str] = current_app.config["LANGUAGES"]
    return message.language if message.language in known else known[0]


def _domain() -> str:
    return str(current_app.config["OFFICE_EMAIL"]).rpartition("@")[2]
