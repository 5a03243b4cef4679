"""What becomes of a promised mail at the moment it is to leave, looked at once more."""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy.orm import Session

from emnnet.domain.calendar import ONE_DAY, Calendar
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import ContributionStatus, contribution_status
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import Message, _n
from emnnet.domain.messages import message as said
from emnnet.domain.moments import at_hour, office_day
from emnnet.domain.reminders import (
    NOT_NEEDED,
    SentReminder,
    Silence,
    why_expired,
)
from emnnet.domain.roles import SCHEDULER
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.selectors.chases import OpenChase, open_chases
from emnnet.selectors.contributions import facts_of
from emnnet.selectors.reminders import owed_of, reminders_in
from emnnet.services.events import record
from emnnet.services.outbox import mark_expired, postpone
from emnnet.services.readdressing import reaches

MORNING = time(7)

ASKING = {
    MailKind.INVITATION,
    MailKind.RETURNED,
    MailKind.DUE_CHANGED,
    MailKind.CLOCK_RESTARTED,
}
WHILE_IT_RUNS = {
    MailKind.CLEARANCE_ASKED,
    MailKind.CLOCK_STOPPED,
    MailKind.MORE_TIME_REFUSED,
    MailKind.QUESTION_CORRECTED,
    MailKind.QUESTION_CLARIFIED,
}
"""What nobody needs to read once the query is over."""

SENT_ALREADY = _n("Not needed: the national response has been sent.")
DATE_CHANGED = _n("The deadline has changed since: it is %(day)s.")
PROMISED = _n("Promised for %(day)s meanwhile.")
DECIDED = _n("Not needed: it has been decided.")


def still_true(
    session: Session, message: OutboxMessage, calendar: Calendar, *, now: datetime
) -> bool:
    """May it leave now? If not, it is marked already: expired, waiting or failed.

    Reminders that are no longer true are taken out of a mail that holds others; a
    chaser waits for the next working day; a refused address finds its substitute.
    """
    reason = _why_expired(session, message, calendar, now=now)
    if reason is not None:
        mark_expired(message, str(reason), now=now)
        return False
    if message.kind is MailKind.REMINDER:
        today = office_day(now)
        if not calendar.is_working_day(today):
            opening = calendar.on_or_after(today + ONE_DAY)
            postpone(message, at_hour(opening, MORNING))
            return False
    return reaches(session, message, now=now)


def _why_expired(
    session: Session, message: OutboxMessage, calendar: Calendar, *, now: datetime
) -> Message | None:
    if message.kind is MailKind.REMINDER:
        return _left_of_reminders(session, message, calendar, now=now)
    if message.kind in WHILE_IT_RUNS and message.query is not None:
        return why_query_is_over(message.query)
    if message.kind in ASKING and message.assignment is not None:
        return _why_nothing_is_asked(message.assignment, message.kind)
    return None


def _left_of_reminders(
    session: Session, message: OutboxMessage, calendar: Calendar, *, now: datetime
) -> Message | None:
    """Drop what is no longer true (B13); the reason of the first if nothing is left."""
    reminders = reminders_in(session, message)
    reasons = reasons_against(session, reminders, calendar, now=now)
    for reminder in reminders:
        reason = reasons.get(reminder.id)
        if reason is not None:
            expire_reminder(session, reminder, reason, now=now)
    if len(reasons) < len(reminders):
        return None
    return next(iter(reasons.values()), said(NOT_NEEDED[Silence.SUBMITTED]))


def reasons_against(
    session: Session,
    reminders: Sequence[Reminder],
    calendar: Calendar,
    *,
    now: datetime,
) -> dict[int, Message]:
    """Why some of these reminders must not leave any more, by their id."""
    today = office_day(now)
    ids = {reminder.assignment_id for reminder in reminders}
    chases = {
        (one.assignment_id, one.contribution_id): one
        for one in open_chases(session, today, assignment_ids=ids)
    }
    found: dict[int, Message] = {}
    for reminder in reminders:
        subject = chases.get((reminder.assignment_id, reminder.contribution_id))
        reason = _against(reminder, subject, calendar, now=now)
        if reason is not None:
            found[reminder.id] = reason
    return found


def _against(
    reminder: Reminder, subject: OpenChase | None, calendar: Calendar, *, now: datetime
) -> Message | None:
    if subject is None:
        return why_silent(reminder.assignment)
    queued = SentReminder(reminder.kind, reminder.clock_start, None)
    return why_expired(queued, subject.chase, office_day(now), calendar)


def why_silent(assignment: Assignment) -> Message:
    """Why nothing is to be chased of what was put to the institution as a whole."""
    over = why_query_is_over(assignment.query)
    if over is not None:
        return over
    for one in owed_of(assignment):  # what is still owed has got a date of its own
        if one.promised_on is not None:
            return said(PROMISED, day=one.promised_on)
        if one.due_on is not None:
            return said(DATE_CHANGED, day=one.due_on)
    states = {
        contribution_status(facts_of(one, assignment.query))
        for one in assignment.contributions
    } - {ContributionStatus.INFORMED}
    if states == {ContributionStatus.RELEASED}:
        return said(NOT_NEEDED[Silence.RELEASED])
    if states <= {ContributionStatus.RELEASED, ContributionStatus.DECLINED}:
        return said(NOT_NEEDED[Silence.DECLINED])
    return said(NOT_NEEDED[Silence.SUBMITTED])


def why_query_is_over(query: Query) -> Message | None:
    """Why nobody is asked about a query any more, or None while it runs."""
    if query.withdrawn_at or query.deleted_at:
        return said(NOT_NEEDED[Silence.WITHDRAWN])
    if query.closed_at:
        return said(NOT_NEEDED[Silence.CLOSED])
    return said(SENT_ALREADY) if query.sent_on else None


def _why_nothing_is_asked(assignment: Assignment, kind: MailKind) -> Message | None:
    """An invitation also goes to who is only informed; the others ask for something."""
    over = why_query_is_over(assignment.query)
    if over is not None or owed_of(assignment):
        return over
    live = [one for one in assignment.contributions if one.released_at is None]
    informed = live and all(not one.role.owes for one in live)
    if kind is MailKind.INVITATION and informed:
        return None
    return why_silent(assignment)


def expire_reminder(
    session: Session, reminder: Reminder, reason: Message, *, now: datetime
) -> None:
    """It is no longer true: it is dropped from its mail, and the history says why."""
    reminder.expired_at = now
    assignment = reminder.assignment
    record(
        session,
        EventKind.REMINDER_EXPIRED,
        assignment.query,
        by=SCHEDULER,
        now=now,
        assignment=assignment.id,
        institution=assignment.institution.short,
        reminder=reminder.kind.value,
        reason=str(reason),
    )
