"""What lies ahead of an institution that never reacts, and whose ladder has ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from emnnet.domain.calendar import ONE_DAY, Calendar
from emnnet.domain.ladder import Ladder, Rule
from emnnet.domain.reminders import (
    RULES,
    Chase,
    Due,
    SentReminder,
    reminder_due,
    steps,
)

LONGEST_OUTLOOK = timedelta(days=120)


def planned_reminders(
    chase: Chase, today: date, calendar: Calendar, rules: Sequence[Rule] = RULES
) -> tuple[Due, ...]:
    """What an institution that never reacts will get from today on, in order.

    Each mail is taken to leave on the day it goes out.
    """
    return tuple(due for _, due in planned_days(chase, today, calendar, rules))


def planned_days(
    chase: Chase, today: date, calendar: Calendar, rules: Sequence[Rule] = RULES
) -> list[tuple[date, Due]]:
    """The same, each with the day on which it goes out."""
    planned: list[tuple[date, Due]] = []
    end = max(chase.due_on, chase.promised_on or today, today) + LONGEST_OUTLOOK
    day: date | None = today
    while day is not None and day <= end:
        due = reminder_due(chase, day, calendar, rules)
        if due is not None:
            planned.append((day, due))
            chase = left(chase, due, day)
        day = next_look(chase, day, calendar, rules)
    return planned


def left(chase: Chase, due: Due, day: date) -> Chase:
    """The facts after a reminder has left on that day."""
    row = SentReminder(due.kind, chase.clock_start, day)
    return replace(chase, sent=(*chase.sent, row))


def next_look(
    chase: Chase, after: date, calendar: Calendar, rules: Sequence[Rule] = RULES
) -> date | None:
    """The first working day after `after` on which something may fall due, or none.

    Between the two nothing does, if nothing is done meanwhile.
    """
    days = [row.sent_on for row in chase.sent if row.sent_on is not None]
    days += [day for day in (chase.promised_on, chase.last_own_action_on) if day]
    turns = {day + ONE_DAY for day in days}
    for step in steps(chase, calendar, rules):
        turns |= {step.on, step.opens_on or step.on}
    ahead = [day for day in turns if day > after]
    return calendar.on_or_after(min(ahead)) if ahead else None


def ended_on(
    chase: Chase, today: date, calendar: Calendar, ladder: Ladder
) -> date | None:
    """Since when the answer is stuck: late, nothing ahead, and time to react is over.

    None where it is not late, silent, promised, or some step still lies ahead.
    """
    if chase.silence or chase.due_on >= today or _is_promised(chase, today):
        return None
    if any(row.waits for row in chase.sent):
        return None
    if planned_days(chase, today, calendar, ladder.active):
        return None
    calls = [row.sent_on for row in chase.sent if not row.kind.is_mail and row.sent_on]
    last = max([chase.due_on, *chase.delivered_chasers, *calls])
    stuck_on = calendar.add_working_days(last, ladder.stuck_after)
    return stuck_on if stuck_on <= today else None


def _is_promised(chase: Chase, today: date) -> bool:
    return chase.promised_on is not None and today <= chase.promised_on
