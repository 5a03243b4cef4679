"""When a day is over, on the office's clock, wherever the server stands."""

import os
import time as clock_on_the_wall
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emnnet.domain.moments import (
    VILNIUS,
    at_hour,
    end_of_day,
    is_over,
    next_at,
    office_day,
)

NOON, SEVEN, HALF_PAST_THREE = time(12), time(7), time(3, 30)
SECOND, MICROSECOND = timedelta(seconds=1), timedelta(microseconds=1)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.fixture(params=["UTC", "Australia/Sydney", "Europe/Vilnius"])
def server_zone(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    clock_on_the_wall.tzset()
    yield request.param
    monkeypatch.undo()
    clock_on_the_wall.tzset()


def _local(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=VILNIUS).astimezone(UTC)


def test_a10_not_late_until_the_day_is_over_in_local_time(server_zone):
    assert os.environ["TZ"] == server_zone
    due_on = date(2026, 4, 13)
    before, after = _local(2026, 4, 13, 23, 59), _local(2026, 4, 14, 0, 1)
    assert (office_day(before), is_over(due_on, None, before)) == (due_on, False)
    assert (office_day(after), is_over(due_on, None, after)) == (
        date(2026, 4, 14),
        True,
    )


def test_a10_late_in_utc_is_the_next_day_in_vilnius(server_zone):
    assert server_zone
    assert office_day(datetime(2026, 4, 13, 21, 30, tzinfo=UTC)) == date(2026, 4, 14)
    assert office_day(datetime(2026, 1, 13, 21, 30, tzinfo=UTC)) == date(2026, 1, 13)


@pytest.mark.parametrize(
    ("offset", "over"), [(-MICROSECOND, False), (0 * SECOND, True), (SECOND, True)]
)
def test_a10_the_very_end_of_the_day(offset, over):
    now = end_of_day(date(2026, 4, 13)) + offset
    assert is_over(date(2026, 4, 13), None, now) is over


@pytest.mark.parametrize(
    ("offset", "over"),
    [(-MICROSECOND, False), (0 * SECOND, False), (MICROSECOND, True)],
)
def test_a_deadline_with_an_hour_is_over_just_after_it(offset, over):
    now = at_hour(date(2026, 4, 13), NOON) + offset
    assert is_over(date(2026, 4, 13), NOON, now) is over


@pytest.mark.parametrize(
    ("day", "in_utc"),
    [
        pytest.param(date(2026, 3, 28), 10, id="winter"),
        pytest.param(SPRING, 9, id="the day the clock goes forward"),
        pytest.param(date(2026, 7, 1), 9, id="summer"),
        pytest.param(AUTUMN, 10, id="the day the clock goes back"),
        pytest.param(date(2026, 10, 26), 10, id="the day after"),
    ],
)
def test_a12_noon_is_noon_on_both_clock_change_days(day, in_utc, server_zone):
    assert server_zone
    moment = at_hour(day, NOON)
    assert moment == datetime(day.year, day.month, day.day, in_utc, tzinfo=UTC)
    assert moment.astimezone(VILNIUS).time() == NOON


def test_a12_clock_change_days_are_an_hour_short_and_an_hour_long():
    day_before = timedelta(days=1)
    assert end_of_day(SPRING) - end_of_day(SPRING - day_before) == timedelta(hours=23)
    assert end_of_day(AUTUMN) - end_of_day(AUTUMN - day_before) == timedelta(hours=25)


def test_a12_an_hour_shown_twice_is_one_moment_and_compares_in_utc():
    first = at_hour(AUTUMN, HALF_PAST_THREE)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = first + timedelta(hours=1)
    assert second.astimezone(VILNIUS).time() == HALF_PAST_THREE
    assert not is_over(AUTUMN, HALF_PAST_THREE, first)
    assert is_over(AUTUMN, HALF_PAST_THREE, second.astimezone(VILNIUS))


def test_a12_an_hour_left_out_in_spring_is_the_one_after_it():
    moment = at_hour(SPRING, HALF_PAST_THREE)
    assert moment.astimezone(VILNIUS).time() == time(4, 30)


@pytest.mark.parametrize("hour", [SEVEN, HALF_PAST_THREE, time(0), time(23, 59)])
def test_a13_a_daily_job_runs_once_on_each_day_of_the_year(hour, server_zone):
    assert server_zone
    now, end = _local(2026, 1, 1) - SECOND, _local(2027, 1, 1) - SECOND
    runs = []
    while (now := next_at(now, hour)) < end:
        runs.append(now)
    days = Counter(office_day(run) for run in runs)
    assert (len(days), set(days.values())) == (365, {1})


def test_a13_seven_is_seven_in_january_and_in_july():
    for start in (_local(2026, 1, 15, 12), _local(2026, 7, 15, 12)):
        assert next_at(start, SEVEN).astimezone(VILNIUS).time() == SEVEN


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        office_day(datetime(2026, 4, 13, 12))  # noqa: DTZ001 -- the mistake itself


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))  # noqa: DTZ001
def test_every_moment_lies_within_its_office_day(naive):
    moment = naive.replace(tzinfo=UTC)
    day = office_day(moment)
    assert end_of_day(day - timedelta(days=1)) <= moment < end_of_day(day)
    assert next_at(moment, SEVEN) > moment
