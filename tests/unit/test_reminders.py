"""Which reminder falls due, and when; the calendar is the Lithuanian one of 2026."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emnnet.documents.holidays_source import package_calendar
from emnnet.domain.ladder import SHIPPED
from emnnet.domain.network import Duty
from emnnet.domain.outlook import planned_reminders
from emnnet.domain.reminders import (
    Chase,
    ReminderKind,
    SentReminder,
    Silence,
    reminder_due,
)

CALENDAR = package_calendar("LT", range(2026, 2028))
LADDER = SHIPPED[Duty.MANDATED].active
WEEK = ReminderKind.FIVE_DAYS_BEFORE
DAY = ReminderKind.ONE_DAY_BEFORE
LATE = ReminderKind.DAY_AFTER
PROMISE = ReminderKind.PROMISE_PASSED
SECOND = ReminderKind.SECOND_CHASER
THIRD = ReminderKind.ESCALATION
CALL = ReminderKind.CALL

SENT_ON, DEADLINE = date(2026, 4, 13), date(2026, 5, 4)  # two Mondays; 1 May is closed
CHASE = Chase(due_on=DEADLINE, clock_start=1, clock_started_on=SENT_ON)


def _sent(*kinds: ReminderKind, clock_start: int = 1) -> tuple[SentReminder, ...]:
    day = date(2026, 4, 20)  # long before the day asked about
    return tuple(SentReminder(kind, clock_start, day) for kind in kinds)


def _kind(chase: Chase, today: date, rules=None) -> ReminderKind | None:
    due = reminder_due(chase, today, CALENDAR, *([rules] if rules else []))
    return due.kind if due else None


@pytest.mark.parametrize(
    ("today", "sent", "expected"),
    [
        pytest.param(date(2026, 4, 23), [], None, id="too early"),
        pytest.param(date(2026, 4, 24), [], WEEK, id="five working days before"),
        pytest.param(date(2026, 4, 24), [WEEK], None, id="already reminded"),
        pytest.param(date(2026, 4, 30), [WEEK], DAY, id="the holiday does not count"),
        pytest.param(date(2026, 5, 4), [WEEK, DAY], None, id="on the day itself"),
        pytest.param(date(2026, 5, 5), [WEEK, DAY], LATE, id="the day after"),
        pytest.param(date(2026, 5, 20), [WEEK, DAY, LATE], None, id="all said"),
    ],
)
def test_b07_the_three_reminders(today, sent, expected):
    assert _kind(replace(CHASE, sent=_sent(*sent)), today) == expected


def test_b01_an_overdue_notice_goes_out_once():
    night = date(2026, 5, 5)
    assert _kind(CHASE, night) == LATE
    reserved = replace(CHASE, sent=(SentReminder(LATE, 1, sent_on=None),))
    assert _kind(reserved, night) is None
    assert _kind(reserved, night + timedelta(days=1)) is None


def test_b03_a_restarted_clock_allows_one_more_notice():
    restarted = Chase(date(2026, 5, 18), 2, date(2026, 5, 6), sent=_sent(LATE))
    assert _kind(restarted, date(2026, 5, 19)) == LATE
    again = replace(restarted, sent=_sent(LATE) + _sent(LATE, clock_start=2))
    assert _kind(again, date(2026, 5, 20)) is None


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2026, 4, 29), WEEK, id="before the next one"),
        pytest.param(date(2026, 5, 4), DAY, id="on the day itself"),
        pytest.param(date(2026, 5, 8), LATE, id="three days late"),
        pytest.param(date(2026, 9, 1), LATE, id="after a long outage"),
    ],
)
def test_b05_a_missed_night_is_caught_up_with_one_mail(today, expected):
    assert _kind(CHASE, today) == expected
    caught_up = replace(CHASE, sent=(SentReminder(expected, 1, today),))
    assert _kind(caught_up, today) is None


def test_b05_what_a_later_reminder_has_replaced_is_not_sent_afterwards():
    assert _kind(replace(CHASE, sent=_sent(LATE)), date(2026, 5, 11)) is None


@pytest.mark.parametrize(
    ("day_off", "next_day"),
    [
        pytest.param(date(2026, 5, 1), date(2026, 5, 4), id="holiday"),
        pytest.param(date(2026, 5, 2), date(2026, 5, 4), id="Saturday"),
        pytest.param(date(2026, 5, 3), date(2026, 5, 4), id="Sunday"),
    ],
)
def test_b08_nothing_on_a_day_off_and_once_on_the_next_working_day(day_off, next_day):
    assert _kind(CHASE, day_off) is None
    assert _kind(CHASE, next_day) == DAY


def test_b08_the_distance_is_counted_from_the_real_sending():
    saint_john = Chase(date(2026, 6, 23), 1, date(2026, 6, 22))
    assert _kind(saint_john, date(2026, 6, 24), LADDER) is None
    assert _kind(saint_john, date(2026, 6, 25), LADDER) == LATE
    late = replace(saint_john, sent=(SentReminder(LATE, 1, date(2026, 6, 29)),))
    assert _kind(late, date(2026, 7, 2), LADDER) is None
    assert _kind(late, date(2026, 7, 3), LADDER) == SECOND


def test_b06_after_an_outage_nobody_is_escalated_unwarned():
    assert _kind(CHASE, date(2026, 5, 29), LADDER) == LATE
    undelivered = SentReminder(LATE, 1, sent_on=None)
    waiting = replace(CHASE, sent=(undelivered,))
    assert _kind(waiting, date(2026, 6, 30), LADDER) is None


def test_b07_the_ladder_is_visible_beforehand():
    plan = planned_reminders(CHASE, SENT_ON, CALENDAR, LADDER)
    assert [(due.kind, due.fell_due_on) for due in plan] == [
        (WEEK, date(2026, 4, 24)),
        (DAY, date(2026, 4, 30)),
        (LATE, date(2026, 5, 5)),
        (SECOND, date(2026, 5, 11)),
        (THIRD, date(2026, 5, 15)),
        (CALL, date(2026, 5, 19)),
    ]
    assert [kind for kind in ReminderKind if kind.copies_escalation_contact] == [THIRD]


@pytest.mark.parametrize("silence", Silence)
def test_nothing_for_those_who_owe_nothing(silence):
    assert _kind(replace(CHASE, silence=silence), date(2026, 5, 5)) is None


def test_b18_no_chaser_right_after_ones_own_action():
    acted = replace(CHASE, last_own_action_on=date(2026, 5, 5))
    assert _kind(acted, date(2026, 5, 5)) is None
    assert _kind(acted, date(2026, 5, 6)) == LATE


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2026, 5, 5), None, id="the rhythm would chase"),
        pytest.param(date(2026, 5, 7), None, id="the promised day"),
        pytest.param(date(2026, 5, 8), PROMISE, id="the promise has passed"),
    ],
)
def test_b18_a_promise_replaces_the_rhythm(today, expected):
    promised = replace(CHASE, promised_on=date(2026, 5, 7))
    assert _kind(promised, today) == expected


def test_b18_rhythm_and_promise_on_neighbouring_days_make_one_mail():
    promised = replace(CHASE, promised_on=DEADLINE)
    plan = planned_reminders(promised, SENT_ON, CALENDAR)
    assert [(due.kind, due.fell_due_on) for due in plan] == [
        (PROMISE, date(2026, 5, 5))
    ]


def test_b18_after_a_first_chaser_the_promise_still_gets_its_own():
    chased = replace(CHASE, sent=_sent(WEEK, DAY, LATE), promised_on=date(2026, 5, 12))
    assert _kind(chased, date(2026, 5, 12), LADDER) is None
    assert _kind(chased, date(2026, 5, 13), LADDER) == PROMISE


def test_b18_an_early_promise_only_silences_until_its_day():
    promised = replace(CHASE, promised_on=date(2026, 4, 28))
    assert _kind(promised, date(2026, 4, 24)) is None
    assert _kind(promised, date(2026, 4, 29)) == WEEK
    reminded = replace(promised, sent=_sent(WEEK))
    assert _kind(reminded, date(2026, 4, 30)) == DAY


def test_b21_no_reminder_for_a_day_before_the_real_sending():
    short = Chase(date(2026, 5, 7), 1, date(2026, 5, 6))
    assert _kind(short, date(2026, 5, 6)) is None
    assert _kind(short, date(2026, 5, 7)) is None
    assert _kind(short, date(2026, 5, 8)) == LATE


def test_a_reminder_stores_why():
    due = reminder_due(CHASE, date(2026, 5, 7), CALENDAR)
    assert due is not None
    assert [str(reason) for reason in due.why] == [
        "Rule: one working day after the deadline (2026-05-04).",
        "It fell due on 2026-05-05 and goes out on 2026-05-07.",
        "The clock started on 2026-04-13 (start 1).",
        "Days off by the calendar LT holidays 0.109.",
    ]


DAYS = st.dates(date(2026, 4, 14), date(2026, 9, 30))
CHASES = st.builds(
    Chase,
    due_on=st.dates(date(2026, 4, 14), date(2026, 7, 31)),
    clock_start=st.just(1),
    clock_started_on=st.just(SENT_ON),
    promised_on=st.none() | DAYS,
)


@given(CHASES, st.sets(DAYS, max_size=120))
def test_b05_whichever_nights_are_missed_each_kind_goes_out_once(chase, missed):
    mails = []
    for step in range(200):
        today = SENT_ON + timedelta(days=step)
        kind = None if today in missed else _kind(chase, today, LADDER)
        if kind is not None:
            assert CALENDAR.is_working_day(today)
            mails.append((kind, today))
            chase = replace(
                chase, sent=(*chase.sent, SentReminder(kind, chase.clock_start, today))
            )
    kinds, days = [kind for kind, _ in mails], [day for _, day in mails]
    assert len(kinds) == len(set(kinds))
    assert len(days) == len(set(days))
    chasers = [kind for kind in kinds if kind.is_chaser]
    assert THIRD not in chasers or chasers.index(THIRD) == 2
