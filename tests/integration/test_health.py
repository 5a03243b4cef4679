"""Is it alive? What the health page says, and the alarm that goes a second way."""

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select, text

from emnnet.app import create_app
from emnnet.domain.health import Part
from emnnet.domain.roles import Role
from emnnet.extensions import db
from emnnet.jobs.alarm import raise_alarm
from emnnet.jobs.logbook import Logbook, here
from emnnet.jobs.schedule import SCHEDULE
from emnnet.models.incident import Incident
from emnnet.models.job import JobState
from emnnet.services.scheduler_processes import come_alive, say_alive
from tests.conftest import NOON
from tests.integration.letters import a_promise

MINUTE = timedelta(minutes=1)
KEEP = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + '--\\n')"


@pytest.fixture
def alerts(tmp_path) -> Path:
    """What the operator's command was given."""
    path = tmp_path / "alerts.txt"
    path.touch()
    return path


@pytest.fixture
def watched(app, alerts, session) -> Flask:
    """All is well: every job has just run, and a scheduler leads."""
    app.config["ALERT_COMMAND"] = [sys.executable, "-c", KEEP, str(alerts)]
    Logbook(app).open(SCHEDULE)
    _all_ran(session, NOON)
    return app


def _all_ran(session, now) -> None:
    session.rollback()
    for state in session.scalars(select(JobState)):
        state.good_at = now
    say_alive(session, come_alive(session, here(), now=now), leads=True, now=now)
    session.commit()


def _look(app, patience=timedelta()) -> list[str]:
    with app.app_context():
        return [one.name for one in raise_alarm(patience=patience).troubles]


def _told(alerts: Path) -> list[str]:
    return [one.strip() for one in alerts.read_text().split("--\n") if one.strip()]


def test_health_is_ok(watched):
    reply = watched.test_client().get("/health")
    assert (reply.status_code, reply.headers["Cache-Control"]) == (200, "no-store")
    assert reply.json == {
        "status": "ok",
        "checks": {part.value: "ok" for part in Part},
        "failing": [],
    }


def test_live_asks_nobody(client, statements):
    with statements("") as said:
        assert client.get("/health/live").json == {"status": "ok"}
    assert said == []


def test_i11_health_names_the_job_that_has_not_run_for_26_hours(
    watched, session, clock, signed_in
):
    clock.now = NOON + timedelta(hours=27)  # Tuesday
    _all_ran(session, clock.now)
    session.get_one(JobState, "queue_reminders").good_at = NOON
    session.commit()
    reply = watched.test_client().get("/health")
    assert (reply.status_code, reply.json["failing"]) == (503, ["jobs:queue_reminders"])
    assert reply.json["checks"]["jobs"] == "failing"
    assert "details" not in reply.json
    office = signed_in(Role.APPROVER).get("/health").json
    assert "27.0 hours ago" in office["details"]["jobs:queue_reminders"]
    assert "details" not in signed_in(Role.CONTACT).get("/health").json


def test_i11_a_second_way_tells_it_once_and_once_more_when_it_is_over(
    watched, session, clock, alerts
):
    clock.now = NOON + timedelta(hours=27)
    _all_ran(session, clock.now)
    session.get_one(JobState, "queue_reminders").good_at = NOON
    session.commit()
    for _ in range(3):
        assert _look(watched) == ["jobs:queue_reminders"]
    assert [one.splitlines()[0] for one in _told(alerts)] == [
        "EMN National Contact Point Lithuania: jobs:queue_reminders is failing"
    ]
    clock.now += 5 * MINUTE
    _all_ran(session, clock.now)
    assert [_look(watched), _look(watched)] == [[], []]
    over = _told(alerts)[1]
    assert "jobs:queue_reminders is recovered" in over
    assert over.endswith("since 2026-03-17 15:00\nuntil 2026-03-17 15:05")
    assert len(_told(alerts)) == 2


def test_i11_any_process_watches_also_when_none_leads(watched, clock, alerts):
    clock.now = NOON + 2 * MINUTE
    result = watched.test_cli_runner().invoke(args=["scheduler", "check"])
    assert (result.exit_code, result.output) == (
        1,
        "scheduler: no scheduler process: last heard of 2026-03-16 12:00\n",
    )
    assert len(_told(alerts)) == 1


def test_the_command_says_that_all_is_well(watched):
    result = watched.test_cli_runner().invoke(args=["scheduler", "check"])
    assert (result.exit_code, result.output) == (0, "All is well.\n")


def test_what_is_over_soon_is_told_to_nobody(watched, session, clock, alerts):
    clock.now += 2 * MINUTE
    assert _look(watched, patience=2 * MINUTE) == ["scheduler"]
    clock.now += MINUTE
    _all_ran(session, clock.now)
    assert _look(watched, patience=2 * MINUTE) == []
    assert _told(alerts) == []
    session.rollback()
    (incident,) = session.scalars(select(Incident)).all()
    assert (incident.told_at, incident.ended_at) == (None, clock.now)


def test_an_alert_that_was_not_taken_is_told_again(watched, clock, alerts):
    good = watched.config["ALERT_COMMAND"]
    watched.config["ALERT_COMMAND"] = ["/no/such/command"]
    clock.now += 2 * MINUTE
    _look(watched)
    watched.config["ALERT_COMMAND"] = good
    _look(watched)
    assert _told(alerts) == []  # the first one may still be at it
    clock.now += 6 * MINUTE
    _look(watched)
    assert len(_told(alerts)) == 1


def test_the_command_does_not_get_our_secrets(watched, clock, alerts, monkeypatch):
    monkeypatch.setenv("EMNNET_SECRET_KEY", "do not tell")
    watched.config["ALERT_COMMAND"] = [
        "/bin/sh", "-c", f"env > {alerts}; echo $ALERT_NAME $ALERT_STATE >> {alerts}"
    ]  # fmt: skip
    clock.now += 2 * MINUTE
    _look(watched)
    assert "do not tell" not in alerts.read_text()
    assert "scheduler failing" in alerts.read_text()


class _Taker(BaseHTTPRequestHandler):
    taken: list[dict[str, str]]

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.taken.append(json.loads(self.rfile.read(length)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    """A web address that takes alerts; `_Taker.taken` holds them."""
    _Taker.taken = []
    with HTTPServer(("127.0.0.1", 0), _Taker) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/alert"
        server.shutdown()


def test_an_alert_to_a_web_address(watched, clock, address):
    watched.config |= {"ALERT_COMMAND": None, "ALERT_URL": address}
    clock.now += 2 * MINUTE
    _look(watched)
    (taken,) = _Taker.taken
    assert (taken["name"], taken["state"]) == ("scheduler", "failing")
    assert "no scheduler process" in taken["text"]


@pytest.mark.parametrize(
    "setting", [{"ALERT_COMMAND": "mail duty@example.org"}, {"ALERT_URL": "ftp://x"}]
)
def test_a_way_that_cannot_work_stops_the_start(settings, setting):
    with pytest.raises(RuntimeError, match="ALERT_"):
        create_app(settings | setting)


def test_a_data_base_that_is_away_is_told_once_for_the_host(
    settings, clock, tmp_path, alerts
):
    nowhere = f"sqlite:///{tmp_path}/no-such-folder/emnnet.sqlite"
    command = [sys.executable, "-c", KEEP, str(alerts)]
    given = settings | {"DATABASE_URL": nowhere, "ALERT_COMMAND": command}
    app = create_app(given, now=clock, instance=str(tmp_path))
    for _ in range(4):
        assert _look(app, patience=2 * MINUTE) == ["database"]
        clock.now += MINUTE
    assert [one.splitlines()[0].split(": ")[1] for one in _told(alerts)] == [
        "database is failing"
    ]
    checks = app.test_client().get("/health").json["checks"]
    assert (checks["database"], checks["jobs"]) == ("failing", "unknown")


def test_the_end_of_an_outage_is_told(watched, session, clock, alerts, tmp_path):
    (tmp_path / "outage.json").write_text(
        json.dumps({"began_at": (NOON - MINUTE).isoformat(), "told": True})
    )
    assert [_look(watched), _look(watched)] == [[], []]
    assert len(_told(alerts)) == 1
    assert "database is recovered" in _told(alerts)[0]


def test_mail_that_piles_up_is_told(watched, session, clock):
    a_promise(session)
    clock.now += 31 * MINUTE
    _all_ran(session, clock.now)
    assert _look(watched) == ["outbox"]


def test_a_full_disk_is_told(watched):
    watched.config["DISK_LEAST_MB"] = 10**12
    assert _look(watched) == ["disk"]


def test_a_mail_server_that_is_away_is_told_and_asked_once_a_minute(watched):
    watched.config |= {"MAIL_MODE": "smtp", "TESTING": False}
    mail = watched.extensions["mail"]
    mail.server, mail.port, mail.suppress = "127.0.0.1", 1, False
    assert _look(watched) == ["mail_server"]
    mail.port = 2
    told = watched.test_client().get("/health")
    assert told.json["failing"] == ["mail_server"]
    assert "127.0.0.1" not in told.text


def test_health_takes_few_statements(watched, statements, session):
    client = watched.test_client()
    with statements("SELECT") as said:
        client.get("/health")
    assert len(said) == 4


def test_two_processes_open_one_incident(watched, session, clock, alerts):
    clock.now += 2 * MINUTE
    looking = [Thread(target=_look, args=[watched]) for _ in range(3)]
    for one in looking:
        one.start()
    for one in looking:
        one.join()
    session.rollback()
    assert len(session.scalars(select(Incident)).all()) == 1
    assert len(_told(alerts)) == 1


def test_without_its_tables_the_health_is_bad_not_broken(watched, session):
    session.execute(text("DROP TABLE incident"))
    session.execute(text("DROP TABLE job_state"))
    session.commit()
    reply = watched.test_client().get("/health")
    assert (reply.status_code, reply.json["failing"]) == (503, ["database"])
    with watched.app_context():
        db.session.rollback()
