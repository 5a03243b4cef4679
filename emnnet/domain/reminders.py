"""Which reminder falls due, decided from facts alone, and why.

Counted in working days, from the deadline of one institution. A mail a day at most;
none on a day off; of several fallen due only the latest, so that an outage is made up
for with one mail. The ledger's key is (assignment, clock start, kind).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from emnnet.domain.calendar import Calendar
from emnnet.domain.messages import Message, _n, message


class ReminderKind(StrEnum):
    """The reminders an assignment may get, once each for a start of its clock."""

    FIVE_DAYS_BEFORE = "five_days_before"
    ONE_DAY_BEFORE = "one_day_before"
    DAY_AFTER = "day_after"
    PROMISE_PASSED = "promise_passed"
    SECOND_CHASER = "second_chaser"
    ESCALATION = "escalation"
    BY_HAND = "by_hand"  # the office pressed a button; no rule makes it

    @property
    def is_chaser(self) -> bool:
        """Does it come after the date, when the answer is late?"""
        return self not in {self.FIVE_DAYS_BEFORE, self.ONE_DAY_BEFORE, self.BY_HAND}

    @property
    def copies_escalation_contact(self) -> bool:
        """Does somebody above the contact get a copy?"""
        return self is ReminderKind.ESCALATION


class Silence(StrEnum):
    """Why an assignment gets no reminder at all."""

    NOT_SENT = "not_sent"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    PAUSED = "paused"


class Base(StrEnum):
    """The day a rule counts from."""

    DUE = "due"
    PROMISE = "promise"
    LAST_CHASER = "last_chaser"


@dataclass(frozen=True)
class Rule:
    """A kind, `offset` working days from its base, after so many delivered chasers."""

    kind: ReminderKind
    base: Base
    offset: int
    text: str
    chasers: int = 0


RULES: tuple[Rule, ...] = (
    Rule(
        ReminderKind.FIVE_DAYS_BEFORE,
        Base.DUE,
        -5,
        _n("Rule: five working days before the deadline (%(base)s)."),
    ),
    Rule(
        ReminderKind.ONE_DAY_BEFORE,
        Base.DUE,
        -1,
        _n("Rule: one working day before the deadline (%(base)s)."),
    ),
    Rule(
        ReminderKind.DAY_AFTER,
        Base.DUE,
        +1,
        _n("Rule: one working day after the deadline (%(base)s)."),
    ),
    Rule(
        ReminderKind.PROMISE_PASSED,
        Base.PROMISE,
        +1,
        _n("Rule: one working day after the promised day (%(base)s)."),
    ),
)
LADDER: tuple[Rule, ...] = (
    *RULES,
    Rule(
        ReminderKind.SECOND_CHASER,
        Base.LAST_CHASER,
        +4,
        _n("Rule: four working days after the first chaser (%(base)s)."),
        chasers=1,
    ),
    Rule(
        ReminderKind.ESCALATION,
        Base.LAST_CHASER,
        +4,
        _n("Rule: four working days after the second chaser (%(base)s), with a copy."),
        chasers=2,
    ),
)
NOT_NEEDED: dict[Silence, str] = {
    Silence.NOT_SENT: _n("Not needed: the query has not been sent."),
    Silence.SUBMITTED: _n("Not needed: the answer has been submitted."),
    Silence.DECLINED: _n("Not needed: the institution has declined."),
    Silence.RELEASED: _n("Not needed: the institution has been released."),
    Silence.WITHDRAWN: _n("Not needed: the query has been withdrawn."),
    Silence.CLOSED: _n("Not needed: the query has been closed."),
    Silence.PAUSED: _n("Not now: the clock is stopped."),
}
FELL_DUE = _n("It fell due on %(on)s and goes out on %(today)s.")
CLOCK = _n("The clock started on %(started_on)s (start %(number)d).")
CALENDAR = _n("Days off by the calendar %(code)s %(version)s.")
LONGEST_OUTLOOK = timedelta(days=120)


@dataclass(frozen=True)
class SentReminder:
    """A row of the ledger; `sent_on` is None until the mail has really left."""

    kind: ReminderKind
    clock_start: int
    sent_on: date | None


@dataclass(frozen=True)
class Chase:
    """The facts about one assignment, or one returned or postponed question."""

    due_on: date
    clock_start: int
    clock_started_on: date
    silence: Silence | None = None
    sent: tuple[SentReminder, ...] = ()
    promised_on: date | None = None
    last_own_action_on: date | None = None


@dataclass(frozen=True)
class Due:
    """The reminder to send, the day it fell due, and why, for the ledger."""

    kind: ReminderKind
    fell_due_on: date
    why: tuple[Message, ...]


@dataclass(frozen=True)
class _Step:
    rule: Rule
    base: date
    on: date


def reminder_due(
    chase: Chase, today: date, calendar: Calendar, rules: Sequence[Rule] = RULES
) -> Due | None:
    """The one reminder to send today, or none."""
    if chase.silence or not calendar.is_working_day(today) or _rests(chase, today):
        return None
    step = _latest(chase, today, calendar, rules)
    if step is None or step.rule.kind in _kinds(chase):
        return None
    return Due(step.rule.kind, step.on, _why(step, chase, today, calendar))


def why_expired(
    reminder: SentReminder,
    chase: Chase,
    today: date,
    calendar: Calendar,
    rules: Sequence[Rule] = RULES,
) -> Message | None:
    """Why a reminder that waits to be sent must not go out any more, or None."""
    if chase.silence is not None:
        return message(NOT_NEEDED[chase.silence])
    if reminder.clock_start != chase.clock_start:
        return message(
            _n("The deadline has changed since: it is %(day)s."), day=chase.due_on
        )
    if chase.promised_on is not None and today <= chase.promised_on:
        return message(_n("Promised for %(day)s meanwhile."), day=chase.promised_on)
    if reminder.kind is ReminderKind.BY_HAND:  # no rule made it, none ends it
        return None
    step = _latest(chase, today, calendar, rules)
    if step is None or step.rule.kind != reminder.kind:
        return message(_n("Its time has passed."))
    return None


def planned_reminders(
    chase: Chase, today: date, calendar: Calendar, rules: Sequence[Rule] = RULES
) -> tuple[Due, ...]:
    """What an institution that never reacts will get from today on, in order."""
    planned: list[Due] = []
    end = max(chase.due_on, chase.promised_on or today, today) + LONGEST_OUTLOOK
    day = today
    while day <= end:
        due = reminder_due(chase, day, calendar, rules)
        if due is not None:
            planned.append(due)
            row = SentReminder(due.kind, chase.clock_start, day)
            chase = replace(chase, sent=(*chase.sent, row))
        day += timedelta(days=1)
    return tuple(planned)


def _rests(chase: Chase, today: date) -> bool:
    """Is it too early for a mail: promised, just acted, or one sent today?"""
    promised = chase.promised_on is not None and today <= chase.promised_on
    acted = chase.last_own_action_on is not None and today <= chase.last_own_action_on
    return promised or acted or any(row.sent_on == today for row in chase.sent)


def _latest(
    chase: Chase, today: date, calendar: Calendar, rules: Sequence[Rule]
) -> _Step | None:
    steps = [_step(rule, chase, calendar) for rule in rules]
    fallen = [step for step in steps if step is not None and step.on <= today]
    return max(fallen, key=lambda step: step.on, default=None)


def _step(rule: Rule, chase: Chase, calendar: Calendar) -> _Step | None:
    base = _base(rule, chase)
    if base is None:
        return None
    on = calendar.add_working_days(base, rule.offset)
    return _Step(rule, base, on) if on > chase.clock_started_on else None


def _base(rule: Rule, chase: Chase) -> date | None:
    """The day the rule counts from; None where it does not apply.

    A promise from the deadline on replaces the rhythm until it was chased itself.
    """
    promised_on = chase.promised_on
    replaced = promised_on is not None and promised_on >= chase.due_on
    if rule.base is Base.PROMISE:
        return promised_on if replaced else None
    if rule.base is Base.DUE:
        return None if replaced else chase.due_on
    waits = replaced and ReminderKind.PROMISE_PASSED not in _kinds(chase)
    delivered = _delivered_chasers(chase)
    if waits or len(delivered) != rule.chasers:
        return None
    return max(delivered)


def _kinds(chase: Chase) -> set[ReminderKind]:
    return {row.kind for row in chase.sent if row.clock_start == chase.clock_start}


def _delivered_chasers(chase: Chase) -> list[date]:
    return [
        row.sent_on
        for row in chase.sent
        if row.clock_start == chase.clock_start
        and row.sent_on is not None
        and (row.kind.is_chaser or _chased_by_hand(row.kind, row.sent_on, chase))
    ]


def _chased_by_hand(kind: ReminderKind, sent_on: date, chase: Chase) -> bool:
    """A reminder by hand is a chaser, too, where it left after the date."""
    return kind is ReminderKind.BY_HAND and sent_on > chase.due_on


def _why(
    step: _Step, chase: Chase, today: date, calendar: Calendar
) -> tuple[Message, ...]:
    return (
        message(step.rule.text, base=step.base),
        message(FELL_DUE, on=step.on, today=today),
        message(CLOCK, started_on=chase.clock_started_on, number=chase.clock_start),
        message(CALENDAR, code=calendar.code, version=calendar.version),
    )
