"""Promising the reminders that fall due: a row of the ledger each, one mail a day."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.mails import MailKind
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.selectors.chases import open_chases
from emnnet.selectors.day_mails import day_mails_reading, mail_key
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
from emnnet.services.outbox import enqueue_all, is_under_way, try_again
from emnnet.services.reminder_ledger import reserve

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
    mails: Sequence[PlannedMail],
    terms: Terms,
    *,
    today: date,
    now: datetime,
) -> Tick:
    """Promise planned mails together; all are looked at once more.

    Should anything break, each is promised on its own, and the one that breaks waits.
    """
    try:
        with session.begin_nested():
            return _remind(session, mails, terms, today, now)
    except OperationalError:  # the data base is away, the plan is not at fault
        raise
    except Exception:
        log.warning("reminders are promised mail by mail", exc_info=True)
    tick = Tick()
    for mail in mails:
        try:
            with session.begin_nested():
                tick += _remind(session, [mail], terms, today, now)
        except OperationalError:
            raise
        except Exception:  # the next run tries again
            log.exception("no reminders for institution %d", mail.institution_id)
    return tick


def _set_aside(session: Session, broken: Sequence[BrokenChase], now: datetime) -> Tick:
    for one in broken:
        tasks.set_aside(session, one.assignment_id, one.error, now=now)
    return Tick(broken=len(broken))


def _remind(
    session: Session,
    mails: Sequence[PlannedMail],
    terms: Terms,
    today: date,
    now: datetime,
) -> Tick:
    """Look once more with the rows held, then write ledger and mails (B12)."""
    waiting = _waiting_mails(session, [mail.institution_id for mail in mails])
    wanted = _still_wanted(session, mails, waiting, today, now)
    ids = sorted({id_ for mail in wanted for id_ in mail.assignment_ids})
    if not ids:
        return Tick()
    owing, broken = _looked_again(session, ids, terms, today)
    tick = _set_aside(session, broken, now)
    chased = [one for one in owing if one.due.kind.is_mail]
    reserved, unwritten = reserve(session, chased, terms.calendar, now=now)
    by_body = _by_body(chased, reserved)
    _promise(session, wanted, waiting, by_body, today, now)
    return tick + Tick(len(reserved), len(by_body), broken=unwritten)


def _by_body(
    chased: Iterable[PlannedReminder], reserved: Mapping[int, int]
) -> dict[int, list[int]]:
    """The new rows of the ledger, by the institution that is reminded."""
    bodies = {one.subject.assignment_id: one.subject.institution_id for one in chased}
    grouped: dict[int, list[int]] = defaultdict(list)
    for reminder_id, assignment_id in reserved.items():
        grouped[bodies[assignment_id]].append(reminder_id)
    return grouped


def call(session: Session, plan: MailPlan, terms: Terms, *, now: datetime) -> Tick:
    """The phone step: a row of the ledger, and a task instead of a mail."""
    ids = sorted({one.subject.assignment_id for one in plan.calls})
    if not ids:
        return Tick()
    with session.begin_nested():
        owing, _broken = _looked_again(session, ids, terms, plan.day)
        calls = [one for one in owing if not one.due.kind.is_mail]
        reserved, broken = reserve(session, calls, terms.calendar, now=now)
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
        in_order = rows.order_by(rows.selected_columns[0])  # as everybody: no deadlock
        session.execute(in_order.with_for_update(read=True)).all()


def _promise(
    session: Session,
    mails: Iterable[PlannedMail],
    waiting: Mapping[int, OutboxMessage],
    reminders: Mapping[int, Sequence[int]],
    today: date,
    now: datetime,
) -> None:
    """The mails of the day; one that could not leave yesterday takes them in."""
    fresh = {
        mail_key(mail.institution_id, today): mail.to
        for mail in mails
        if mail.to and mail.institution_id in reminders.keys() - waiting.keys()
    }
    made = enqueue_all(session, MailKind.REMINDER, fresh, now=now)
    for body in reminders.keys() & waiting.keys():
        try_again(waiting[body], now=now)  # it says something new: its waiting is over
    rows = [
        {"id": id_, "message_id": made.get(mail_key(body, today)) or waiting[body].id}
        for body, ids in reminders.items()
        for id_ in ids
    ]
    if rows:
        session.execute(update(Reminder), rows)


def _still_wanted(
    session: Session,
    mails: Iterable[PlannedMail],
    waiting: Mapping[int, OutboxMessage],
    today: date,
    now: datetime,
) -> list[PlannedMail]:
    """Not to whom today's mail left, or is leaving now: the next run sees to those."""
    mails = [mail for mail in mails if mail.to is not None]
    bodies = [mail.institution_id for mail in mails]
    day = day_mails_reading(bodies, today).take(session)
    leaving = {id_ for id_, one in waiting.items() if is_under_way(one, now)}
    return [mail for mail in mails if mail.institution_id not in day.had | leaving]


def _waiting_mails(
    session: Session, institution_ids: Collection[int]
) -> dict[int, OutboxMessage]:
    """The newest mail that waits to leave to each, held."""
    wanted = (
        select(OutboxMessage)
        .where(
            OutboxMessage.kind == MailKind.REMINDER,
            OutboxMessage.institution_id.in_(institution_ids),
            UNENDED,
        )
        .order_by(OutboxMessage.id)
        .with_for_update()
    )
    return {
        message.institution_id: message
        for message in session.scalars(wanted)
        if message.institution_id is not None
    }
