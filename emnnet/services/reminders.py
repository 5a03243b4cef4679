"""Promising the reminders that fall due: a row of the ledger each, one mail a day."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import packed
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.selectors.chases import open_chases
from emnnet.selectors.contacts import Addressee
from emnnet.selectors.day_mails import left_on, mail_key
from emnnet.selectors.outbox import UNENDED
from emnnet.selectors.planned_mail import (
    BrokenChase,
    MailPlan,
    PlannedMail,
    PlannedReminder,
    Terms,
    due_reminders,
    planned_mails,
    read_terms,
)
from emnnet.services import reminder_tasks as tasks
from emnnet.services.outbox import enqueue, is_under_way, try_again

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Tick:
    """What one run of the job did."""

    reminders: int = 0
    mails: int = 0
    broken: int = 0
    calls: int = 0

    def __add__(self, other: "Tick") -> "Tick":
        return Tick(
            self.reminders + other.reminders,
            self.mails + other.mails,
            self.broken + other.broken,
            self.calls + other.calls,
        )


def queue_due_reminders(
    session: Session, calendar: Calendar, *, today: date, now: datetime
) -> Tick:
    """Promise each reminder fallen due by `today`, one mail for each institution.

    Does what `planned_mails` says, and puts calls on the list of the office. Safe to
    run twice, side by side, or after days without a run: the ledger holds each
    reminder once, and of several fallen due only the latest goes out.
    """
    terms = read_terms(session, calendar, today)
    plan = planned_mails(session, calendar, today, terms)
    tick = tell_of_obstacles(session, plan, now=now)
    tick += remind(session, plan.mails, terms, today=today, now=now)
    return tick + call(session, plan, terms, now=now)


def tell_of_obstacles(session: Session, plan: MailPlan, *, now: datetime) -> Tick:
    """What cannot be judged, and who cannot be written to: tasks for the office."""
    tick = _set_aside(session, plan.broken, now)
    for mail in plan.skipped:
        if mail.to is None:
            tasks.nobody_to_write_to(session, mail.institution_id, now=now)
    return tick


def remind(
    session: Session,
    mails: Iterable[PlannedMail],
    terms: Terms,
    *,
    today: date,
    now: datetime,
) -> Tick:
    """Promise planned mails; each is looked at once more. One that breaks waits."""
    tick = Tick()
    for mail in mails:
        try:
            with session.begin_nested():
                tick += _remind(session, mail, terms, today, now)
        except OperationalError:  # the data base is away, the plan is not at fault
            raise
        except Exception:  # the next run tries again
            log.exception("no reminders for institution %d", mail.institution_id)
    return tick


def _set_aside(session: Session, broken: Sequence[BrokenChase], now: datetime) -> Tick:
    for one in broken:
        tasks.set_aside(session, one.assignment_id, one.error, now=now)
    return Tick(broken=len(broken))


def _remind(
    session: Session, mail: PlannedMail, terms: Terms, today: date, now: datetime
) -> Tick:
    """Look once more with the rows held, then write ledger and mail (B12)."""
    if mail.to is None or _had_its_mail(session, mail.institution_id, today, now):
        return Tick()
    owing, broken = _looked_again(session, mail.assignment_ids, terms, today)
    tick = _set_aside(session, broken, now)
    mails = [one for one in owing if one.due.kind.is_mail]
    reserved, unwritten = _reserved_all(session, mails, terms.calendar, now)
    tick += Tick(broken=unwritten)
    if reserved:
        _promise(session, mail.to, reserved, today, now)
        tick += Tick(reminders=len(reserved), mails=1)
    return tick


def call(session: Session, plan: MailPlan, terms: Terms, *, now: datetime) -> Tick:
    """The phone step: a row of the ledger, and a task instead of a mail."""
    ids = sorted({one.subject.assignment_id for one in plan.calls})
    if not ids:
        return Tick()
    with session.begin_nested():
        owing, _broken = _looked_again(session, ids, terms, plan.day)
        calls = [one for one in owing if not one.due.kind.is_mail]
        reserved, broken = _reserved_all(session, calls, terms.calendar, now)
        for reminder in session.scalars(
            select(Reminder).where(Reminder.id.in_(reserved)).order_by(Reminder.id)
        ):
            tasks.call(session, reminder, now=now)
    return Tick(calls=len(reserved), broken=broken)


def _looked_again(
    session: Session, assignment_ids: Sequence[int], terms: Terms, today: date
) -> tuple[list[PlannedReminder], list[BrokenChase]]:
    _hold(session, assignment_ids)
    subjects = open_chases(session, today, assignment_ids=assignment_ids)
    return due_reminders(subjects, today, terms)


def _hold(session: Session, assignment_ids: Sequence[int]) -> None:
    """Wait for whoever changes these rows, and let nobody change them till the end."""
    queries = select(Assignment.query_id).where(Assignment.id.in_(assignment_ids))
    for rows in (
        select(Contribution.id).where(Contribution.assignment_id.in_(assignment_ids)),
        select(Assignment.id).where(Assignment.id.in_(assignment_ids)),
        select(Query.id).where(Query.id.in_(queries)),
    ):
        session.execute(rows.with_for_update(read=True)).all()


def _reserved_all(
    session: Session,
    owing: Sequence[PlannedReminder],
    calendar: Calendar,
    now: datetime,
) -> tuple[list[int], int]:
    """The new rows of the ledger, and how many assignments broke (B11).

    All at once; only if that fails, each assignment in a savepoint of its own.
    """
    try:
        with session.begin_nested():
            return _reserved(session, owing, calendar, now), 0
    except Exception:
        log.warning("the ledger is written assignment by assignment")
    reserved, broken = [], 0
    for assignment_id, group in groupby(
        owing, key=lambda one: one.subject.assignment_id
    ):
        try:
            with session.begin_nested():
                reserved += _reserved(session, list(group), calendar, now)
        except Exception as error:
            broken += 1
            tasks.set_aside(session, assignment_id, error, now=now)
    return reserved, broken


def _reserved(
    session: Session,
    owing: Sequence[PlannedReminder],
    calendar: Calendar,
    now: datetime,
) -> list[int]:
    """The new rows of the ledger; what stands there already is left out."""
    rows = [_row(one, calendar, now) for one in owing]
    if not rows:
        return []
    if session.get_bind().dialect.name == "postgresql":
        anew = postgresql.insert(Reminder).values(rows).on_conflict_do_nothing()
        return list(session.scalars(anew.returning(Reminder.id)))
    fresh = sqlite.insert(Reminder).values(rows).on_conflict_do_nothing()
    return list(session.scalars(fresh.returning(Reminder.id)))


def _row(one: PlannedReminder, calendar: Calendar, now: datetime) -> dict[str, object]:
    chase, due = one.subject.chase, one.due
    why = {
        "why": [str(reason) for reason in due.why],
        "said": [packed(reason) for reason in due.why],
        "fell_due_on": due.fell_due_on.isoformat(),
        "due_on": chase.due_on.isoformat(),
        "calendar": calendar.code,
    }
    return {
        "assignment_id": one.subject.assignment_id,
        "contribution_id": one.subject.contribution_id,
        "clock_start": chase.clock_start,
        "kind": due.kind,
        "due_on": one.due_on,
        "queued_at": now,
        "why": why,
    }


def _promise(
    session: Session,
    to: Addressee,
    reminder_ids: Sequence[int],
    today: date,
    now: datetime,
) -> None:
    """The mail of the day; one that could not leave yesterday takes them in."""
    key = mail_key(to.institution_id, today)
    message = _waiting_mail(session, to.institution_id)
    if message is None:
        message = enqueue(session, MailKind.REMINDER, to, key=key, now=now)
    else:
        try_again(message, now=now)  # it says something new: its waiting is over
    if message is None:
        raise RuntimeError("the mail of the day was written by another worker")
    session.execute(
        update(Reminder)
        .where(Reminder.id.in_(reminder_ids))
        .values(message_id=message.id)
        .execution_options(synchronize_session=False)
    )


def _had_its_mail(
    session: Session, institution_id: int, today: date, now: datetime
) -> bool:
    """Has today's mail left, or is it leaving now? Then the next run sees to it."""
    waiting = _waiting_mail(session, institution_id)
    if waiting is not None:
        return is_under_way(waiting, now)
    found = select(OutboxMessage.id).where(
        OutboxMessage.kind == MailKind.REMINDER,
        OutboxMessage.institution_id == institution_id,
        or_(OutboxMessage.key == mail_key(institution_id, today), left_on(today)),
    )
    return session.scalar(found.limit(1)) is not None


def _waiting_mail(session: Session, institution_id: int) -> OutboxMessage | None:
    wanted = (
        select(OutboxMessage)
        .where(
            OutboxMessage.kind == MailKind.REMINDER,
            OutboxMessage.institution_id == institution_id,
            UNENDED,
        )
        .order_by(OutboxMessage.id.desc())
        .limit(1)
        .with_for_update()
    )
    return session.scalar(wanted)
