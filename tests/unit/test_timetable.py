"""When jobs run: by the clock of the office, once on a day, whatever the clock does."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from emnnet.domain.moments import VILNIUS, at_hour
from emnnet.domain.timetable import Times

WINTER_BEGINS = date(2026, 10, 25)  # 04:00 becomes 03:00
SUMMER_BEGINS = date(2026, 3, 29)  # 03:00 becomes 04:00
REMINDERS = {"day_of_week": "mon-fri", "hour": "7-17", "minute": 0}
DAY = timedelta(days=1)


def _moments(times: dict[str, str | int], day: date, days: int = 1) -> list[datetime]:
    start = at_hour(day, time.min)
    end = at_hour(day + days * DAY, time.min)
    found, moment = [], start - timedelta(microseconds=1)
    while (moment := Times.read(times).next_after(moment)) < end:
        found.append(moment)
    return found


def _by_the_wall(moments: list[datetime]) -> list[str]:
    return [f"{moment.astimezone(VILNIUS):%d %H:%M}" for moment in moments]


@pytest.mark.parametrize(
    ("first", "utc"),
    [
        pytest.param(date(2026, 1, 12), "05:00", id="January"),
        pytest.param(date(2026, 7, 13), "04:00", id="July"),
        pytest.param(date(2026, 10, 26), "05:00", id="after the clock went back"),
        pytest.param(date(2026, 3, 30), "04:00", id="after it went forward"),
    ],
)
def test_a13_a_job_of_seven_runs_at_seven_once_on_each_working_day(first, utc):
    times = {"day_of_week": "mon-fri", "hour": 7, "minute": 0}
    moments = _moments(times, first, days=7)
    assert _by_the_wall(moments) == [f"{(first + n * DAY):%d} 07:00" for n in range(5)]
    assert {f"{moment:%H:%M}" for moment in moments} == {utc}


@pytest.mark.parametrize("changed", [WINTER_BEGINS, SUMMER_BEGINS])
@pytest.mark.parametrize("hour", [2, 3, 4, 7])
def test_a13_a_daily_job_runs_once_in_the_night_the_clock_changes(changed, hour):
    moments = _moments({"hour": hour, "minute": 30}, changed - DAY, days=3)
    assert [f"{moment.astimezone(VILNIUS):%d}" for moment in moments] == [
        f"{changed + n * DAY:%d}" for n in (-1, 0, 1)
    ]


def test_a13_an_hour_that_is_left_out_is_made_up_for_an_hour_later():
    assert _by_the_wall(_moments({"hour": 3, "minute": 30}, SUMMER_BEGINS)) == [
        "29 04:30"
    ]


def test_a13_an_hour_that_comes_twice_counts_the_first_time():
    (moment,) = _moments({"hour": 3, "minute": 30}, WINTER_BEGINS)
    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hours"), [(WINTER_BEGINS, 25), (SUMMER_BEGINS, 23), (date(2026, 7, 1), 24)]
)
@pytest.mark.parametrize(
    ("times", "in_an_hour"),
    [({"second": "*/5"}, 720), ({"minute": "*/20"}, 3), ({"minute": 10}, 1)],
)
def test_a13_frequent_jobs_keep_their_rhythm_through_both_nights(
    day, hours, times, in_an_hour
):
    moments = _moments(times, day)
    gaps = {late - early for early, late in pairwise(moments)}
    assert (len(moments), len(gaps)) == (hours * in_an_hour, 1)


def test_reminders_run_hourly_in_office_hours():
    moments = _moments(REMINDERS, date(2026, 3, 16), days=7)
    assert len(moments) == 5 * 11
    assert _by_the_wall(moments)[:2] == ["16 07:00", "16 08:00"]
    assert {moment.astimezone(VILNIUS).weekday() for moment in moments} == set(range(5))


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        pytest.param({"hour": 6}, ["01 06:00", "02 06:00"], id="daily, on the hour"),
        pytest.param({"day": 1, "hour": 6}, ["01 06:00"], id="monthly"),
        pytest.param({"month": 4, "day": 1, "hour": 6}, ["01 06:00"], id="yearly"),
        pytest.param({"month": 5, "day": 1, "hour": 6}, [], id="another month"),
        pytest.param({"day_of_week": "thu", "hour": 6}, ["02 06:00"], id="weekly"),
        pytest.param(
            {"hour": "6,8-9", "minute": 5, "day": 2},
            ["02 06:05", "02 08:05", "02 09:05"],
            id="several hours",
        ),
    ],
)
def test_days_and_hours(times, expected):
    assert _by_the_wall(_moments(times, date(2026, 4, 1), days=2)) == expected


def test_a_leap_day_is_waited_for():
    at = Times.read({"month": 2, "day": 29}).next_after(
        datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert at == at_hour(date(2028, 2, 29), time.min)


@pytest.mark.parametrize(
    "times", [{}, {"hours": 7}, {"hour": 24}, {"minute": "x"}, {"day_of_week": "8"}]
)
def test_what_is_no_timetable_is_refused(times):
    with pytest.raises(ValueError):  # noqa: PT011
        Times.read(times)


@pytest.mark.parametrize(
    ("times", "gap"),
    [
        ({"second": "*/5"}, timedelta(seconds=5)),
        (REMINDERS, timedelta(hours=14)),
        ({"hour": 3, "minute": 30}, DAY),
        ({"day_of_week": "mon-fri", "hour": 8}, DAY),
        ({"day_of_week": "mon", "hour": 8}, DAY * 7),
        ({"day": 1, "hour": 8}, DAY * 31),
    ],
)
def test_the_longest_gap_between_two_runs(times, gap):
    start = datetime(2026, 4, 1, 12, tzinfo=UTC)
    assert Times.read(times).longest_gap(start) == gap
