"""What a person does about mail that did not leave."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import IllegalAction
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task
from emnnet.selectors.contacts import find_addressee
from emnnet.services.outbox import try_again
from emnnet.services.tasks import finish_task

ENDED = _n("This mail has left or was dropped: there is nothing to send again.")


def retry(
    session: Session, message: OutboxMessage, *, by: Actor, now: datetime
) -> None:
    """Try a mail anew, at once; its tasks are done with it.

    It goes to the address the contact has by now; one that was refused is given
    another chance where the institution has nobody else. Raises `IllegalAction`.
    """
    if message.sent_at is not None or message.expired_at is not None:
        raise IllegalAction(ENDED)
    contact = message.contact
    if contact is not None:
        if contact.refused_at is None:
            message.recipient = contact.email
        elif not _has_another(session, message, now):
            contact.refused_at = contact.refusal = None
    try_again(message, now=now)
    undone = select(Task).where(Task.message_id == message.id, Task.done_at.is_(None))
    for task in session.scalars(undone):
        finish_task(task, by=by, now=now)


def _has_another(session: Session, message: OutboxMessage, now: datetime) -> bool:
    if message.institution_id is None:
        return False
    return find_addressee(session, message.institution_id, office_day(now)) is not None
