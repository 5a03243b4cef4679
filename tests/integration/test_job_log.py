"""The log of jobs: what ran, where, how much it did; and the page that shows it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from emnnet.domain.roles import Role
from emnnet.jobs import schedule
from emnnet.jobs.logbook import Logbook, counts, here
from emnnet.jobs.planned import Planned
from emnnet.jobs.rounds import Rounds
from emnnet.models.job import JobRun, JobState
from emnnet.services.job_runs import BROKEN_OFF, KEPT, Place, forget_old_runs, start_run
from emnnet.services.scheduler_processes import come_alive, say_alive
from emnnet.web.jobs import words
from tests.conftest import NOON

VILNIUS = ZoneInfo("Europe/Vilnius")
DAILY = {"hour": 8}
OFTEN = {"second": "*/5"}
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Done:
    mails: int = 0
    broken: int = 0


def sends_nothing(app):
    return Done()


def sends_three(app):
    return Done(mails=3)


def breaks(app):
    raise LookupError("assignment 7 has no institution")


def _run(app, job, times, *, often=1, clock=None):
    """As the scheduler runs it; returns what the log says of the job."""
    planned = Planned(job, times)
    logbook = Logbook(app)
    logbook.open([planned])
    for _ in range(often):
        logbook.run(planned, NOON + HOUR)
        if clock:
            clock.now += timedelta(seconds=5)
    return planned.name


def _state(session, name) -> JobState:
    session.rollback()
    return session.get_one(JobState, name)


def _runs(session) -> list[JobRun]:
    session.rollback()
    return session.scalars(select(JobRun).order_by(JobRun.id)).all()


def test_i10_a_run_is_written_down_with_host_process_and_how_many(app, session):
    name = _run(app, sends_three, DAILY)
    (run,) = _runs(session)
    state = _state(session, name)
    assert (run.job, run.started_at, run.ended_at) == (name, NOON, NOON)
    assert Place(run.host, run.pid) == here()
    assert (run.counts, run.error) == ({"mails": 3, "broken": 0}, None)
    assert (state.good_at, state.next_run_at, state.failures) == (NOON, NOON + HOUR, 0)


def test_a_frequent_job_leaves_a_row_only_if_it_did_something(app, session, clock):
    name = _run(app, sends_nothing, OFTEN, often=3, clock=clock)
    assert _runs(session) == []
    assert _state(session, name).good_at == NOON  # written once a minute
    _run(app, sends_three, OFTEN)
    assert [run.job for run in _runs(session)] == ["sends_three"]


def test_a_job_that_fails_stops_nothing_and_is_counted(app, session):
    name = _run(app, breaks, DAILY, often=3)
    state = _state(session, name)
    assert (state.failures, state.good_at) == (3, None)
    assert state.error == "LookupError: assignment 7 has no institution"
    assert [run.error for run in _runs(session)] == [state.error] * 3
    _run(app, breaks, OFTEN)
    assert _state(session, name).failures == 4


def test_a_job_that_is_killed_is_told_by_whoever_leads_next(app, session):
    planned = Planned(sends_three, DAILY)
    Logbook(app).open([planned])
    start_run(session, planned.name, Place("elsewhere", 7), now=NOON)
    session.commit()
    Logbook(app).open([planned])
    (run,) = _runs(session)
    assert (run.host, run.ended_at, run.error) == ("elsewhere", NOON, BROKEN_OFF)


def test_without_its_tables_the_log_is_silent_and_the_job_runs(app, session):
    done = []
    JobRun.__table__.drop(session.get_bind())
    JobState.__table__.drop(session.get_bind())
    planned = Planned(done.append, DAILY)
    logbook = Logbook(app)
    logbook.open([planned])
    logbook.run(planned, NOON)
    assert done == [app]


def test_a_job_that_left_the_timetable_leaves_the_log(app, session):
    logbook = Logbook(app)
    logbook.open([Planned(sends_three, DAILY), Planned(breaks, DAILY)])
    logbook.open([Planned(sends_three, OFTEN)])
    session.rollback()
    kept = session.execute(select(JobState.job, JobState.times)).all()
    assert kept == [("sends_three", OFTEN)]


def test_old_runs_are_forgotten(app, session):
    for days in (91, 89):
        start_run(session, "x", here(), now=NOON - timedelta(days=days))
    come_alive(session, here(), now=NOON - timedelta(days=2))
    assert timedelta(days=90) == KEPT
    assert forget_old_runs(session, now=NOON) == 1
    session.commit()
    assert len(_runs(session)) == 1


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (None, {}),
        (4, {"done": 4}),
        (Done(mails=1), {"mails": 1, "broken": 0}),
        ({"kept": NOON.date()}, {"kept": "2026-03-16"}),
    ],
)
def test_what_a_job_returns_is_kept_as_numbers_and_words(result, expected):
    assert counts(result) == expected


def test_the_timetable_can_be_read_and_names_each_job_once():
    names = [planned.name for planned in schedule.SCHEDULE]
    assert len(set(names)) == len(names)
    assert {"queue_reminders", "deliver_outbox", "tidy_job_log"} <= set(names)
    for planned in schedule.SCHEDULE:
        assert planned.patience(NOON, VILNIUS) > planned.gap(NOON, VILNIUS)


def _due(rounds: Rounds, *moments: datetime) -> list[list[str]]:
    return [[planned.name for planned in rounds.due(moment)] for moment in moments]


def test_each_job_comes_once_for_a_moment_and_several_missed_count_as_one():
    morning = datetime(2026, 3, 16, 5, 59, 58, tzinfo=UTC)
    jobs = [Planned(sends_three, {"hour": "8-10"}), Planned(sends_nothing, OFTEN)]
    rounds = Rounds(jobs, VILNIUS, morning)
    second = timedelta(seconds=1)
    assert _due(
        rounds, morning, morning + second, morning + 3 * second, morning + 2 * HOUR
    ) == [[], [], ["sends_three", "sends_nothing"], ["sends_three", "sends_nothing"]]


def test_what_another_process_missed_is_made_up_for_on_the_same_day_only():
    eight = datetime(2026, 3, 16, 6, tzinfo=UTC)
    last_runs = {"sends_three": eight - timedelta(days=1)}
    jobs = [Planned(sends_three, DAILY)]
    for now, expected in [
        (eight - HOUR, []),
        (eight + 3 * HOUR, ["sends_three"]),
        (eight + timedelta(hours=20), []),
    ]:
        rounds = Rounds(jobs, VILNIUS, now, last_runs)
        assert _due(rounds, now, now) == [expected, []]


def test_the_very_first_run_may_be_missed_too(app, clock):
    """Whoever was to run it died before; found by the torture."""
    jobs = [Planned(sends_three, {"hour": 13})]
    Logbook(app).open(jobs)
    clock.now += 2 * HOUR
    last_runs = Logbook(app).open(jobs)
    rounds = Rounds(jobs, VILNIUS, clock.now, last_runs)
    assert _due(rounds, clock.now) == [["sends_three"]]


def test_a_run_that_was_cut_off_is_made_up_for_but_not_for_ever(app, session, clock):
    """A kill in the middle of the morning's run must not cost the day."""
    jobs = [Planned(sends_three, {"hour": 12})]  # the clock stands at noon
    clock.now -= HOUR
    Logbook(app).open(jobs)
    clock.now += HOUR
    seen = []
    for _ in range(4):
        start_run(session, "sends_three", here(), now=clock.now)
        session.commit()
        clock.now += HOUR
        last_runs = Logbook(app).open(jobs)
        seen += _due(Rounds(jobs, VILNIUS, clock.now, last_runs), clock.now)
    assert seen == [["sends_three"], ["sends_three"], [], []]
    assert _state(session, "sends_three").failures == 4


def test_a_clock_that_is_put_back_holds_no_job_up():
    rounds = Rounds([Planned(sends_nothing, OFTEN)], VILNIUS, NOON)
    back = NOON - timedelta(days=3)
    assert _due(rounds, back, back + timedelta(seconds=5)) == [[], ["sends_nothing"]]


def test_the_page_shows_jobs_processes_and_errors(app, session, signed_in, clock):
    _run(app, sends_three, DAILY)
    _run_beside(app, session)
    page = signed_in(Role.COORDINATOR).get("/settings/jobs").text
    for text in (
        "Sends three",
        "daily, 08:00",
        "mails 3",
        here().host,
        "is leading",
        "all is well",
        "Mon 16 Mar 2026, 12:00",
    ):
        assert text in page


def _run_beside(app, session) -> None:
    process_id = come_alive(session, here(), now=NOON)
    say_alive(session, process_id, leads=True, now=NOON)
    session.commit()


def test_the_page_says_so_when_nothing_ever_ran(signed_in):
    page = signed_in(Role.APPROVER).get("/settings/jobs").text
    assert "No scheduler has ever run here" in page
    assert "No scheduler is at work" in page


def test_the_page_takes_as_many_statements_for_many_runs(
    app, session, signed_in, statements, clock
):
    client = signed_in(Role.COORDINATOR)
    seen = []
    for often in (1, 50):
        _run(app, sends_three, OFTEN, often=often, clock=clock)
        with statements("SELECT") as said:
            assert client.get("/settings/jobs").status_code == 200
        seen.append(len(said))
    assert seen[0] == seen[1] <= 6


def test_the_runs_of_one_job(app, signed_in):
    planned = [Planned(sends_three, DAILY), Planned(breaks, DAILY)]
    logbook = Logbook(app)
    logbook.open(planned)
    for one in planned:
        logbook.run(one, NOON)
    page = signed_in(Role.ADMIN).get("/settings/jobs?job=breaks").text
    assert "Runs of: Breaks" in page
    assert page.count("assignment 7 has no institution") == 2


def test_every_job_of_the_timetable_has_a_name_for_people_and_a_period(app):
    with app.test_request_context():
        for planned in schedule.SCHEDULE:
            assert planned.name in words.JOBS
            assert words.period(planned.times)
        assert words.period({"minute": "5-55/10"}) == "every 10 minutes"
        assert words.period({"second": 40}) == "every minute"
        assert words.period(
            {"hour": "7-11", "minute": 30, "day_of_week": "mon-fri"}
        ) == ("Monday to Friday, hourly from 07:30 to 11:30")
        assert words.period({"day": 1, "hour": 5, "minute": 40}) == (
            "day 1 of each month, 05:40"
        )
