"""From a promised row to a mail that can leave: links are made, words put together."""

import logging
from collections.abc import Sequence
from datetime import datetime

from flask_mail import Message
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.links import LinkPurpose
from emnnet.domain.mails import MailKind
from emnnet.domain.moments import office_day
from emnnet.mail.errand_links import ErrandLinks, errand_links
from emnnet.mail.links import link_url
from emnnet.mail.material import Links, gather
from emnnet.mail.messages import compose, masked
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.contacts import Addressee
from emnnet.selectors.reminders import RemindedOf, copied, grouped, reminders_in
from emnnet.services.delivery_outcomes import set_aside
from emnnet.services.links import issue_link

log = logging.getLogger(__name__)

NO_ERRANDS = ErrandLinks()
STAND_IN = "example"


def written(
    session: Session, message: OutboxMessage, calendar: Calendar, *, now: datetime
) -> tuple[Message, str]:
    """The mail, and its text as it may be kept: the keys of the links left out.

    The links count once this is committed, so commit before the mail leaves. A
    reminder that breaks a mail is set aside, and the others leave without it (B11).
    """
    entries = _entries(session, message)
    links = _links(session, message, entries, now=now)
    errands = errand_links(session, message, now=now)
    try:
        mail = _composed(session, message, entries, links, calendar, errands, now=now)
    except Exception as error:
        whole = _whole(session, message, entries, links, calendar, now=now)
        if not whole:
            raise
        bad = [entry for entry in entries if entry not in whole]
        for entry in bad:
            log.exception("no reminder for assignment %d", entry.assignment.id)
            set_aside(session, message, entry.reminders, str(error), now=now)
        mail = _composed(session, message, whole, links, calendar, errands, now=now)
    return mail, masked(mail.body or "", [*links.values(), *errands.all()])


def held(
    session: Session, message: OutboxMessage, calendar: Calendar, *, now: datetime
) -> dict[str, str]:
    """Subject and body of a mail that never leaves: no link is made for it."""
    entries = _entries(session, message)
    asked = [entry.assignment.id for entry in entries]
    if message.assignment_id is not None:
        asked.append(message.assignment_id)
    links = dict.fromkeys(asked, link_url(STAND_IN))
    mail = _composed(session, message, entries, links, calendar, now=now)
    return {"subject": mail.subject, "body": masked(mail.body or "", [*links.values()])}


def _entries(session: Session, message: OutboxMessage) -> list[RemindedOf]:
    if message.kind is MailKind.ESCALATION_COPY:
        return [entry for entry in copied(session, message) if entry.contributions]
    if message.kind is not MailKind.REMINDER:
        return []
    return grouped(reminders_in(session, message))


def _links(
    session: Session,
    message: OutboxMessage,
    entries: Sequence[RemindedOf],
    *,
    now: datetime,
) -> Links:
    """One link for each query: a second one would make the first useless."""
    asked: dict[int, Assignment] = {}
    if message.kind is MailKind.REMINDER:
        asked = {entry.assignment.id: entry.assignment for entry in entries}
    if message.kind.carries_link and message.assignment is not None:
        asked[message.assignment.id] = message.assignment
    to = Addressee(
        message.institution_id or 0,
        message.recipient,
        message.language,
        message.contact_id,
    )
    purpose = LinkPurpose.CONTRIBUTE
    return {
        id_: link_url(issue_link(session, assignment, purpose, to, now=now))
        for id_, assignment in asked.items()
    }


def _composed(
    session: Session,
    message: OutboxMessage,
    entries: Sequence[RemindedOf],
    links: Links,
    calendar: Calendar,
    errands: ErrandLinks = NO_ERRANDS,
    *,
    now: datetime,
) -> Message:
    material = gather(
        session,
        message,
        entries,
        links,
        calendar=calendar,
        today=office_day(now),
        errands=errands,
    )
    return compose(message, material, now=now)


def _whole(
    session: Session,
    message: OutboxMessage,
    entries: Sequence[RemindedOf],
    links: Links,
    calendar: Calendar,
    *,
    now: datetime,
) -> list[RemindedOf]:
    """The entries with which a mail can be written."""
    whole: list[RemindedOf] = []
    if message.kind is not MailKind.REMINDER:
        return whole
    for entry in entries if len(entries) > 1 else ():
        try:
            _composed(session, message, [entry], links, calendar, now=now)
        except Exception:
            log.debug("assignment %d breaks the mail", entry.assignment.id)
        else:
            whole.append(entry)
    return whole
