"""Counting working days, forwards and backwards, and saying why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emnnet.documents.holidays_source import package_calendar
from emnnet.domain.calendar import (
    LONGEST_TERM,
    Calendar,
    Distance,
    DistanceKind,
    Skipped,
    Unit,
)
from emnnet.domain.errors import DomainError

LITHUANIA = package_calendar("LT", range(2025, 2029))
ONLY_2026 = package_calendar("LT", [2026])
EASTER_MONDAY = Skipped(date(2026, 4, 6), "Easter Monday")

DAYS = st.dates(date(2025, 2, 1), date(2028, 6, 30))
COUNTS = st.integers(1, 60)


def test_the_weekday_holidays_of_2026_are_the_listed_ones():
    weekdays = [day for day in LITHUANIA.holidays if day.weekday() < 5]
    assert sorted(day for day in weekdays if day.year == 2026) == [
        date(2026, 1, 1),
        date(2026, 2, 16),
        date(2026, 3, 11),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 6, 24),
        date(2026, 7, 6),
        date(2026, 11, 2),
        date(2026, 12, 24),
        date(2026, 12, 25),
    ]


def test_a01_day_zero_is_the_day_of_sending():
    deadline = LITHUANIA.due_after(date(2026, 3, 27), 10)
    assert deadline.due_on == date(2026, 4, 13)
    assert len(deadline.counted) == 10
    assert deadline.counted[0] == date(2026, 3, 30)
    assert date(2026, 4, 3) in deadline.counted  # Good Friday is a working day
    assert deadline.skipped == (
        Skipped(date(2026, 3, 28), "Saturday"),
        Skipped(date(2026, 3, 29), "Sunday"),
        Skipped(date(2026, 4, 4), "Saturday"),
        Skipped(date(2026, 4, 5), "Sunday"),
        EASTER_MONDAY,
        Skipped(date(2026, 4, 11), "Saturday"),
        Skipped(date(2026, 4, 12), "Sunday"),
    )
    assert deadline.warnings == ()


@pytest.mark.parametrize(
    ("sent_on", "due_on"),
    [
        pytest.param(date(2026, 6, 19), date(2026, 6, 29), id="Friday"),
        pytest.param(date(2026, 6, 20), date(2026, 6, 29), id="Saturday"),
        pytest.param(date(2026, 6, 21), date(2026, 6, 29), id="Sunday"),
        pytest.param(date(2026, 6, 22), date(2026, 6, 30), id="Monday"),
    ],
)
def test_a02_sending_at_the_weekend_is_like_sending_on_friday(sent_on, due_on):
    assert LITHUANIA.due_after(sent_on, 5).due_on == due_on


def test_a04_a_holiday_in_the_middle_of_the_week_is_skipped():
    deadline = LITHUANIA.due_after(date(2026, 3, 9), 2)
    assert deadline.due_on == date(2026, 3, 12)
    assert [skipped.day for skipped in deadline.skipped] == [date(2026, 3, 11)]


def test_a06_the_missing_calendar_of_next_year_is_named():
    deadline = ONLY_2026.due_after(date(2026, 12, 28), 5)
    assert deadline.missing_years == (2027,)
    assert [str(warning) for warning in deadline.warnings] == [
        "calendar of 2027 is missing"
    ]
    assert deadline.needs_confirmation


def test_a06_new_years_day_is_not_taken_for_a_working_day():
    deadline = ONLY_2026.due_after(date(2026, 12, 30), 2)
    assert deadline.due_on == date(2027, 1, 4)
    assert deadline.skipped[0] == Skipped(date(2027, 1, 1), "New Year's Day")
    assert not ONLY_2026.is_loaded(date(2027, 1, 1))


def test_a06_a_term_that_ends_in_december_needs_no_calendar_of_next_year():
    deadline = ONLY_2026.due_after(date(2026, 12, 28), 3)
    assert (deadline.due_on, deadline.missing_years) == (date(2026, 12, 31), ())


def test_a06_counting_back_names_the_year_of_the_reply_by_date():
    deadline = ONLY_2026.due_before(date(2027, 1, 5), 3)
    assert deadline.missing_years == (2027,)


@pytest.mark.parametrize(
    ("days", "due_on", "skipped"),
    [
        pytest.param(1, date(2026, 7, 7), 3, id="ends on Saturday"),
        pytest.param(2, date(2026, 7, 7), 2, id="ends on Sunday"),
        pytest.param(3, date(2026, 7, 7), 1, id="ends on a holiday"),
        pytest.param(4, date(2026, 7, 7), 0, id="ends on a working day"),
    ],
)
def test_a08_calendar_days_roll_forward_to_a_working_day(days, due_on, skipped):
    deadline = LITHUANIA.due_after_calendar_days(date(2026, 7, 3), days)
    assert deadline.due_on == due_on
    assert len(deadline.skipped) == skipped
    assert len(deadline.counted) == days
    assert deadline.unit == Unit.CALENDAR_DAYS


def test_a08_the_day_before_a_holiday_stays():
    deadline = LITHUANIA.due_after_calendar_days(date(2026, 6, 20), 3)
    assert (deadline.due_on, deadline.skipped) == (date(2026, 6, 23), ())


def test_a22_the_inner_deadline_leaves_five_working_days():
    deadline = LITHUANIA.due_before(date(2026, 7, 10), 5)
    assert deadline.due_on == date(2026, 7, 2)
    assert [day.day for day in deadline.counted] == [9, 8, 7, 3, 2]
    assert [(skipped.day.day, skipped.why) for skipped in deadline.skipped] == [
        (6, "Statehood Day"),
        (5, "Sunday"),
        (4, "Saturday"),
    ]


def test_a22_a_reply_by_date_at_the_weekend_is_worth_the_friday_before():
    deadline = LITHUANIA.due_before(date(2026, 7, 12), 5)
    assert deadline.due_on == date(2026, 7, 2)
    assert [skipped.day.day for skipped in deadline.skipped] == [12, 11, 6, 5, 4]


def test_no_buffer_is_the_reply_by_date_or_the_working_day_before():
    assert LITHUANIA.due_before(date(2026, 7, 10), 0).due_on == date(2026, 7, 10)
    assert LITHUANIA.due_before(date(2026, 7, 12), 0).due_on == date(2026, 7, 10)


@pytest.mark.parametrize("days", [0, -1, LONGEST_TERM + 1])
def test_a_term_that_is_zero_negative_or_absurd_is_refused(days):
    with pytest.raises(DomainError, match=f"between 1 and 1000, not {days}"):
        LITHUANIA.due_after(date(2026, 3, 27), days)
    with pytest.raises(DomainError, match="number of days"):
        LITHUANIA.due_after_calendar_days(date(2026, 3, 27), days)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2026, 4, 2), Distance(DistanceKind.IN, 6, 11), id="before"),
        pytest.param(date(2026, 4, 13), Distance(DistanceKind.TODAY, 0, 0), id="on"),
        pytest.param(date(2026, 4, 14), Distance(DistanceKind.LATE, 1, 1), id="after"),
        pytest.param(
            date(2026, 4, 20), Distance(DistanceKind.LATE, 5, 7), id="a week after"
        ),
    ],
)
def test_distance_in_working_days(today, expected):
    assert LITHUANIA.distance(date(2026, 4, 13), today) == expected


def test_a_calendar_without_holidays_knows_weekends():
    bare = Calendar("XX", {}, frozenset({2026}))
    assert bare.why_closed(date(2026, 7, 4)) == "Saturday"
    assert bare.why_closed(date(2026, 7, 6)) is None


@given(DAYS, COUNTS)
def test_a_deadline_is_a_working_day(sent_on, count):
    assert LITHUANIA.is_working_day(LITHUANIA.due_after(sent_on, count).due_on)
    calendar_days = LITHUANIA.due_after_calendar_days(sent_on, count)
    assert LITHUANIA.is_working_day(calendar_days.due_on)
    assert calendar_days.due_on >= sent_on + timedelta(days=count)


@given(DAYS, COUNTS)
def test_every_day_of_the_way_is_counted_or_skipped(sent_on, count):
    deadline = LITHUANIA.due_after(sent_on, count)
    way = {*deadline.counted, *(skipped.day for skipped in deadline.skipped)}
    assert len(deadline.counted) == count
    assert len(way) == (deadline.due_on - sent_on).days


@given(DAYS, COUNTS)
def test_forward_and_back_meet_again(day, count):
    start = LITHUANIA.on_or_before(day)
    end = LITHUANIA.add_working_days(start, count)
    assert LITHUANIA.add_working_days(end, -count) == start
    assert LITHUANIA.working_days_between(start, end) == count
    assert LITHUANIA.working_days_between(end, start) == -count


@given(DAYS, COUNTS, COUNTS)
def test_a_longer_term_never_ends_earlier(sent_on, one, other):
    less, more = sorted((one, other))
    assert (
        LITHUANIA.due_after(sent_on, less).due_on
        <= LITHUANIA.due_after(sent_on, more).due_on
    )


@given(DAYS, st.integers(0, 60))
def test_a_buffer_leaves_that_many_working_days(reply_by, buffer):
    deadline = LITHUANIA.due_before(reply_by, buffer)
    assert LITHUANIA.working_days_between(deadline.due_on, reply_by) == buffer
    assert len(deadline.counted) == buffer
    assert LITHUANIA.is_working_day(deadline.due_on)
