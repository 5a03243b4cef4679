"""Whether a promised mail still reaches its reader, and who gets it instead."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from emnnet.domain.addressing import Reach
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import Message, _n, packed
from emnnet.domain.messages import message as said
from emnnet.domain.moments import office_day
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.models.task import TaskKind
from emnnet.selectors.contacts import Reachable, addressee_of, reachables
from emnnet.services.outbox import WHY, enqueue, mark_failed, opening, postpone
from emnnet.services.tasks import open_task

TO_THE_INSTITUTION = {
    MailKind.INVITATION,
    MailKind.REMINDER,
    MailKind.RETURNED,
    MailKind.RELEASED,
    MailKind.DUE_CHANGED,
    MailKind.MORE_TIME_REFUSED,
    MailKind.CLOCK_STOPPED,
    MailKind.CLOCK_RESTARTED,
    MailKind.QUESTION_CORRECTED,
    MailKind.QUESTION_CLARIFIED,
    MailKind.WITHDRAWN,
    MailKind.NO_LONGER_NEEDED,
}
"""What another contact of the institution may get instead."""

NO_ADDRESS = _n("The address was refused, and the institution has no other contact.")
NOBODY_LEFT = _n("The contact cannot be written to, and there is no other one.")
PASSED_ON = _n("Not to %(address)s: the address refuses mail.")


def reaches(session: Session, message: OutboxMessage, *, now: datetime) -> bool:
    """May it leave for its address now?

    If not, it waits for the end of a closure, or has failed and is a task. A contact
    who cannot be written to any more is replaced, and the mail keeps the reason.
    """
    if message.kind in TO_THE_INSTITUTION and message.institution_id is not None:
        return _reaches_institution(session, message, message.institution_id, now=now)
    contact = message.contact
    if contact is None or contact.refused_at is None:
        return True
    if contact.email != message.recipient:
        return True
    return _fail(session, message, said(NO_ADDRESS), now=now)


def pass_on(
    session: Session, message: OutboxMessage, *, now: datetime
) -> OutboxMessage | None:
    """Promise a refused mail to whoever comes next; none where nobody does.

    The reminders it held go with it: they are promised still, not once more.
    """
    institution_id = message.institution_id
    if message.kind not in TO_THE_INSTITUTION or institution_id is None:
        return None
    session.flush()
    day = office_day(now)
    known = reachables(session, [institution_id]).get(institution_id, Reachable())
    to = known.reach(day)
    if to is None or to.email == message.recipient or _was_tried(session, message, to):
        return None
    why = to.why or (said(PASSED_ON, address=message.recipient),)
    addressee = replace(addressee_of(institution_id, to), why=why)
    again = enqueue(
        session,
        message.kind,
        addressee,
        key=_passed_on_key(message, to),
        now=now,
        query=message.query,
        assignment=message.assignment,
        facts={name: fact for name, fact in message.facts.items() if name != WHY},
    )
    if again is not None:
        _take_along(session, message, again)
    return again


def _passed_on_key(message: OutboxMessage, to: Reach) -> str:
    return f"{message.key}:to:{to.contact_id or 'mailbox'}"


def _was_tried(session: Session, message: OutboxMessage, to: Reach) -> bool:
    """Did this very mail go to that address before, and come back?"""
    first = message.key.partition(":to:")[0]
    tried = session.scalars(
        select(OutboxMessage.recipient).where(
            OutboxMessage.key.startswith(first, autoescape=True),
            OutboxMessage.institution_id == message.institution_id,
            OutboxMessage.kind == message.kind,
        )
    )
    return to.email in set(tried)


def _take_along(session: Session, old: OutboxMessage, new: OutboxMessage) -> None:
    session.execute(
        update(Reminder)
        .where(Reminder.message_id == old.id, Reminder.expired_at.is_(None))
        .values(message_id=new.id)
        .execution_options(synchronize_session=False)
    )


def _reaches_institution(
    session: Session, message: OutboxMessage, institution_id: int, *, now: datetime
) -> bool:
    day = office_day(now)
    known = reachables(session, [institution_id]).get(institution_id, Reachable())
    to = known.reach(day)
    if to is not None and to.not_before is not None:
        _note(message, to)
        postpone(message, opening(to.not_before))
        return False
    closed = any(closure.covers(day) for closure in known.closures)
    if not closed and known.may_be_written_to(message.contact_id, day):
        return True
    if to is None or (to.contact_id is None and to.email == message.recipient):
        refused = message.contact is not None and message.contact.refused_at is not None
        reason = NO_ADDRESS if refused else NOBODY_LEFT
        return to is not None or _fail(session, message, said(reason), now=now)
    message.recipient, message.language = to.email, to.language
    message.contact_id = to.contact_id
    _note(message, to)
    session.flush()
    return True


def _note(message: OutboxMessage, to: Reach) -> None:
    """Why it goes there now stands with the mail."""
    message.facts = {**message.facts, WHY: [packed(reason) for reason in to.why]}


def _fail(
    session: Session, message: OutboxMessage, reason: Message, *, now: datetime
) -> bool:
    mark_failed(message, reason.text, final=True, now=now)
    contact = message.contact
    open_task(
        session,
        TaskKind.ADDRESS_REFUSED,
        f"address-refused:{message.id}",
        now=now,
        query_id=message.query_id,
        institution_id=message.institution_id,
        message_id=message.id,
        address=message.recipient,
        error=(contact.refusal if contact else None) or reason.text,
    )
    return False
