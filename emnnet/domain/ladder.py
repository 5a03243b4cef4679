"""The ladder of reminders: its steps, what each counts from, and the ladders we ship.

Which institutions are reminded how often is the office's decision, for each kind of
duty. The shipped ladders follow Resolution 126: point 4 instructs, point 5 recommends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.network import Duty

LONGEST_DISTANCE = 60  # working days
NEEDED_FOR_A_COPY = 2


class ReminderKind(StrEnum):
    """The steps an assignment may get, once each for a start of its clock."""

    FIVE_DAYS_BEFORE = "five_days_before"
    ONE_DAY_BEFORE = "one_day_before"
    ON_THE_DAY = "on_the_day"
    DAY_AFTER = "day_after"
    PROMISE_PASSED = "promise_passed"
    SECOND_CHASER = "second_chaser"
    ESCALATION = "escalation"
    CALL = "call"  # a person telephones; no mail
    AFTER_REPLY_BY = "after_reply_by"
    BY_HAND = "by_hand"  # the office pressed a button; no rule makes it

    @property
    def is_chaser(self) -> bool:
        """Is it a mail of the ladder that comes when the answer is late?"""
        return self in _CHASERS

    @property
    def copies_escalation_contact(self) -> bool:
        """Does somebody above the contact get a copy?"""
        return self is ReminderKind.ESCALATION

    @property
    def is_mail(self) -> bool:
        """Does it go out by mail?"""
        return self is not ReminderKind.CALL


_CHASERS = {
    ReminderKind.DAY_AFTER,
    ReminderKind.PROMISE_PASSED,
    ReminderKind.SECOND_CHASER,
    ReminderKind.ESCALATION,
    ReminderKind.AFTER_REPLY_BY,
}


class Base(StrEnum):
    """The day a rule counts from."""

    DUE = "due"
    PROMISE = "promise"
    LAST_CHASER = "last_chaser"
    REPLY_BY = "reply_by"


@dataclass(frozen=True)
class Rule:
    """A kind, `offset` working days from its base, after so many delivered chasers."""

    kind: ReminderKind
    base: Base
    offset: int
    chasers: int = 0
    is_active: bool = True


@dataclass(frozen=True)
class Ladder:
    """The steps for one duty, in order; then, some working days later, it is stuck."""

    rules: tuple[Rule, ...]
    stuck_after: int = 3

    @property
    def active(self) -> tuple[Rule, ...]:
        """The steps that are taken."""
        return tuple(rule for rule in self.rules if rule.is_active)


Ladders = Mapping[Duty, Ladder]

BASES: dict[ReminderKind, Base] = {
    ReminderKind.FIVE_DAYS_BEFORE: Base.DUE,
    ReminderKind.ONE_DAY_BEFORE: Base.DUE,
    ReminderKind.ON_THE_DAY: Base.DUE,
    ReminderKind.DAY_AFTER: Base.DUE,
    ReminderKind.PROMISE_PASSED: Base.PROMISE,
    ReminderKind.SECOND_CHASER: Base.LAST_CHASER,
    ReminderKind.ESCALATION: Base.LAST_CHASER,
    ReminderKind.CALL: Base.LAST_CHASER,
    ReminderKind.AFTER_REPLY_BY: Base.REPLY_BY,
}
"""What each step counts from; the order is the order of the ladder."""


def _ladder(*, chases_on: bool, distance: int) -> Ladder:
    kind = ReminderKind
    return Ladder(
        (
            Rule(kind.FIVE_DAYS_BEFORE, Base.DUE, -5),
            Rule(kind.ONE_DAY_BEFORE, Base.DUE, -1),
            Rule(kind.ON_THE_DAY, Base.DUE, 0, is_active=False),
            Rule(kind.DAY_AFTER, Base.DUE, 1),
            Rule(kind.PROMISE_PASSED, Base.PROMISE, 1),
            Rule(kind.SECOND_CHASER, Base.LAST_CHASER, distance, 1, chases_on),
            Rule(kind.ESCALATION, Base.LAST_CHASER, distance, 2, chases_on),
            Rule(kind.CALL, Base.LAST_CHASER, 2, 2, chases_on),
            Rule(kind.AFTER_REPLY_BY, Base.REPLY_BY, 1, 1, chases_on),
        )
    )


SHIPPED: Ladders = {
    Duty.MANDATED: _ladder(chases_on=True, distance=4),
    Duty.RECOMMENDED: _ladder(chases_on=False, distance=5),
    Duty.AGREEMENT: _ladder(chases_on=False, distance=5),
}
"""Instructed bodies are chased to the end; for others one chaser is all."""


def ladder_for(duty: Duty | None, ladders: Ladders = SHIPPED) -> Ladder:
    """The ladder of an institution; a duty nobody has stated gets the mildest."""
    return ladders[duty or Duty.AGREEMENT]


EARLY = _n("A step before the date is at least one working day before it.")
LATE = _n("A step after the date is at least one working day after it.")
FAR = _n("A distance is at most %(most)d working days.")
IN_ORDER = _n("The first notice comes earlier than the second one.")
COPY_TOO_EARLY = _n(
    "The mail to those above needs two reminders after the date that were delivered:"
    " it cannot ask for fewer."
)
COPY_UNREACHABLE = _n(
    "The mail to those above comes after the second reminder after the date: take"
    " that step, too, or leave the mail out."
)
NO_FIRST = _n(
    "What counts from a reminder after the date needs the first of them: take that"
    " step, too."
)
NO_PROMISE = _n("A promise that has passed is always asked about.")
NO_STUCK = _n("Give a number of working days between 1 and %(most)d.")


def check_ladder(ladder: Ladder) -> None:
    """Raises `DomainError` for steps that cannot follow each other."""
    active = {rule.kind: rule for rule in ladder.active}
    for rule in ladder.rules:
        _check_offset(rule)
    early = [active.get(kind) for kind in list(BASES)[:2]]
    if early[0] and early[1] and early[0].offset >= early[1].offset:
        raise DomainError(IN_ORDER)
    if not 1 <= ladder.stuck_after <= LONGEST_DISTANCE:
        raise DomainError(NO_STUCK, most=LONGEST_DISTANCE)
    _check_chasers(active)


def _check_offset(rule: Rule) -> None:
    if abs(rule.offset) > LONGEST_DISTANCE:
        raise DomainError(FAR, most=LONGEST_DISTANCE)
    if rule.kind is ReminderKind.ON_THE_DAY:
        return
    if rule.kind in {ReminderKind.FIVE_DAYS_BEFORE, ReminderKind.ONE_DAY_BEFORE}:
        if rule.offset > -1:
            raise DomainError(EARLY)
    elif rule.offset < 1:
        raise DomainError(LATE)


def _check_chasers(active: Mapping[ReminderKind, Rule]) -> None:
    if ReminderKind.PROMISE_PASSED not in active:
        raise DomainError(NO_PROMISE)
    counted = (Base.LAST_CHASER, Base.REPLY_BY)
    if ReminderKind.DAY_AFTER not in active and any(
        rule.base in counted for rule in active.values()
    ):
        raise DomainError(NO_FIRST)
    copy = active.get(ReminderKind.ESCALATION)
    if copy is None:
        return
    if copy.chasers < NEEDED_FOR_A_COPY:
        raise DomainError(COPY_TOO_EARLY)
    if ReminderKind.SECOND_CHASER not in active:
        raise DomainError(COPY_UNREACHABLE)


_BEFORE_ONE = _n("Rule: one working day before the deadline (%(base)s).")
_BEFORE = _n("Rule: working days before the deadline (%(base)s): %(days)d.")
_ON = _n("Rule: on the day of the deadline (%(base)s).")
_AFTER_ONE = _n("Rule: one working day after the deadline (%(base)s).")
_AFTER = _n("Rule: working days after the deadline (%(base)s): %(days)d.")
_PROMISE_ONE = _n("Rule: one working day after the promised day (%(base)s).")
_PROMISE = _n("Rule: working days after the promised day (%(base)s): %(days)d.")
_CHASER = _n("Rule: working days after the last reminder (%(base)s): %(days)d.")
_COPY = _n(
    "Rule: working days after the last reminder (%(base)s): %(days)d, with a mail to"
    " those above, as reminders after the date were delivered: %(chasers)d."
)
_CALL = _n("Rule: a call, working days after the last reminder (%(base)s): %(days)d.")
_REPLY_BY = _n(
    "Rule: working days after the day the asking country wants its reply"
    " (%(base)s): %(days)d."
)


def rule_text(rule: Rule) -> str:
    """The sentence that says what a step counts from, with a gap for that day."""
    if rule.base is Base.LAST_CHASER:
        by_kind = {ReminderKind.ESCALATION: _COPY, ReminderKind.CALL: _CALL}
        return by_kind.get(rule.kind, _CHASER)
    if rule.base is Base.PROMISE:
        return _PROMISE_ONE if rule.offset == 1 else _PROMISE
    if rule.base is Base.REPLY_BY:
        return _REPLY_BY
    by_offset = {-1: _BEFORE_ONE, 0: _ON, 1: _AFTER_ONE}
    return by_offset.get(rule.offset, _BEFORE if rule.offset < 0 else _AFTER)


def rule_words(rule: Rule, base: object) -> Message:
    """The rule as the ledger keeps it."""
    return message(
        rule_text(rule), base=base, days=abs(rule.offset), chasers=rule.chasers
    )
