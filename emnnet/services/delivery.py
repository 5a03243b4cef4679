"""What becomes of a promised mail at the moment it is to leave, looked at once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from emnnet.domain.calendar import ONE_DAY, Calendar
from emnnet.domain.history import EventKind
from emnnet.domain.ladder import Ladders, ReminderKind, ladder_for
from emnnet.domain.lifecycle import ContributionStatus, contribution_status
from emnnet.domain.mail_pauses import find_quiet
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import Message, _n
from emnnet.domain.messages import message as said
from emnnet.domain.moments import at_hour, office_day
from emnnet.domain.reminders import (
    NOT_NEEDED,
    SentReminder,
    Silence,
    why_expired,
    why_held,
)
from emnnet.domain.roles import SCHEDULER
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.selectors.chases import OpenChase, open_chases
from emnnet.selectors.contributions import facts_of
from emnnet.selectors.ladders import mail_pauses, office_ladders, quiets
from emnnet.selectors.reminders import copied, owed_of, reminders_in
from emnnet.selectors.waiting_chasers import without_stale_chasers
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
    if message.kind.is_automatic and not _may_leave(session, message, calendar, now):
        opening = calendar.on_or_after(office_day(now) + ONE_DAY)
        postpone(message, at_hour(opening, MORNING))
        return False
    return reaches(session, message, now=now)


def _may_leave(
    session: Session, message: OutboxMessage, calendar: Calendar, now: datetime
) -> bool:
    """Not on a day off; in a pause only what a person sent by hand."""
    today = office_day(now)
    if not calendar.is_working_day(today):
        return False
    if find_quiet(quiets(mail_pauses(session, today)), today) is None:
        return True
    kinds = {reminder.kind for reminder in reminders_in(session, message)}
    return kinds == {ReminderKind.BY_HAND}


def _why_expired(
    session: Session, message: OutboxMessage, calendar: Calendar, *, now: datetime
) -> Message | None:
    if message.kind is MailKind.REMINDER:
        return _left_of_reminders(session, message, calendar, now=now)
    if message.kind is MailKind.ESCALATION_COPY:
        return _why_no_copy(session, message)
    if message.kind in WHILE_IT_RUNS and message.query is not None:
        return why_query_is_over(message.query)
    if message.kind in ASKING and message.assignment is not None:
        return _why_nothing_is_asked(message.assignment, message.kind)
    return None


def _why_no_copy(session: Session, message: OutboxMessage) -> Message | None:
    """Who stands above hears of what is still owed, and of nothing else."""
    if any(entry.contributions for entry in copied(session, message)):
        return None
    return said(NOT_NEEDED[Silence.SUBMITTED])


def _left_of_reminders(
    session: Session, message: OutboxMessage, calendar: Calendar, *, now: datetime
) -> Message | None:
    """Drop what is no longer true (B13); the reason of the first if nothing is left.

    What a person holds back is taken out of the ledger: it may be promised again.
    """
    reminders = reminders_in(session, message)
    verdicts = verdicts_on(session, reminders, calendar, now=now)
    for reminder in reminders:
        verdict = verdicts.get(reminder.id)
        if verdict is not None:
            expire_reminder(session, reminder, verdict.reason, now=now)
        if verdict is not None and verdict.may_come_again:
            session.delete(reminder)
    if len(verdicts) < len(reminders):
        return None
    reasons = [verdict.reason for verdict in verdicts.values()]
    return next(iter(reasons), said(NOT_NEEDED[Silence.SUBMITTED]))


@dataclass(frozen=True)
class Verdict:
    """Why a reminder must not leave now, and whether it may be promised again."""

    reason: Message
    may_come_again: bool = False


def verdicts_on(
    session: Session,
    reminders: Sequence[Reminder],
    calendar: Calendar,
    *,
    now: datetime,
) -> dict[int, Verdict]:
    """Why some of these reminders must not leave now, by their id."""
    today = office_day(now)
    ids = {reminder.assignment_id for reminder in reminders}
    ladders = office_ladders(session)
    seen = open_chases(session, today, assignment_ids=ids)
    chases = {
        (one.assignment_id, one.contribution_id): one
        for one in without_stale_chasers(seen, today, calendar, ladders)
    }
    found: dict[int, Verdict] = {}
    for reminder in reminders:
        subject = chases.get((reminder.assignment_id, reminder.contribution_id))
        verdict = _against(reminder, subject, ladders, calendar, today)
        if verdict is not None:
            found[reminder.id] = verdict
    return found


def _against(
    reminder: Reminder,
    subject: OpenChase | None,
    ladders: Ladders,
    calendar: Calendar,
    today: date,
) -> Verdict | None:
    if subject is None:
        return Verdict(why_silent(reminder.assignment))
    queued = SentReminder(reminder.kind, reminder.clock_start, None)
    held = why_held(queued, subject.chase, today)
    if held is not None:
        return Verdict(held, may_come_again=True)
    rules = ladder_for(subject.duty, ladders).active
    reason = why_expired(queued, subject.chase, today, calendar, rules)
    return Verdict(reason) if reason is not None else None


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
