"""What is not well, from facts alone: silence that is counted without days off."""

from datetime import UTC, date, datetime, timedelta

import pytest

from emnnet.domain.calendar import Calendar
from emnnet.domain.health import (
    Health,
    JobFacts,
    Part,
    ProcessFacts,
    Trouble,
    days_off_between,
    job_troubles,
    outbox_troubles,
    scheduler_troubles,
)

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
EASTER_MONDAY = date(2026, 4, 6)
CALENDAR = Calendar("LT", {EASTER_MONDAY: "Easter Monday"}, frozenset({2026}), "test")
FRIDAY_AT_17 = datetime(2026, 4, 3, 14, 0, tzinfo=UTC)
WEDNESDAY_AT_17 = datetime(2026, 4, 1, 14, 0, tzinfo=UTC)


def _reminders(good_at: datetime | None, **given) -> JobFacts:
    facts = {
        "silence": 26 * HOUR,
        "rests": True,
        "planned_at": WEDNESDAY_AT_17,
        "good_at": good_at,
    }
    return JobFacts(job="queue_reminders", **facts | given)


def _silent(facts: JobFacts, now: datetime) -> bool:
    return bool(job_troubles([facts], CALENDAR, now))


@pytest.mark.parametrize(
    ("last", "hours", "silent"),
    [
        pytest.param(WEDNESDAY_AT_17, 26, False, id="a day and two hours"),
        pytest.param(WEDNESDAY_AT_17, 26.01, True, id="a moment more"),
        pytest.param(FRIDAY_AT_17, 26, False, id="on Saturday"),
        pytest.param(FRIDAY_AT_17, 3 * 24 + 14, False, id="Tuesday at 7 after Easter"),
        pytest.param(FRIDAY_AT_17, 3 * 24 + 26.01, True, id="on Tuesday evening"),
    ],
)
def test_i11_the_reminder_job_may_be_silent_for_26_hours_of_working_days(
    last, hours, silent
):
    assert _silent(_reminders(last), last + hours * HOUR) is silent


def test_i11_a_job_that_never_ran_counts_from_when_it_was_planned():
    facts = _reminders(None)
    assert not _silent(facts, WEDNESDAY_AT_17 + 25 * HOUR)
    (trouble,) = job_troubles([facts], CALENDAR, WEDNESDAY_AT_17 + 27 * HOUR)
    assert trouble.name == "jobs:queue_reminders"
    assert trouble.detail.startswith(
        "never ended well; planned on 2026-04-01 17:00, 27.0"
    )


def test_a_job_that_does_not_rest_is_missed_on_weekends_too():
    facts = _reminders(FRIDAY_AT_17, rests=False)
    assert _silent(facts, FRIDAY_AT_17 + 27 * HOUR)


def test_a_job_that_fails_each_time_is_told_before_it_is_silent():
    facts = _reminders(WEDNESDAY_AT_17, failures=3, error="LookupError: no")
    (trouble,) = job_troubles([facts], CALENDAR, WEDNESDAY_AT_17 + HOUR)
    assert trouble.detail == "failed 3 times in a row: LookupError: no"
    assert not _silent(_reminders(WEDNESDAY_AT_17, failures=2), WEDNESDAY_AT_17 + HOUR)


def test_days_off_are_as_long_as_the_clock_makes_them():
    spring = (
        datetime(2026, 3, 27, 12, tzinfo=UTC),
        datetime(2026, 3, 30, 12, tzinfo=UTC),
    )
    autumn = (
        datetime(2026, 10, 24, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 0, tzinfo=UTC),
    )
    assert days_off_between(*spring, CALENDAR) == 47 * HOUR
    assert days_off_between(*autumn, CALENDAR) == 24 * HOUR


NOW = WEDNESDAY_AT_17


def _process(ago: timedelta, *, leads: bool, age: timedelta = HOUR) -> ProcessFacts:
    return ProcessFacts(NOW - age, NOW - ago, leads)


@pytest.mark.parametrize(
    ("processes", "expected"),
    [
        pytest.param([_process(20 * MINUTE / 60, leads=True)], "", id="one leads"),
        pytest.param([], "no scheduler process: none was ever", id="none ever"),
        pytest.param(
            [_process(2 * MINUTE, leads=True)],
            "no scheduler process: last heard of 2026-04-01 16:58",
            id="dead",
        ),
        pytest.param(
            [_process(0 * MINUTE, leads=False)], "1 wait, none leads", id="no leader"
        ),
        pytest.param(
            [_process(0 * MINUTE, leads=False, age=MINUTE)], "", id="just started"
        ),
    ],
)
def test_somebody_has_to_be_at_work(processes, expected):
    assert [one.detail for one in scheduler_troubles(processes, NOW)] == (
        [expected] if expected else []
    )


@pytest.mark.parametrize(
    ("oldest", "expected"),
    [
        (None, []),
        (NOW - 30 * MINUTE, []),
        (NOW - 31 * MINUTE, ["mail waits for 31 minutes untried"]),
    ],
)
def test_mail_that_nobody_tries(oldest, expected):
    assert [one.detail for one in outbox_troubles(oldest, NOW)] == expected


def test_troubles_have_names_by_their_part():
    health = Health((Trouble(Part.DISK), Trouble(Part.JOBS, "x")))
    assert [one.name for one in health.troubles] == ["disk", "jobs:x"]
    assert (health.is_well, Health().is_well) == (False, True)
    assert health.of(Part.DISK) == [Trouble(Part.DISK)]
