"""Extensions, pauses, and what starts a clock anew."""

from datetime import date

import pytest

from emnnet.documents.holidays_source import package_calendar
from emnnet.domain.clock_start import ClockEvent, ClockStart, clock_start
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.extension import extended
from emnnet.domain.pauses import (
    Pause,
    check_restart,
    check_stop,
    moved,
    paused_working_days,
)

CALENDAR = package_calendar("LT", [2026])
MONDAY, WEDNESDAY = date(2026, 3, 16), date(2026, 3, 18)
TUESDAY, FRIDAY = date(2026, 3, 17), date(2026, 3, 20)
TODAY = date(2026, 3, 31)
FIRST = Pause(TUESDAY, "clarification asked", FRIDAY)
SECOND = Pause(date(2026, 3, 23), "form was wrong", date(2026, 3, 24))


def test_a18_two_more_working_days_over_easter():
    assert extended(date(2026, 4, 3), 2, CALENDAR, TODAY).due_on == date(2026, 4, 8)


@pytest.mark.parametrize("days", [0, -2, 61, 1000])
def test_a18_zero_negative_and_absurd_extensions_are_refused(days):
    with pytest.raises(DomainError, match=f"not {days}"):
        extended(date(2026, 4, 3), days, CALENDAR, TODAY)


def test_a18_an_extension_that_ends_in_the_past_is_refused():
    with pytest.raises(DomainError, match="2026-03-18 would be in the past"):
        extended(MONDAY, 2, CALENDAR, TODAY)


def test_a20_both_dates_move_by_the_paused_working_days():
    pauses = [FIRST, SECOND]
    assert [pause.working_days(CALENDAR) for pause in pauses] == [3, 1]
    assert paused_working_days(pauses, CALENDAR) == 4
    inner, outer = date(2026, 3, 27), date(2026, 4, 3)
    assert moved(inner, pauses, CALENDAR) == date(2026, 4, 2)
    assert moved(outer, pauses, CALENDAR) == date(2026, 4, 10)


def test_a20_weekends_and_holidays_are_no_lost_time():
    over_easter = Pause(date(2026, 4, 4), "closed anyway", date(2026, 4, 7))
    assert over_easter.working_days(CALENDAR) == 0
    same_day = Pause(TUESDAY, "a mistake", TUESDAY)
    assert same_day.working_days(CALENDAR) == 0


def test_a20_an_open_pause_has_moved_nothing_yet():
    assert moved(FRIDAY, [Pause(TUESDAY, "asked")], CALENDAR) == FRIDAY


def test_a20_a_second_stop_while_stopped_is_refused():
    with pytest.raises(IllegalAction, match="stopped already"):
        check_stop(FRIDAY, [Pause(TUESDAY, "asked")], MONDAY, TODAY)


@pytest.mark.parametrize(
    ("day", "pauses", "sent_on", "said"),
    [
        pytest.param(date(2026, 4, 1), [], MONDAY, "in the future", id="future"),
        pytest.param(MONDAY, [], TUESDAY, "not been sent", id="before the sending"),
        pytest.param(MONDAY, [], None, "not been sent", id="never sent"),
        pytest.param(
            WEDNESDAY, [FIRST], MONDAY, "started again on 2026-03-20", id="restart"
        ),
    ],
)
def test_a20_impossible_stops_are_refused(day, pauses, sent_on, said):
    with pytest.raises(DomainError, match=said):
        check_stop(day, pauses, sent_on, TODAY)


def test_a20_a_stop_on_the_day_of_sending_or_of_the_restart_is_possible():
    check_stop(MONDAY, [], MONDAY, TODAY)
    check_stop(FRIDAY, [FIRST], MONDAY, TODAY)


@pytest.mark.parametrize(
    ("day", "pauses", "said"),
    [
        pytest.param(FRIDAY, [FIRST], "The clock is running", id="running"),
        pytest.param(date(2026, 4, 1), [Pause(TUESDAY, "")], "future", id="future"),
        pytest.param(MONDAY, [Pause(TUESDAY, "")], "stopped on", id="before the stop"),
    ],
)
def test_a20_impossible_restarts_are_refused(day, pauses, said):
    with pytest.raises(DomainError, match=said):
        check_restart(day, pauses, TODAY)


def test_a20_a_restart_on_the_day_of_the_stop_is_possible():
    check_restart(TUESDAY, [Pause(TUESDAY, "a mistake")], TODAY)


@pytest.mark.parametrize(
    ("event", "number"),
    [
        (ClockEvent.RESENT, 2),
        (ClockEvent.CLARIFIED, 2),
        (ClockEvent.EXTENDED, 2),
        (ClockEvent.RETURNED, 2),
        (ClockEvent.SENDING_FAILED, 1),
        (ClockEvent.SENT_AGAIN_TECHNICALLY, 1),
        (ClockEvent.CHASED, 1),
        (ClockEvent.COMMENTED, 1),
    ],
)
def test_b04_what_restarts_the_clock_and_what_does_not(event, number):
    start = clock_start([(ClockEvent.SENT, MONDAY), (event, FRIDAY)])
    assert start == ClockStart(number, FRIDAY if number == 2 else MONDAY)


def test_b21_no_clock_before_the_real_sending():
    saved_and_failed = [
        (ClockEvent.COMMENTED, MONDAY),
        (ClockEvent.SENDING_FAILED, MONDAY),
    ]
    assert clock_start(saved_and_failed) is None
    sent = (ClockEvent.SENT, WEDNESDAY)
    assert clock_start([*saved_and_failed, sent]) == ClockStart(1, WEDNESDAY)
