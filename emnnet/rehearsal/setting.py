"""Where a rehearsal takes place: an application, its clock, its mails, its people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.moments import ONE_DAY
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.user import User
from emnnet.rehearsal.clock import MovableClock
from emnnet.rehearsal.log import Log, Stage, WayBlocked
from emnnet.rehearsal.mailbox import Mailbox
from emnnet.selectors.calendar import office_calendar
from emnnet.transaction import committing

MORNING = time(7, 5)
SCHEDULER = "scheduler"


@dataclass(frozen=True)
class Person:
    """Somebody of the office, as the services want it."""

    user_id: int
    actor: Actor

    @property
    def name(self) -> str:
        """As the log calls them."""
        return self.actor.name.lower()


@dataclass
class Setting:
    """All that the simulated people need."""

    app: Flask
    clock: MovableClock
    mailbox: Mailbox
    coordinator: Person
    approver: Person
    calendar: Calendar
    log: Log = field(default_factory=Log)
    woken_on: date = date.min  # the last day on which the morning's jobs ran
    told: set[int] = field(default_factory=set)  # mails that the log has named

    def note(self, who: str, what: str, *, assumed: bool = False) -> None:
        """Write a line of the log, at this moment."""
        self.log.note(self.clock.now, who, what, assumed=assumed)

    def reach(self, stage: Stage) -> None:
        """The way goes on to the next stage."""
        self.log.stage = stage

    @contextmanager
    def working(self) -> Iterator[Session]:
        """One unit of work of somebody in the office; afterwards a minute is gone."""
        with self.app.app_context(), committing() as session:
            yield session
        self.clock.later()

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """Reading only."""
        with self.app.app_context(), committing() as session:
            yield session
            session.rollback()

    def working_day(self, count: int, *, after: date | None = None) -> date:
        """The day so many working days after that one, or after today."""
        return self.calendar.add_working_days(after or self.clock.today, count)


def setting_of(app: Flask, clock: MovableClock, folder: Path) -> Setting:
    """The setting of an application in which accounts and a network exist."""
    with app.app_context(), committing() as session:
        coordinator = _person(session, Role.COORDINATOR)
        approver = _person(session, Role.APPROVER)
        calendar = office_calendar(session, app.config["CALENDAR"])
    return Setting(app, clock, Mailbox(folder), coordinator, approver, calendar)


def let_days_pass(setting: Setting, until: date, hour: time) -> None:
    """Go on to that hour; on each morning between the jobs run, as they do in life."""
    day = max(setting.woken_on + ONE_DAY, setting.clock.today)
    while day <= until:
        setting.clock.move_to(day, MORNING)
        if setting.calendar.is_working_day(day):
            queue_reminders(setting.app)
            deliver(setting)
        setting.woken_on = day
        day += ONE_DAY
    setting.clock.move_to(until, hour)


def deliver(setting: Setting) -> None:
    """Let the job send what waits, and tell of it."""
    while deliver_outbox(setting.app):
        pass  # a turn is short: a slow machine needs several
    with setting.looking() as session:
        rows = session.execute(
            select(OutboxMessage.id, OutboxMessage.kind, OutboxMessage.recipient)
            .where(OutboxMessage.sent_at == setting.clock.now)
            .order_by(OutboxMessage.id)
        ).all()
        _check_failures(session)
    by_kind: dict[str, list[str]] = {}
    for row in rows:
        if row.id not in setting.told:
            words = row.kind.value.replace("_", " ")
            by_kind.setdefault(words, []).append(row.recipient)
            setting.told.add(row.id)
    for words, who in by_kind.items():
        setting.note(SCHEDULER, f"mail, {words}: {', '.join(who)}")


def get_query(session: Session, query_id: int) -> Query:
    """The query of a rehearsal."""
    return session.get_one(Query, query_id)


def _check_failures(session: Session) -> None:
    """In a rehearsal a mail that cannot be written or sent ends the way."""
    failed = session.execute(
        select(OutboxMessage.kind, OutboxMessage.last_error).where(
            OutboxMessage.last_error.is_not(None)
        )
    ).first()
    if failed:
        raise WayBlocked(f"a mail ({failed.kind}) did not leave: {failed.last_error}")


def _person(session: Session, role: Role) -> Person:
    user = session.scalar(
        select(User)
        .where(User.role == role, User.deactivated_at.is_(None))
        .order_by(User.id)
    )
    if user is None:
        raise WayBlocked(f"there is no account of the role {role}")
    return Person(user.id, Actor(ActorKind.PERSON, user.name, user.role, user.id))
