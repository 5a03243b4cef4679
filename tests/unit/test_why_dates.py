"""Day zero, terms, and the days that a date was counted from."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emnnet.documents.holidays_source import package_calendar
from emnnet.domain.calendar import LONGEST_TERM, Calendar, Unit
from emnnet.domain.moments import late_by
from emnnet.domain.terms import Term, day_zero
from emnnet.domain.why_dates import (
    FIRST_SHOWN,
    LAST_SHOWN,
    MORE_TIME,
    OFFICE_HOURS,
    OUTSIDE_HOURS,
    WHATEVER_THE_HOUR,
    DayKind,
    why_by_hand,
    why_of_term,
)

VILNIUS = ZoneInfo("Europe/Vilnius")
LITHUANIA = package_calendar("LT", range(2025, 2031))
QUARTER = timedelta(minutes=15)
MONDAY, TUESDAY = date(2026, 3, 16), date(2026, 3, 17)
CLOSING = Calendar(
    "LT", LITHUANIA.holidays, LITHUANIA.years, closes_at=time(17)
)  # the setting is on


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=VILNIUS).astimezone(UTC)


@pytest.mark.parametrize(
    ("calendar", "sent_at", "zero"),
    [
        pytest.param(CLOSING, at(16, 22, 30), TUESDAY, id="on, late on Monday"),
        pytest.param(LITHUANIA, at(16, 22, 30), MONDAY, id="off, late on Monday"),
        pytest.param(CLOSING, at(16, 17), MONDAY, id="on, at the hour itself"),
        pytest.param(CLOSING, at(16, 6), MONDAY, id="on, before the office opens"),
        pytest.param(CLOSING, at(13, 18), MONDAY, id="on, Friday evening"),
        pytest.param(CLOSING, at(14, 10), MONDAY, id="on, Saturday"),
        pytest.param(LITHUANIA, at(14, 10), date(2026, 3, 14), id="off, Saturday"),
        pytest.param(CLOSING, at(10, 18), date(2026, 3, 12), id="on, before a holiday"),
    ],
)
def test_a03_after_hours_counts_as_the_next_working_day_if_it_is_set(
    calendar, sent_at, zero
):
    assert day_zero(sent_at, calendar) == zero


@given(st.integers(0, 300 * 96), st.integers(0, 96))
def test_a03_who_sends_later_never_has_an_earlier_day_zero(quarters, more):
    first = datetime(2026, 1, 2, tzinfo=UTC) + QUARTER * quarters
    later = first + QUARTER * more
    assert day_zero(first, CLOSING) <= day_zero(later, CLOSING)


@pytest.mark.parametrize(
    ("calendar", "zero", "rule"),
    [
        pytest.param(LITHUANIA, MONDAY, WHATEVER_THE_HOUR, id="off"),
        pytest.param(CLOSING, MONDAY, OFFICE_HOURS, id="on, in time"),
        pytest.param(CLOSING, TUESDAY, OUTSIDE_HOURS, id="on, after hours"),
        pytest.param(LITHUANIA, TUESDAY, OUTSIDE_HOURS, id="switched off since"),
    ],
)
def test_a03_the_panel_names_the_rule_that_was_used(calendar, zero, rule):
    why = why_of_term(Term(2, Unit.WORKING_DAYS, zero), calendar, MONDAY)
    assert why.rule.text == rule


def test_more_time_is_counted_from_the_former_date():
    former = date(2026, 3, 30)
    why = why_of_term(Term(2, Unit.WORKING_DAYS, former), LITHUANIA, MONDAY)
    assert (why.rule.text, why.notes[0].day) == (MORE_TIME, former)


def test_the_panel_says_day_by_day_what_counted_and_why():
    why = why_of_term(Term(4, Unit.WORKING_DAYS, date(2026, 4, 2)), LITHUANIA)
    assert [(note.day.day, note.kind, note.number, note.why) for note in why.notes] == [
        (2, DayKind.ZERO, 0, ""),
        (3, DayKind.COUNTED, 1, ""),
        (4, DayKind.SKIPPED, 0, "Saturday"),
        (5, DayKind.SKIPPED, 0, "Sunday"),
        (6, DayKind.SKIPPED, 0, "Easter Monday"),
        (7, DayKind.COUNTED, 2, ""),
        (8, DayKind.COUNTED, 3, ""),
        (9, DayKind.COUNTED, 4, ""),
    ]
    assert why.notes[-1].is_due
    assert (why.calendar, why.version) == ("LT", "holidays 0.109")


def test_a08_the_panel_tells_calendar_days_that_went_on_to_a_working_day():
    why = why_of_term(Term(2, Unit.CALENDAR_DAYS, date(2026, 7, 3)), LITHUANIA)
    assert (why.count, why.unit, why.due_on) == (2, "calendar_days", date(2026, 7, 7))
    assert [(note.day.day, note.kind, note.why) for note in why.notes] == [
        (3, DayKind.ZERO, ""),
        (4, DayKind.COUNTED, ""),
        (5, DayKind.COUNTED, "Sunday"),
        (6, DayKind.ROLLED, "Statehood Day"),
        (7, DayKind.REACHED, ""),
    ]


def test_counting_back_begins_at_the_reply_by_date():
    why = why_of_term(Term(-5, Unit.WORKING_DAYS, date(2026, 7, 12)), LITHUANIA)
    numbers = [(note.day.day, note.number) for note in why.notes if note.number]
    assert numbers == [(9, 1), (8, 2), (7, 3), (3, 4), (2, 5)]
    zero = next(note for note in why.notes if note.kind is DayKind.ZERO)
    assert zero.day == date(2026, 7, 10)
    assert why.notes[-1].is_due


def test_a_date_set_by_hand_is_explained_too():
    why = why_by_hand(date(2026, 4, 2), date(2026, 4, 8), LITHUANIA)
    assert (why.count, why.by_hand, why.due_on) == (3, True, date(2026, 4, 8))


def test_a_very_long_term_is_shown_by_its_two_ends():
    term = Term(LONGEST_TERM, Unit.WORKING_DAYS, date(2026, 1, 5))
    why = why_of_term(term, LITHUANIA)
    assert (len(why.head), len(why.tail)) == (FIRST_SHOWN, LAST_SHOWN)
    assert why.left_out == len(why.notes) - FIRST_SHOWN - LAST_SHOWN > 1000
    assert why.tail[-1].is_due


@given(
    st.dates(date(2026, 1, 1), date(2029, 1, 1)),
    st.integers(-40, 60).filter(bool),
    st.sampled_from(Unit),
)
def test_the_panel_holds_each_day_once_and_ends_at_the_date(zero, days, unit):
    unit = Unit.WORKING_DAYS if days < 0 else unit
    term = Term(days, unit, zero)
    why = why_of_term(term, LITHUANIA)
    listed = [note.day for note in why.notes]
    assert len(set(listed)) == len(listed)
    assert why.due_on == term.deadline(LITHUANIA).due_on
    assert [note.day for note in why.notes if note.is_due] == [why.due_on]
    assert sum(bool(note.number) for note in why.notes) == abs(days)


NOON = time(12)


@pytest.mark.parametrize(
    ("due_on", "hour", "came", "minutes"),
    [
        pytest.param(date(2026, 4, 13), NOON, (4, 13, 12, 10), 10, id="ten minutes"),
        pytest.param(date(2026, 4, 13), NOON, (4, 13, 12, 0), None, id="at the hour"),
        pytest.param(date(2026, 4, 13), None, (4, 13, 23, 59), None, id="whole day"),
        pytest.param(date(2026, 4, 13), None, (4, 14, 0, 1), 1, id="midnight"),
        pytest.param(date(2026, 3, 29), NOON, (3, 29, 12, 5), 5, id="spring"),
        pytest.param(date(2026, 10, 25), NOON, (10, 25, 12, 5), 5, id="autumn"),
        pytest.param(date(2026, 10, 24), NOON, (10, 25, 12, 0), 25 * 60, id="25 hours"),
    ],
)
def test_a14_how_late_by_the_clock_of_the_office(due_on, hour, came, minutes):
    late = late_by(due_on, hour, datetime(2026, *came, tzinfo=VILNIUS))
    assert (late and late.total_seconds() / 60) == minutes
