"""The scheduler: one of many works, hands over when it dies, and keeps local time."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from time import sleep
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from emnnet.extensions import db
from emnnet.jobs.leader import FILE, FileLeadership, Leadership, leadership
from emnnet.jobs.runner import LeadershipLost
from emnnet.jobs.schedule import build_scheduler
from emnnet.models.outbox import OutboxMessage
from tests.integration.letters import a_promise

ROOT = Path(__file__).parents[2]
VILNIUS = ZoneInfo("Europe/Vilnius")
REMINDERS = "queue_reminders"
END_THE_LEADERS_SESSION = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
)


@pytest.fixture
def a_seat(app, tmp_path) -> Iterator[Callable[[], Leadership]]:
    """Makes what each scheduler process makes for itself."""
    made: list[Leadership] = []

    def make() -> Leadership:
        with app.app_context():
            made.append(leadership(db.engine, tmp_path))
        return made[-1]

    yield make
    for seat in made:
        seat.give_up()


@pytest.fixture
def started(database, tmp_path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts scheduler processes; none outlives the test."""
    running: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        settings = {
            "EMNNET_SECRET_KEY": "test",
            "EMNNET_DATABASE_URL": database,
            "EMNNET_INSTANCE": str(tmp_path),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "emnnet", "scheduler"],
            cwd=ROOT,
            env=os.environ | settings,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def _fires(app, job: str, start: datetime, end: datetime) -> list[datetime]:
    """The moments, by the clock of the office, at which a job runs."""
    trigger = build_scheduler(app, before=lambda: None).get_job(job).trigger
    moments: list[datetime] = []
    moment = trigger.get_next_fire_time(None, start)
    while moment and moment < end:
        moments.append(moment.astimezone(VILNIUS))
        moment = trigger.get_next_fire_time(moment, moment + timedelta(seconds=1))
    return moments


@pytest.mark.parametrize(
    ("day", "first_in_utc"),
    [
        pytest.param(date(2026, 1, 14), "05:00", id="winter"),
        pytest.param(date(2026, 7, 15), "04:00", id="summer"),
        pytest.param(date(2026, 10, 26), "05:00", id="after the clock went back"),
        pytest.param(date(2026, 3, 30), "04:00", id="after it went forward"),
    ],
)
def test_a13_reminders_run_at_seven_by_the_clock_of_the_office(app, day, first_in_utc):
    start = datetime(day.year, day.month, day.day, tzinfo=VILNIUS)
    moments = _fires(app, REMINDERS, start, start + timedelta(days=1))
    assert [moment.strftime("%H:%M") for moment in moments] == [
        f"{hour:02}:00" for hour in range(7, 18)
    ]
    assert moments[0].astimezone(UTC).strftime("%H:%M") == first_in_utc


@pytest.mark.parametrize("night", [date(2026, 10, 25), date(2026, 3, 29)])
def test_a13_it_never_runs_in_the_night_the_clock_changes_nor_on_weekends(app, night):
    start = datetime(night.year, night.month, night.day, tzinfo=VILNIUS)
    assert _fires(app, REMINDERS, start, start + timedelta(hours=20)) == []


def test_the_jobs_keep_the_time_of_the_office(app):
    jobs = build_scheduler(app, before=lambda: None).get_jobs()
    assert {str(job.trigger.timezone) for job in jobs} == {"Europe/Vilnius"}
    assert {REMINDERS, "deliver_outbox"} <= {job.id for job in jobs}


def test_no_job_runs_once_the_lock_is_lost(app, session):
    a_promise(session)

    def lost() -> None:
        raise LeadershipLost

    for job in build_scheduler(app, before=lost).get_jobs():
        with pytest.raises(LeadershipLost):
            job.func(app)
    assert session.scalars(select(OutboxMessage.sent_at)).all() == [None]


def test_one_leads_at_a_time(a_seat):
    first, second = a_seat(), a_seat()
    assert (first.take(), second.take()) == (True, False)
    assert first.lasts()
    first.give_up()
    assert second.take()


def test_the_leader_notices_that_its_lock_is_gone(a_seat, session, tmp_path):
    seat = a_seat()
    seat.take()
    if isinstance(seat, FileLeadership):
        (tmp_path / FILE).unlink()
    else:
        session.execute(text(END_THE_LEADERS_SESSION))
    assert [seat.lasts(), seat.lasts()] == [False, False]  # it does not come back


def test_the_lock_file_names_the_process_that_leads(tmp_path):
    seat = FileLeadership(tmp_path)
    seat.take()
    assert (tmp_path / FILE).read_text().split()[1] == str(os.getpid())
    seat.give_up()


def test_a_second_process_takes_over_when_the_first_is_killed(started):
    first = started()
    _read_until(first, "leading")
    second = started()
    _read_until(second, "waiting")

    first.kill()
    _read_until(second, "leading")
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=20) == 0


def test_the_process_sends_what_waits_and_stops_on_ctrl_c(session, started, tmp_path):
    message = a_promise(session)
    process = started()
    _read_until(process, "leading")
    _wait_for_mail(tmp_path / "mailbox")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0
    session.rollback()
    session.refresh(message)
    assert message.sent_at is not None


def _wait_for_mail(folder: Path) -> None:
    seconds = Thread(target=_until_there, args=[folder], daemon=True)
    seconds.start()
    seconds.join(timeout=20)
    assert list(folder.glob("*.eml")), "no mail left within 20 seconds"


def _until_there(folder: Path) -> None:
    while not list(folder.glob("*.eml")):
        sleep(0.1)


def _read_until(process: subprocess.Popen[str], word: str) -> None:
    """Fails instead of waiting for ever."""

    def read() -> None:
        for line in process.stderr or ():
            if word in line:
                found.append(line)
                return

    found: list[str] = []
    reader = Thread(target=read, daemon=True)
    reader.start()
    reader.join(timeout=20)
    assert found, f"the scheduler never said {word!r}"
