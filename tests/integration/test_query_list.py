"""The list of all queries, and the same list as a file."""

from datetime import datetime
from io import BytesIO

from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from emnnet.documents.lists import read_csv
from tests.builders import a_query
from tests.conftest import NOON
from tests.integration.test_intake_pages import words
from tests.integration.test_queries_pages import coordinator

__all__ = ["coordinator"]  # the fixture


def some_queries(session: Session) -> None:
    """Five: two without dates, one that begins like a formula, one deleted."""
    a_query(session, title="Entry bans", launched_on=None, reply_by=None)
    a_query(session, title="=1+1 Entry quotas")
    a_query(session, title="Entry by sea", reply_by=None)
    a_query(session, title="Seasonal workers")
    a_query(session, title="Entry twice", deleted_at=NOON, deletion_reason="Twice.")
    session.rollback()


def test_j03_the_files_hold_what_the_list_counts(
    session: Session, coordinator: FlaskClient
):
    some_queries(session)

    page = words(coordinator.get("/desk/queries?q=entry").text)
    rows = read_csv(coordinator.get("/desk/queries/export.csv?q=entry").data)[1:]
    book = load_workbook(
        BytesIO(coordinator.get("/desk/queries/export.xlsx?q=entry").data)
    )

    assert "Queries 3 queries" in page
    assert len(rows) == 3
    assert book.active.max_row - 1 == 3
    launched = {row[1]: row[5] for row in rows}
    assert launched["Entry bans"] == ""
    assert launched["=1+1 Entry quotas"] == "2026-03-02"
    empty = {row[1].value: row[6].value for row in book.active.iter_rows(min_row=2)}
    assert empty == {
        "Entry bans": None,
        "=1+1 Entry quotas": datetime(2026, 4, 10),  # noqa: DTZ001 -- Excel's own
        "Entry by sea": None,
    }


def test_the_list_is_narrowed_and_asks_three_times(
    session: Session, coordinator: FlaskClient, statements
):
    some_queries(session)

    assert "Entry twice" not in coordinator.get("/desk/queries").text
    assert "Entry twice" not in coordinator.get("/desk/queries?state=deleted").text
    assert "Entry twice" in coordinator.get("/desk/queries/deleted").text
    for count in (1, 49):
        for _ in range(count):
            a_query(session)
        session.rollback()
        with statements("SELECT") as seen:
            assert coordinator.get("/desk/queries").status_code == 200
        assert len(seen) == 3
