"""Which reminder falls due, decided from facts alone, and why.

Counted in working days, from the deadline of one institution or from the last chaser
that really left. A mail a day at most; none on a day off; of several fallen due only
the latest, so that an outage is made up for with one mail. The ledger's key is
(assignment, clock start, kind).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from emnnet.domain.calendar import ONE_DAY, Calendar
from emnnet.domain.chases import Chase as Chase
from emnnet.domain.chases import Choice, Decision
from emnnet.domain.chases import SentReminder as SentReminder
from emnnet.domain.chases import Silence as Silence
from emnnet.domain.ladder import Base as Base
from emnnet.domain.ladder import ReminderKind as ReminderKind
from emnnet.domain.ladder import Rule as Rule
from emnnet.domain.ladder import ladder_for, rule_words
from emnnet.domain.messages import Message, _n, message

RULES: tuple[Rule, ...] = ladder_for(None).active
"""The mildest ladder: what an institution gets whose duty nobody has stated."""
APART = 2  # working days between a chaser and the word after reply-by


NOT_NEEDED: dict[Silence, str] = {
    Silence.NOT_SENT: _n("Not needed: the query has not been sent."),
    Silence.SUBMITTED: _n("Not needed: the answer has been submitted."),
    Silence.DECLINED: _n("Not needed: the institution has declined."),
    Silence.RELEASED: _n("Not needed: the institution has been released."),
    Silence.WITHDRAWN: _n("Not needed: the query has been withdrawn."),
    Silence.CLOSED: _n("Not needed: the query has been closed."),
    Silence.PAUSED: _n("Not now: the clock is stopped."),
    Silence.WILL_NOT_ANSWER: _n("Not needed: they said that they will not answer."),
}
FELL_DUE = _n("It fell due on %(on)s and goes out on %(today)s.")
CLOCK = _n("The clock started on %(started_on)s (start %(number)d).")
CALENDAR = _n("Days off by the calendar %(code)s %(version)s.")
FORWARDED = _n("Brought forward by %(by)s.")
SKIPPED = _n("Left out by %(by)s.")
HELD = _n("Held by %(by)s.")
HELD_UNTIL = _n("Held by %(by)s until %(until)s.")


@dataclass(frozen=True)
class Due:
    """The reminder to send, the day it fell due, and why, for the ledger."""

    kind: ReminderKind
    fell_due_on: date
    why: tuple[Message, ...]


@dataclass(frozen=True)
class Step:
    """A rule applied: its base, the day it falls due, the first day it may go out."""

    rule: Rule
    base: date
    on: date
    opens_on: date | None  # None: held till somebody releases it


def reminder_due(
    chase: Chase, today: date, calendar: Calendar, rules: Sequence[Rule] = RULES
) -> Due | None:
    """The one reminder to send today, or none."""
    if chase.silence or not calendar.is_working_day(today) or _rests(chase, today):
        return None
    step = _latest(chase, today, calendar, rules)
    if step is None or step.rule.kind in done_kinds(chase, rules):
        return None
    if step.opens_on is None or today < step.opens_on:
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
    others = tuple(row for row in chase.sent if row.kind is not reminder.kind)
    step = _latest(replace(chase, sent=others), today, calendar, rules)
    if step is None or step.rule.kind != reminder.kind:
        return message(_n("Its time has passed."))
    return None


def why_held(reminder: SentReminder, chase: Chase, today: date) -> Message | None:
    """Why a person does not want it to go out now, or None; it may come again."""
    decision = chase.decided(reminder.kind)
    if decision is None or reminder.clock_start != chase.clock_start:
        return None
    if decision.choice is Choice.SKIP and today <= decision.on:
        return message(SKIPPED, by=decision.by)
    if decision.choice is not Choice.HOLD:
        return None
    if decision.until is None:
        return message(HELD, by=decision.by)
    if today < decision.until:
        return message(HELD_UNTIL, by=decision.by, until=decision.until)
    return None


def without_stale(
    chase: Chase, today: date, calendar: Calendar, rules: Sequence[Rule] = RULES
) -> Chase:
    """The same, where nothing waits for a chaser that will not leave any more.

    It drops out of its mail when that leaves; until then it must keep no further
    step from being promised.
    """
    rows = list(chase.sent)
    for place, row in enumerate(rows):
        if row.waits and row.kind.is_chaser:
            rest = replace(chase, sent=tuple(rows))
            if why_expired(row, rest, today, calendar, rules) is not None:
                rows[place] = replace(row, waits=False)
    return replace(chase, sent=tuple(rows))


def steps(chase: Chase, calendar: Calendar, rules: Sequence[Rule]) -> list[Step]:
    """The steps that apply now, past and to come. What moves is left out once done."""
    found = (_step(rule, chase, calendar, rules) for rule in _standing(chase, rules))
    return [step for step in found if step is not None]


def _rests(chase: Chase, today: date) -> bool:
    """Is it too early for a mail: promised, just acted, or one sent today?"""
    promised = chase.promised_on is not None and today <= chase.promised_on
    acted = chase.last_own_action_on is not None and today <= chase.last_own_action_on
    return promised or acted or any(row.sent_on == today for row in chase.sent)


def _latest(
    chase: Chase, today: date, calendar: Calendar, rules: Sequence[Rule]
) -> Step | None:
    """The last step that has fallen due; on one day the one that goes further."""
    fallen = [step for step in steps(chase, calendar, rules) if step.on <= today]
    return max(reversed(fallen), key=lambda step: step.on, default=None)


def done_kinds(chase: Chase, rules: Sequence[Rule] = RULES) -> set[ReminderKind]:
    """The steps in the ledger of this clock, and those left out for good."""
    skipped = {one.kind for one in chase.decisions if one.choice is Choice.SKIP}
    left_out = {kind for kind in skipped if _distance(kind, rules) is None}
    done = {row.kind for row in chase.sent if row.clock_start == chase.clock_start}
    return done | {kind for kind in left_out if chase.decided(kind)}


def _distance(kind: ReminderKind, rules: Sequence[Rule]) -> int | None:
    """How much later a step comes that was left out once; None: not any more.

    Only a chaser comes again, so that the steps behind it still have their turn.
    """
    counted = [rule for rule in rules if rule.base is Base.LAST_CHASER]
    own = next((rule.offset for rule in counted if rule.kind is kind), None)
    if own is not None or kind is ReminderKind.AFTER_REPLY_BY or not kind.is_chaser:
        return own
    return counted[0].offset if counted else None


def _standing(chase: Chase, rules: Sequence[Rule]) -> list[Rule]:
    """The rules with a fixed day, and of those that move the next one only."""
    done = done_kinds(chase, rules)
    delivered = len(chase.delivered_chasers)
    fixed, moving = [], []
    for rule in rules:
        if rule.base in {Base.DUE, Base.PROMISE}:
            fixed.append(rule)
        elif rule.kind not in done and rule.chasers <= delivered:
            moving.append(rule)
    by_chaser = [rule for rule in moving if rule.base is Base.LAST_CHASER]
    by_reply = [rule for rule in moving if rule.base is Base.REPLY_BY]
    return [*fixed, *by_chaser[:1], *by_reply]


def _step(
    rule: Rule, chase: Chase, calendar: Calendar, rules: Sequence[Rule]
) -> Step | None:
    base = _base(rule, chase, rules)
    if base is None:
        return None
    on = _counted(calendar, base, rule.offset)
    if rule.base in {Base.LAST_CHASER, Base.REPLY_BY}:  # the date may have moved
        on = max(on, _counted(calendar, chase.due_on, 1))
    if rule.base is Base.REPLY_BY:  # not on the heels of a chaser
        on = max(on, _counted(calendar, max(chase.delivered_chasers), APART))
    decision = chase.decided(rule.kind)
    if decision is not None and decision.choice is Choice.FORWARD:
        on = min(on, max(decision.on, true_from(rule.kind, chase) or decision.on))
    if on <= chase.clock_started_on:
        return None
    return Step(rule, base, on, _opens_on(rule, on, decision, calendar, rules))


def true_from(kind: ReminderKind, chase: Chase) -> date | None:
    """The first day on which a step is true that calls a day over; of others none."""
    if not kind.is_chaser:
        return None
    over = chase.due_on
    if kind is ReminderKind.AFTER_REPLY_BY and chase.reply_by is not None:
        over = max(over, chase.reply_by)
    if kind is ReminderKind.PROMISE_PASSED and chase.promised_on is not None:
        over = max(over, chase.promised_on)
    return over + ONE_DAY


def first_chance(
    kind: ReminderKind, chase: Chase, run_on: date, calendar: Calendar
) -> date:
    """The first working day, from the next run on, on which a step may go out."""
    return calendar.on_or_after(max(run_on, true_from(kind, chase) or run_on))


@lru_cache(maxsize=4096)
def _counted(calendar: Calendar, base: date, days: int) -> date:
    """Many assignments count the same days."""
    return calendar.add_working_days(base, days)


def _opens_on(
    rule: Rule,
    on: date,
    decision: Decision | None,
    calendar: Calendar,
    rules: Sequence[Rule],
) -> date | None:
    if decision is None or decision.choice is Choice.FORWARD:
        return on
    if decision.choice is Choice.HOLD:
        return max(on, decision.until) if decision.until else None
    distance = _distance(rule.kind, rules)
    again = calendar.add_working_days(decision.on, distance) if distance else on
    return max(on, again)


def _base(rule: Rule, chase: Chase, rules: Sequence[Rule]) -> date | None:
    """The day the rule counts from; None where it does not apply.

    A promise from the deadline on replaces the rhythm until it was chased itself.
    What counts from a chaser waits till all chasers have left: nothing goes a step
    further because the mail was down.
    """
    promised_on = chase.promised_on
    replaced = promised_on is not None and promised_on >= chase.due_on
    if rule.base is Base.PROMISE:
        return promised_on if replaced else None
    if rule.base is Base.DUE:
        return None if replaced else chase.due_on
    if replaced and ReminderKind.PROMISE_PASSED not in done_kinds(chase, rules):
        return None
    delivered = chase.delivered_chasers
    if not delivered or chase.has_waiting_chaser:
        return None
    return max(delivered) if rule.base is Base.LAST_CHASER else chase.reply_by


def _why(
    step: Step, chase: Chase, today: date, calendar: Calendar
) -> tuple[Message, ...]:
    decision = chase.decided(step.rule.kind)
    forwarded = decision is not None and decision.choice is Choice.FORWARD
    return (
        rule_words(step.rule, step.base),
        *([message(FORWARDED, by=decision.by)] if decision and forwarded else []),
        message(FELL_DUE, on=step.on, today=today),
        message(CLOCK, started_on=chase.clock_started_on, number=chase.clock_start),
        message(CALENDAR, code=calendar.code, version=calendar.version),
    )
