"""Mail of ours that came back, as a report says: marked at the contact, told."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.arriving.bounces import Bounce
from emnnet.domain.history import EventKind
from emnnet.domain.roles import SCHEDULER
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.models.outbox import OutboxMessage
from emnnet.services.delivery_outcomes import record_bounce
from emnnet.services.events import record
from emnnet.services.readdressing import pass_on


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


def tell_bounce(
    session: Session,
    message: OutboxMessage,
    bounce: Bounce,
    mail: ArrivedMail,
    *,
    now: datetime,
) -> None:
    """Our mail did not reach its address, and will not: I03. It stays what it is: sent.

    A wrong address is not written to again: the next contact gets the mail. A second
    report about the same mail changes nothing.
    """
    fresh = record_bounce(
        session, message, status=bounce.status, said=bounce.diagnostic, now=now
    )
    if not fresh:
        return
    error = " ".join(part for part in (bounce.status, bounce.diagnostic) if part)
    _record(session, message, mail, error, now=now)
    if message.contact is not None and message.contact.refused_at is not None:
        pass_on(session, message, now=now)


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
