"""What may be typed for a date, and what is answered to the rest."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emnnet.domain.dates import parse_day
from emnnet.domain.errors import DomainError


@pytest.mark.parametrize(
    "typed",
    [
        "2026-12-31",
        "31.12.2026",
        "31/12/2026",
        " 31.12.2026 ",
        "2026.12.31",
        "31. 12. 2026",
    ],
)
def test_ways_to_write_a_day(typed):
    assert parse_day(typed) == date(2026, 12, 31)


def test_one_digit_is_enough_for_day_and_month():
    assert parse_day("1.3.2026") == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("31.02.2026", "There is no such day", id="no such day"),
        pytest.param("2026-02-29", "There is no such day", id="not a leap year"),
        pytest.param("00.05.2026", "There is no such day", id="day zero"),
        pytest.param("31..2026", "not complete", id="empty month"),
        pytest.param("2026-12-", "not complete", id="empty day"),
        pytest.param("31.12.", "not complete", id="empty year"),
        pytest.param("--", "not complete", id="nothing but marks"),
        pytest.param("next Friday", "is not a date", id="text"),
        pytest.param("31 December 2026", "is not a date", id="a month in words"),
        pytest.param("31.12-2026", "is not a date", id="mixed marks"),
        pytest.param("20261231", "is not a date", id="without marks"),
        pytest.param("31.12.26", "four digits", id="two-digit year"),
        pytest.param("31.12.02026", "four digits", id="five-digit year"),
        pytest.param("12/31/2026", "no month 31", id="month first"),
        pytest.param("01.01.0026", "between 1990 and 2100", id="far past"),
        pytest.param("01.01.9999", "between 1990 and 2100", id="far future"),
        pytest.param("", "Write a date", id="nothing"),
        pytest.param("   ", "Write a date", id="blanks"),
        pytest.param("٣١.١٢.٢٠٢٦", "is not a date", id="other digits"),
    ],
)
def test_a21_impossible_and_half_typed_dates_say_what_to_write(typed, said):
    with pytest.raises(DomainError, match=said):
        parse_day(typed)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a21_what_is_written_is_read_back(day):
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.day:02}.{day.month:02}.{day.year}") == day
    assert parse_day(f"{day.day}/{day.month}/{day.year}") == day


@given(st.text(max_size=30) | st.from_regex(r"[0-9./-]{0,14}", fullmatch=True))
def test_a21_nothing_typed_raises_anything_else(typed):
    with suppress(DomainError):
        assert isinstance(parse_day(typed), date)
