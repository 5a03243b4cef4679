"""Years nobody loaded, next year's holidays, and the feed of the calendar."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest
from sqlalchemy import select

from emnnet.documents import calendar_feed
from emnnet.documents.calendar_feed import FeedUnreachable, read_feed
from emnnet.documents.holidays_source import country_holidays
from emnnet.jobs.calendars import check_calendars, read_calendar_feed
from emnnet.models.holiday import Holiday
from emnnet.models.task import Task, TaskKind
from emnnet.services.calendar_watch import FeedState
from tests.builders import a_query
from tests.integration.test_calendars import lithuania_of_2026

OCTOBER = datetime(2026, 10, 1, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _lithuania(session):
    lithuania_of_2026(session)


def tasks(session):
    session.rollback()
    return sorted(session.scalars(select(Task.key)))


def holidays(session):
    session.rollback()
    return session.scalars(select(Holiday.day).order_by(Holiday.day)).all()


def as_ics(days):
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{one.day}\r\nDTSTART;VALUE=DATE:{one.day:%Y%m%d}\r\n"
        f"SUMMARY:{one.name_en}\r\nEND:VEVENT\r\n"
        for one in days
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode()


@contextmanager
def served(data: bytes, *, stalls: bool = False, status: int = 200) -> Iterator[str]:
    """The address of a feed on the loopback."""
    over = Event()

    class Feed(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()
            if stalls:
                over.wait(5)
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/holidays.ics"
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def test_a06_a_date_in_a_year_that_is_not_loaded_opens_one_task(app, session):
    a_query(session, reply_by=date(2027, 1, 8))
    a_query(session, reply_by=date(2027, 1, 15))
    a_query(session, reply_by=date(2027, 1, 15), closed_at=OCTOBER)
    assert check_calendars(app).tasks == 1
    assert check_calendars(app).tasks == 0
    assert tasks(session) == ["calendar:LT:2027"]


def test_from_october_on_each_calendar_of_next_year_is_looked_at_once(
    app, session, clock
):
    check_calendars(app)
    assert tasks(session) == []
    clock.now = OCTOBER
    check_calendars(app)
    check_calendars(app)
    wanted = [f"calendar:{code}:2027" for code in ("BE", "EU", "LT")]
    wanted += [f"calendar_check:{code}:2027" for code in ("BE", "EU", "LT")]
    assert tasks(session) == wanted


def feed_of(app, address, clock=None):
    app.config["CALENDAR_FEED"] = address
    return read_calendar_feed(app)


def test_a16_a_feed_that_is_not_set_is_not_read(app):
    assert feed_of(app, "") is None


def test_a16_a_feed_that_times_out_leaves_the_calendar_and_alerts(
    app, session, monkeypatch
):
    before = holidays(session)
    monkeypatch.setattr(calendar_feed, "SECONDS", 0.3)
    monkeypatch.setattr(
        "emnnet.jobs.calendars.read_feed", lambda address: read_feed(address, seconds=1)
    )
    with served(b"x", stalls=True) as address:
        assert feed_of(app, address) is FeedState.UNREACHABLE
    assert holidays(session) == before
    assert tasks(session) == ["calendar_feed:LT:unreachable:2026-03"]


@pytest.mark.parametrize(
    ("data", "state"),
    [
        pytest.param(as_ics([]), FeedState.EMPTY, id="empty"),
        pytest.param(b"<html>moved</html>", FeedState.INVALID, id="invalid"),
        pytest.param(b"x" * 2_000_000, FeedState.INVALID, id="endless"),
    ],
)
def test_a16_a_feed_that_is_empty_or_broken_leaves_the_calendar_and_alerts(
    app, session, data, state
):
    before = holidays(session)
    with served(data) as address:
        assert feed_of(app, address) is state
        assert feed_of(app, address) is state
    assert holidays(session) == before
    (task,) = session.scalars(select(Task)).all()
    assert (task.kind, task.facts["state"]) == (TaskKind.CALENDAR_FEED, state)


def test_a16_the_same_data_changes_nothing_and_alerts_nobody(app, session, tmp_path):
    before = holidays(session)
    file = tmp_path / "holidays.ics"
    file.write_bytes(as_ics(country_holidays("LT", [2026])))
    assert feed_of(app, str(file)) is FeedState.UNCHANGED
    assert feed_of(app, file.as_uri()) is FeedState.UNCHANGED
    assert (holidays(session), tasks(session)) == (before, [])


def test_a16_new_data_waits_for_a_person(app, session, tmp_path):
    before = holidays(session)
    file = tmp_path / "holidays.ics"
    file.write_bytes(as_ics(country_holidays("LT", [2026, 2027])))
    assert feed_of(app, str(file)) is FeedState.DIFFERENT
    assert holidays(session) == before
    (task,) = session.scalars(select(Task)).all()
    assert task.facts["error"] == "2027: +16 −0"


@pytest.mark.parametrize(
    "address",
    ["http://example.org/x.ics", "ftp://example.org/x", "/no/such/file.ics"],
)
def test_a16_only_https_and_files_are_read(address):
    with pytest.raises(FeedUnreachable):
        read_feed(address)


def test_a16_an_answer_from_elsewhere_is_not_followed():
    with (
        served(b"", status=302) as address,
        pytest.raises(FeedUnreachable, match="302"),
    ):
        read_feed(address)


def test_the_command_counts_in_the_table_of_the_office(app, session):
    session.add(
        Holiday(
            calendar="LT",
            day=date(2026, 3, 20),
            name_en="Day of mourning",
            name_local="Gedulo diena",
        )
    )
    session.commit()
    words = ["deadlines", "--sent", "2026-03-16", "--working-days", "10"]
    output = app.test_cli_runner().invoke(args=words).output
    assert output.startswith("Due on Tue 31 Mar 2026\n")
    assert "skipped: Day of mourning" in output
    assert output.endswith("Calendar: LT, 1, from the office's table.\n")
    belgian = app.test_cli_runner().invoke(args=[*words, "--calendar", "be"]).output
    assert belgian.endswith("from the package.\n")
