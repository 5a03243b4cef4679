"""A person leaves out, brings forward or holds one step of automatic mail."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.chases import Choice
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.ladder import ReminderKind, ladder_for
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.outlook import planned_days
from emnnet.domain.reminders import first_chance
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.mail_decision import MailDecision
from emnnet.selectors.chases import OpenChase, open_chases
from emnnet.selectors.ladders import office_ladders
from emnnet.selectors.mail_board import next_run_on
from emnnet.services.events import record

LONGEST_HOLD = timedelta(days=120)
GONE = _n("This reminder is not planned any more. Look at the board again.")
SOON = _n("It goes out with the next run already.")
NOT_TRUE_YET = _n(
    "It cannot go out before %(day)s: it says that a day is over which is not."
)
HOLD_PAST = _n("Choose a day after %(day)s, or hold it till you release it.")
HOLD_FAR = _n("Choose a day not later than %(day)s, or hold it till you release it.")
UNDONE = _n("This was taken back already.")


@dataclass(frozen=True)
class StepKey:
    """One step of one subject: what the ledger would hold it under."""

    assignment_id: int
    contribution_id: int | None
    clock_start: int
    kind: ReminderKind


def decide(
    session: Session,
    key: StepKey,
    choice: Choice,
    calendar: Calendar,
    *,
    until: date | None = None,
    by: Actor,
    now: datetime,
) -> MailDecision:
    """Keep a decision about a step that lies ahead; it takes an earlier one's place.

    Raises `DomainError` for a step that is not planned, or a day that cannot be.
    """
    today, run_on = office_day(now), next_run_on(now, calendar)
    subject = _get_subject(session, key, today)
    planned_on = _planned_on(session, subject, key.kind, calendar, today)
    former = _find_live(session, key)
    chance = first_chance(key.kind, subject.chase, run_on, calendar)
    _check(choice, until, planned_on, run_on, chance, former, today)
    if former is not None:
        former.undone_at, former.undone_by = now, by.name
        session.flush()
    decision = MailDecision(
        assignment_id=key.assignment_id,
        contribution_id=key.contribution_id,
        clock_start=key.clock_start,
        kind=key.kind,
        choice=choice,
        made_for=chance if choice is Choice.FORWARD else planned_on or run_on,
        until=until if choice is Choice.HOLD else None,
        made_at=now,
        made_by=by.name,
    )
    session.add(decision)
    session.flush()
    _tell(session, decision, EventKind.MAIL_DECIDED, by=by, now=now)
    return decision


def _check(
    choice: Choice,
    until: date | None,
    planned_on: date | None,
    run_on: date,
    chance: date,
    former: MailDecision | None,
    today: date,
) -> None:
    if former is None and planned_on is None:
        raise IllegalAction(GONE)
    if choice is Choice.HOLD and until is not None:
        _check_hold(until, today)
    if choice is Choice.FORWARD and planned_on is not None and planned_on <= run_on:
        raise IllegalAction(SOON)
    if choice is Choice.FORWARD and planned_on is not None and planned_on <= chance:
        raise IllegalAction(NOT_TRUE_YET, day=planned_on)


def undo_decision(
    session: Session, decision: MailDecision, *, by: Actor, now: datetime
) -> None:
    """The step comes as the ladder says. Raises `IllegalAction` the second time."""
    if decision.undone_at is not None:
        raise IllegalAction(UNDONE)
    decision.undone_at, decision.undone_by = now, by.name
    session.flush()
    _tell(session, decision, EventKind.MAIL_DECISION_UNDONE, by=by, now=now)


def _planned_on(
    session: Session,
    subject: OpenChase,
    kind: ReminderKind,
    calendar: Calendar,
    today: date,
) -> date | None:
    """The day on which the step would go out as things stand, or none."""
    rules = ladder_for(subject.duty, office_ladders(session)).active
    planned = planned_days(subject.chase, today, calendar, rules)
    return next((day for day, due in planned if due.kind is kind), None)


def _get_subject(session: Session, key: StepKey, today: date) -> OpenChase:
    """What the step is about; raises `IllegalAction` where nothing is owed any more."""
    for one in open_chases(session, today, assignment_ids=[key.assignment_id]):
        same = one.contribution_id == key.contribution_id
        if same and one.chase.clock_start == key.clock_start:
            return one
    raise IllegalAction(GONE)


def _check_hold(until: date, today: date) -> None:
    if until <= today:
        raise DomainError(HOLD_PAST, day=today)
    if until > today + LONGEST_HOLD:
        raise DomainError(HOLD_FAR, day=today + LONGEST_HOLD)


def _find_live(session: Session, key: StepKey) -> MailDecision | None:
    wanted = select(MailDecision).where(
        MailDecision.assignment_id == key.assignment_id,
        MailDecision.contribution_id.is_(None)
        if key.contribution_id is None
        else MailDecision.contribution_id == key.contribution_id,
        MailDecision.clock_start == key.clock_start,
        MailDecision.kind == key.kind,
        MailDecision.undone_at.is_(None),
    )
    return session.scalar(wanted.with_for_update())


def _tell(
    session: Session,
    decision: MailDecision,
    kind: EventKind,
    *,
    by: Actor,
    now: datetime,
) -> None:
    assignment = session.get_one(Assignment, decision.assignment_id)
    record(
        session,
        kind,
        assignment.query,
        by=by,
        now=now,
        assignment=assignment.id,
        institution=assignment.institution.short,
        reminder=decision.kind.value,
        choice=decision.choice.value,
        until=decision.until,
    )
