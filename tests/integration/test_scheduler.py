"""The scheduler: one of many works, hands over when it dies, and keeps local time."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest
from sqlalchemy import create_engine, select, text

from emnnet.extensions import db
from emnnet.jobs.leader import (
    FILE,
    FileLeadership,
    Leadership,
    SessionLeadership,
    leadership,
)
from emnnet.jobs.runner import work
from emnnet.models.outbox import OutboxMessage
from tests.integration.letters import a_promise

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
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


def test_no_job_runs_once_the_lock_is_lost(app, session, a_seat):
    """The seat was never taken, as if its connection had broken meanwhile."""
    a_promise(session)
    work(app, a_seat(), Event())
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


def test_i10_a_leader_that_loses_its_lock_steps_down_and_may_lead_again(
    app, started, session, tmp_path
):
    first = started()
    _read_until(first, "leading")
    _take_the_lock_away(session, tmp_path)
    _read_until(first, "stepping down")
    _read_until(first, "leading")
    _take_the_lock_away(session, tmp_path)
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=20) == 0


def _take_the_lock_away(session, folder: Path) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(END_THE_LEADERS_SESSION))
        session.rollback()
    else:
        (folder / FILE).unlink()


def test_a_data_base_that_is_not_there_yet_is_waited_for():
    """A scheduler that is started before the server does not die of it."""
    nobody = create_engine("postgresql+psycopg://emnnet@127.0.0.1:1/emnnet")
    seat = SessionLeadership(nobody)
    assert (seat.take(), seat.lasts()) == (False, False)
    seat.give_up()


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
