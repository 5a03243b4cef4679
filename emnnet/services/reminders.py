"""Promising the reminders that fall due: a row of the ledger each, one mail a day."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.mails import MailKind
from emnnet.domain.reminders import RULES, Base, Due, reminder_due
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.selectors.chases import OpenChase, open_chases
from emnnet.selectors.contacts import Addressee, addressees
from emnnet.selectors.outbox import UNENDED
from emnnet.services import reminder_tasks as tasks
from emnnet.services.outbox import enqueue, is_under_way

log = logging.getLogger(__name__)

EARLIEST = min(rule.offset for rule in RULES if rule.base is Base.DUE)


@dataclass(frozen=True)
class Tick:
    """What one run of the job did."""

    reminders: int = 0
    mails: int = 0
    broken: int = 0

    def __add__(self, other: "Tick") -> "Tick":
        return Tick(
            self.reminders + other.reminders,
            self.mails + other.mails,
            self.broken + other.broken,
        )


@dataclass(frozen=True)
class _Owing:
    """A reminder that is due now."""

    subject: OpenChase
    due: Due


def queue_due_reminders(
    session: Session, calendar: Calendar, *, today: date, now: datetime
) -> Tick:
    """Promise each reminder fallen due by `today`, one mail for each institution.

    Safe to run twice, side by side, or after days without a run: the ledger holds
    each reminder once, and of several fallen due only the latest goes out.
    """
    if not calendar.is_working_day(today):
        return Tick()
    seen = open_chases(session, today, until=_horizon(calendar, today))
    due, tick = _decided(session, seen, calendar, today, now)
    by_institution: dict[int, set[int]] = defaultdict(set)
    for owing in due:
        chased = owing.subject
        by_institution[chased.institution_id].add(chased.assignment_id)
    reached = addressees(session, list(by_institution), today)
    for institution_id, assignment_ids in sorted(by_institution.items()):
        to = reached.get(institution_id)
        if to is None:
            tasks.nobody_to_write_to(session, institution_id, now=now)
            continue
        try:
            with session.begin_nested():
                tick += _remind(
                    session, to, sorted(assignment_ids), calendar, today, now
                )
        except Exception:  # the next run tries again
            log.exception("no reminders for institution %d", institution_id)
    return tick


def _horizon(calendar: Calendar, today: date) -> date:
    """What is due later than this needs no reminder yet; days off in a row included."""
    return calendar.add_working_days(today, -EARLIEST) + timedelta(days=7)


def _decided(
    session: Session,
    subjects: Iterable[OpenChase],
    calendar: Calendar,
    today: date,
    now: datetime,
) -> tuple[list[_Owing], Tick]:
    """What is due now. A record that cannot be judged stops no other (B11)."""
    owing, broken = [], 0
    for subject in subjects:
        try:
            due = reminder_due(subject.chase, today, calendar)
        except Exception as error:
            broken += 1
            tasks.set_aside(session, subject.assignment_id, error, now=now)
        else:
            owing += [_Owing(subject, due)] if due else []
    return owing, Tick(broken=broken)


def _remind(
    session: Session,
    to: Addressee,
    assignment_ids: Sequence[int],
    calendar: Calendar,
    today: date,
    now: datetime,
) -> Tick:
    """Look once more with the rows held, then write ledger and mail (B12)."""
    if _had_its_mail(session, to.institution_id, today, now):
        return Tick()
    _hold(session, assignment_ids)
    subjects = open_chases(session, today, assignment_ids=assignment_ids)
    owing, tick = _decided(session, subjects, calendar, today, now)
    reserved, broken = _reserved_all(session, owing, calendar, now)
    tick += Tick(broken=broken)
    if reserved:
        _promise(session, to, reserved, today, now)
        tick += Tick(reminders=len(reserved), mails=1)
    return tick


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
    session: Session, owing: Sequence[_Owing], calendar: Calendar, now: datetime
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
    session: Session, owing: Sequence[_Owing], calendar: Calendar, now: datetime
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


def _row(one: _Owing, calendar: Calendar, now: datetime) -> dict[str, object]:
    chase, due = one.subject.chase, one.due
    why = {
        "why": [str(reason) for reason in due.why],
        "fell_due_on": due.fell_due_on.isoformat(),
        "due_on": chase.due_on.isoformat(),
        "calendar": calendar.code,
    }
    return {
        "assignment_id": one.subject.assignment_id,
        "contribution_id": one.subject.contribution_id,
        "clock_start": chase.clock_start,
        "kind": due.kind,
        "due_on": _due_on(one),
        "queued_at": now,
        "why": why,
    }


def _due_on(one: _Owing) -> date:
    """The day the mail speaks of: a promise from the deadline on takes its place."""
    chase = one.subject.chase
    promised = chase.promised_on
    return promised if promised and promised >= chase.due_on else chase.due_on


def _promise(
    session: Session,
    to: Addressee,
    reminder_ids: Sequence[int],
    today: date,
    now: datetime,
) -> None:
    """The mail of the day; one that could not leave yesterday takes them in."""
    message = _waiting_mail(session, to.institution_id) or enqueue(
        session,
        MailKind.REMINDER,
        to,
        key=_key(to.institution_id, today),
        now=now,
    )
    if message is None:
        raise RuntimeError("the mail of the day was written by another worker")
    session.execute(
        update(Reminder)
        .where(Reminder.id.in_(reminder_ids))
        .values(message_id=message.id)
        .execution_options(synchronize_session=False)
    )


def _key(institution_id: int, today: date) -> str:
    return f"reminders:{institution_id}:{today.isoformat()}"


def _had_its_mail(
    session: Session, institution_id: int, today: date, now: datetime
) -> bool:
    """Has today's mail left, or is it leaving now? Then the next run sees to it."""
    waiting = _waiting_mail(session, institution_id)
    if waiting is not None:
        return is_under_way(waiting, now)
    key = _key(institution_id, today)
    found = session.scalar(select(OutboxMessage.id).where(OutboxMessage.key == key))
    return found is not None


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
