"""Mail of ours that came back, as a report says: marked at the contact, told."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.arriving.bounces import Bounce
from emnnet.domain.history import EventKind
from emnnet.domain.roles import SCHEDULER
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.models.contact import Contact
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import TaskKind
from emnnet.services.events import record
from emnnet.services.readdressing import pass_on
from emnnet.services.tasks import open_task

LONGEST_ERROR = 500


def find_returned(
    session: Session, message_ids: tuple[str, ...], address: str
) -> OutboxMessage | None:
    """The mail of ours that a report speaks of; an address it names must agree.

    Whoever knows a Message-ID could forge a report: it can only stop mail to the
    address that the mail went to.
    """
    if not message_ids:
        return None
    wanted = select(OutboxMessage).where(OutboxMessage.message_id.in_(message_ids))
    if address:
        wanted = wanted.where(func.lower(OutboxMessage.recipient) == address.lower())
    return session.scalar(wanted.order_by(OutboxMessage.id.desc()).limit(1))


def record_bounce(
    session: Session,
    message: OutboxMessage,
    bounce: Bounce,
    mail: ArrivedMail,
    *,
    now: datetime,
) -> None:
    """Our mail did not reach its address, and will not: I03. It stays what it is: sent.

    The address is not written to again, the next contact gets the mail, and the
    office a task.
    """
    error = " ".join(part for part in (bounce.status, bounce.diagnostic) if part)
    contact = _contact(session, message)
    if contact is not None:
        contact.refused_at, contact.refusal = contact.refused_at or now, error
    open_task(
        session,
        TaskKind.ADDRESS_REFUSED,
        f"{TaskKind.ADDRESS_REFUSED}:{message.id}",
        now=now,
        query_id=message.query_id,
        institution_id=message.institution_id,
        message_id=message.id,
        address=message.recipient,
        mail=message.kind.value,
        error=error[:LONGEST_ERROR],
    )
    _record(session, message, mail, error, now=now)
    pass_on(session, message, now=now)


def _contact(session: Session, message: OutboxMessage) -> Contact | None:
    """The contact whose address it was, if it is theirs still."""
    contact = message.contact
    mine = contact is not None and contact.email.lower() == message.recipient.lower()
    return contact if mine else None


def _record(
    session: Session,
    message: OutboxMessage,
    mail: ArrivedMail,
    error: str,
    *,
    now: datetime,
) -> None:
    assignment = message.assignment
    query = message.query or (assignment.query if assignment else None)
    if query is None:
        return
    record(
        session,
        EventKind.MAIL_RETURNED,
        query,
        by=SCHEDULER,
        now=now,
        institution=message.institution.short if message.institution else None,
        mail=message.kind.value,
        message=message.id,
        arrived_mail=mail.id,
        error=error[:200],
    )
