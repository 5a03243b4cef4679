"""Telling who stands above the contact, once the third chaser has really left."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.domain.addressing import Purpose
from emnnet.domain.mails import MailKind
from emnnet.domain.moments import office_day
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.selectors.contacts import find_addressee
from emnnet.services.outbox import enqueue
from emnnet.services.reminder_tasks import nobody_above


def promise_copy(
    session: Session,
    message: OutboxMessage,
    reminders: Sequence[Reminder],
    *,
    now: datetime,
) -> OutboxMessage | None:
    """Promise a mail of its own to the escalation contact; none if nobody is named.

    Only of the reminders that call for it, and after they left: addresses are never
    shared, and nobody hears of a chaser that was not sent.
    """
    told = [one.id for one in reminders if one.kind.copies_escalation_contact]
    if not told or message.institution_id is None:
        return None
    day = office_day(now)
    to = find_addressee(session, message.institution_id, day, Purpose.ESCALATION)
    if to is None or to.email == message.recipient:
        nobody_above(session, message, now=now)
        return None
    return enqueue(
        session,
        MailKind.ESCALATION_COPY,
        to,
        key=f"escalation-copy:{message.id}",
        now=now,
        facts={"reminders": told},
    )
