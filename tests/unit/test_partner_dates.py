"""By when partners are asked: proposals, warnings, refusals."""

from datetime import date

import pytest

from emnnet.documents.holidays_source import package_calendar
from emnnet.domain.errors import DomainError
from emnnet.domain.partner_dates import check_later, date_warnings, proposed_date

CALENDAR = package_calendar("LT", [2026])
MONDAY = date(2026, 6, 15)
REPLY_BY = date(2026, 7, 10)


@pytest.mark.parametrize(
    ("reply_by", "today", "expected"),
    [
        pytest.param(REPLY_BY, MONDAY, date(2026, 7, 2), id="a22: by the plan"),
        pytest.param(REPLY_BY, date(2026, 7, 7), REPLY_BY, id="the plan has passed"),
        pytest.param(REPLY_BY, REPLY_BY, REPLY_BY, id="reply-by is today"),
        pytest.param(
            REPLY_BY, date(2026, 7, 13), date(2026, 7, 16), id="all has passed"
        ),
        pytest.param(None, MONDAY, date(2026, 6, 30), id="no reply-by is known"),
    ],
)
def test_a_date_is_always_proposed(reply_by, today, expected):
    assert proposed_date(reply_by, CALENDAR, today) == expected


def test_a22_a_later_date_names_the_days_that_are_lost():
    said = date_warnings(date(2026, 7, 7), REPLY_BY, CALENDAR, MONDAY)
    (warning,) = said
    assert str(warning) == (
        "Working days lost for consolidation, clearance and sending: 2"
        " (2026-07-03, 2026-07-07). Days that remain: 3 of 5."
    )


def test_the_proposed_date_needs_no_warning():
    assert date_warnings(date(2026, 7, 2), REPLY_BY, CALENDAR, MONDAY) == ()


@pytest.mark.parametrize(
    ("chosen", "reply_by", "words"),
    [
        pytest.param(date(2026, 7, 13), REPLY_BY, "after the reply-by", id="a22"),
        pytest.param(date(2026, 6, 14), REPLY_BY, "in the past", id="past"),
        pytest.param(date(2026, 6, 14), None, "in the past", id="past, no reply-by"),
        pytest.param(date(2027, 6, 14), None, "too far away", id="absurd"),
    ],
)
def test_impossible_dates_are_refused(chosen, reply_by, words):
    with pytest.raises(DomainError, match=words):
        date_warnings(chosen, reply_by, CALENDAR, MONDAY)


def test_a06_a_day_in_a_year_that_is_not_loaded_is_told():
    december = date(2026, 12, 14)
    said = date_warnings(date(2027, 1, 4), None, CALENDAR, december)
    assert [str(one) for one in said] == ["calendar of 2027 is missing"]


@pytest.mark.parametrize("days", [0, -1])
def test_a18_more_time_is_more(days):
    old = date(2026, 6, 25)
    with pytest.raises(DomainError, match="gives no more time"):
        check_later(old.replace(day=old.day + days), old, REPLY_BY, CALENDAR, MONDAY)
