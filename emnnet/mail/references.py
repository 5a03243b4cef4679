"""The number of a mail: in its subject, its Message-ID and its reply address.

What reads mails that arrive takes `find_reference` (subject, text) and `find_key`
(In-Reply-To, References, the address it was sent to) of `emnnet.domain.references`.
"""

from hashlib import sha256

from flask import current_app

from emnnet.domain.references import Reference as Reference
from emnnet.domain.references import find_key as find_key
from emnnet.domain.references import find_reference as find_reference
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query


def make_reference(query: Query, assignment: Assignment | None = None) -> Reference:
    """The number of what was put to one institution, or of a query as a whole."""
    country = str(current_app.config["OFFICE_COUNTRY"])
    part = assignment.id if assignment else None
    return Reference(country, query.year, query.number, part)


def reference_of(message: OutboxMessage) -> Reference | None:
    """What the row of a mail says it is about; a mail about several has none."""
    assignment = message.assignment
    query = message.query or (assignment.query if assignment else None)
    return make_reference(query, assignment) if query else None


def message_id(message: OutboxMessage) -> str:
    """The same for every try, so that a mail sent twice is known for one."""
    made = sha256(message.key.encode()).hexdigest()[:32]
    reference = reference_of(message)
    return (
        f"<{reference.key}.{made}@{domain()}>" if reference else f"<{made}@{domain()}>"
    )


def domain() -> str:
    """The part of our addresses behind the @."""
    return str(current_app.config["OFFICE_EMAIL"]).rpartition("@")[2]
