"""What stands above a mail: who, to whom, about what, and that a program wrote it."""

from flask import current_app

from emnnet.mail.material import Material, language_of
from emnnet.mail.references import Reference, make_reference
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query

AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""No out-of-office replies, please; the second is for Exchange. RFC 3834, section 5."""
LONGEST_SUBJECT = 200  # and then the reference


def headers(message: OutboxMessage, material: Material) -> dict[str, str]:
    """All that readers do not see."""
    made = AUTOMATIC | {
        "X-Emnnet-Key": message.key,
        "Content-Language": language_of(message),
    }
    if references := references_of(message, material):
        made["X-Emnnet-Reference"] = ", ".join(str(one) for one in references)
        queries = dict.fromkeys(one.query for one in references)
        made["X-Emnnet-Query"] = ", ".join(queries)
    if material.thread:
        made["In-Reply-To"] = made["References"] = material.thread
    if material.unsubscribe:  # RFC 8058; never for what an institution owes
        made["List-Unsubscribe"] = f"<{material.unsubscribe}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return made


def references_of(message: OutboxMessage, material: Material) -> list[Reference]:
    """The numbers of all that a mail is about."""
    if material.reminders:
        asked = [item.assignment for item in material.reminders]
        found = [make_reference(one.query, one) for one in asked]
        return list(dict.fromkeys(found))
    query: Query | None = material.query
    return [make_reference(query, message.assignment)] if query else []


def subject_line(subject: str, references: list[Reference]) -> str:
    """The subject, never endless, with the number by which an answer is known."""
    if len(subject) > LONGEST_SUBJECT:
        subject = f"{subject[: LONGEST_SUBJECT - 1].rstrip()}…"
    return f"{subject} [{references[0]}]" if len(references) == 1 else subject


def reply_address(references: list[Reference]) -> str:
    """Where answers go: the office's address, or one that names what they are about."""
    settings = current_app.config
    pattern = settings["MAIL_REPLY_PATTERN"]
    if pattern and len(references) == 1:
        return str(pattern).replace("{key}", references[0].key)
    return str(settings["OFFICE_EMAIL"])


def recipient(message: OutboxMessage) -> str | tuple[str, str]:
    """The one reader, by name if we know it."""
    contact = message.contact
    if contact is not None and contact.email == message.recipient:
        name = " ".join(contact.role_title.split())
        return (name, message.recipient)
    return message.recipient


def sender(name: str) -> tuple[str, str]:
    """The office, by its name in the reader's language."""
    default = current_app.config["MAIL_DEFAULT_SENDER"]
    address = default[1] if isinstance(default, list | tuple) else default
    return (name, str(address))
