"""`emnnet mail receive`: nothing is lost, nothing is taken in twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from emnnet.extensions import db
from emnnet.jobs import arrivals
from emnnet.jobs.arrivals import judge_waiting
from emnnet.models.arrived_mail import ArrivedCopy
from emnnet.models.task import Task
from tests.integration.arriving import a_mail, arrived, hand_over
from tests.integration.partners import fresh

ROOT = Path(__file__).parents[2]


@pytest.fixture
def receive(app, database, tmp_path):
    """Start the command as a mail server does; returns the process."""
    environment = os.environ | {
        "EMNNET_INSTANCE": str(tmp_path),
        "EMNNET_DATABASE_URL": database,
        "EMNNET_SECRET_KEY": "test",
    }

    def start(data: bytes, **given: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "emnnet", "mail", "receive"],
            env=environment | given,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        process.stdin.write(data)
        process.stdin.close()
        process.stdin = None
        return process

    return start


def ended(process):
    told, said = process.communicate(timeout=60)
    return process.returncode, (told + said).decode().strip()


def test_a_message_is_kept_once_and_the_same_again_is_known(receive, session):
    data = a_mail().as_bytes()
    assert ended(receive(data)) == (0, "Mail 1: kept.")
    assert ended(receive(data)) == (0, "Mail 1: it had come before.")
    assert [mail.repeated for mail in arrived(session)] == [1]


def test_e16_two_processes_at_once_keep_one(receive, session):
    data = a_mail().as_bytes()
    both = [receive(data), receive(data)]
    assert [ended(process)[0] for process in both] == [0, 0]
    assert [mail.repeated for mail in arrived(session)] == [1]


@pytest.mark.any_database
def test_nothing_on_standard_input_is_told_to_the_mail_server(receive):
    code, said = ended(receive(b""))
    assert (code, said) == (65, "No message came on standard input.")


def test_without_its_tables_the_mail_server_tries_again(receive):
    code, said = ended(receive(b"Subject: x\n\ny", EMNNET_DATABASE_URL="sqlite://"))
    assert code == 75
    assert "Not kept, try again later: OperationalError" in said


@pytest.mark.any_database
def test_without_room_for_files_the_mail_server_tries_again(receive, tmp_path):
    (tmp_path / "no-folder").write_text("")
    code, _said = ended(receive(b"Subject: x\n\ny", EMNNET_FILES_FOLDER="no-folder/x"))
    assert code == 75


def test_what_could_not_be_judged_is_kept_and_judged_later(app, session, monkeypatch):
    def broken(_data):
        raise RuntimeError("the reader is broken")

    with monkeypatch.context() as patched:
        patched.setattr(arrivals, "read_limited", broken)
        hand_over(app, a_mail())
    (kept,) = arrived(session)
    assert (kept.judged_at, kept.tries) == (None, 1)

    assert judge_waiting(app) == 1
    assert judge_waiting(app) == 0
    assert arrived(session)[0].judged_at is not None


def test_what_can_never_be_judged_is_put_before_a_person(app, session, monkeypatch):
    def broken(_data):
        raise RuntimeError("the reader is broken")

    monkeypatch.setattr(arrivals, "read_limited", broken)
    hand_over(app, a_mail())
    for _ in range(5):
        judge_waiting(app)
    (kept,) = arrived(session)
    assert (kept.kind, kept.tries) == ("unreadable", 4)
    assert kept.facts["error"] == "RuntimeError: the reader is broken"
    assert len(fresh(session).scalars(select(Task)).all()) == 1


def test_the_same_number_with_other_words_is_kept_beside_the_first(app, session):
    first = a_mail("The first words.", Message_ID="<one@example.org>")
    other = a_mail("Quite other words.", Message_ID="<one@example.org>")
    sent_on = b"Received: from elsewhere\r\n" + first.as_bytes()
    for data in (first.as_bytes(), sent_on, other.as_bytes(), other.as_bytes()):
        hand_over(app, data)
    (kept,) = arrived(session)
    assert (kept.text, kept.repeated) == ("The first words.", 3)
    assert len(fresh(session).scalars(select(ArrivedCopy)).all()) == 1


def test_without_a_number_the_same_bytes_are_kept_once(app, session):
    data = a_mail(Message_ID="").as_bytes()
    assert hand_over(app, data) == hand_over(app, data)
    assert hand_over(app, data + b"\n") != hand_over(app, data)
    with app.app_context():
        db.engine.dispose()
