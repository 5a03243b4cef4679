"""A reminder is looked at again at the moment of sending."""

from dataclasses import replace
from datetime import date

import pytest

from emnnet.documents.holidays_source import package_calendar
from emnnet.domain.reminders import (
    Chase,
    ReminderKind,
    SentReminder,
    Silence,
    why_expired,
)

CALENDAR = package_calendar("LT", [2026])
TODAY = date(2026, 5, 5)
QUEUED = SentReminder(ReminderKind.DAY_AFTER, clock_start=1, sent_on=None)
CHASE = Chase(date(2026, 5, 4), 1, date(2026, 4, 13), sent=(QUEUED,))


def _said(chase: Chase, reminder: SentReminder = QUEUED) -> str | None:
    reason = why_expired(reminder, chase, TODAY, CALENDAR)
    return None if reason is None else str(reason)


def test_b13_a_reminder_still_wanted_goes_out():
    assert _said(CHASE) is None


def test_b13_an_answer_that_came_meanwhile_stops_it():
    submitted = replace(CHASE, silence=Silence.SUBMITTED)
    assert _said(submitted) == "Not needed: the answer has been submitted."


def test_b12_a_query_paused_a_second_ago_stops_it():
    assert _said(replace(CHASE, silence=Silence.PAUSED)) == (
        "Not now: the clock is stopped."
    )


def test_a18_an_extension_drops_a_queued_overdue_notice():
    extended = replace(
        CHASE, due_on=date(2026, 5, 6), clock_start=2, clock_started_on=TODAY
    )
    assert _said(extended) == "The deadline has changed since: it is 2026-05-06."


def test_b18_a_promise_made_meanwhile_stops_it():
    promised = replace(CHASE, promised_on=date(2026, 5, 7))
    assert _said(promised) == "Promised for 2026-05-07 meanwhile."


def test_b13_a_reminder_that_waited_too_long_gives_way_to_the_next():
    stuck = SentReminder(ReminderKind.FIVE_DAYS_BEFORE, 1, sent_on=None)
    assert _said(CHASE, stuck) == "Its time has passed."


@pytest.mark.parametrize("silence", Silence)
def test_every_silence_has_its_words(silence):
    assert (_said(replace(CHASE, silence=silence)) or "").startswith("Not ")
