"""What arrives is read, shown beside its text, corrected and registered."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.roles import Role
from emnnet.models.country_response import CountryResponse
from emnnet.models.intake import Intake
from emnnet.models.query import Query
from emnnet.models.stored_file import StoredFile
from tests.builders import a_query

SignIn = Callable[..., FlaskClient]
DOCUMENT = """EMN Ad-Hoc Query on 2026.14 EE AHQ on Seasonal workers in agriculture
Requested by EE EMN NCP on 5th March 2026
Reply requested by 10 April 2026
Responses from Austria, Belgium, Latvia (4 in Total)

1. Background Information
The Estonian Ministry of the Interior prepares a law on seasonal work.

2. Questions
1. Does your Member State have a quota for seasonal workers?
2. If yes to Q1, how high is it?
"""


@pytest.fixture
def coordinator(session: Session, signed_in: SignIn) -> FlaskClient:
    """A coordinator's browser; the test's session has nothing open beside it."""
    client = signed_in(Role.COORDINATOR)
    session.rollback()
    return client


def words(html: str) -> str:
    """The text of a page, without marks and doubled blanks."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def arrive(client: FlaskClient, text: str = DOCUMENT) -> str:
    """The page beside the text, after pasting it."""
    reply = client.post("/queries/register", data={"text": text})
    assert reply.status_code == 303, words(reply.text)
    return reply.location


def typed(page: str) -> dict[str, str]:
    """What the form on a page holds, as a browser would send it."""
    form = page[page.index('class="query-form') :]
    form = form[: form.index("</form>")]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name:
            fields[name[1]] = value[1] if value else ""
    for name, value in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S
    ):
        fields[name] = value.strip("\r\n")
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S
    ):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def test_a_pasted_query_is_read_and_its_passages_are_marked(
    session: Session, coordinator: FlaskClient
):
    page = coordinator.get(arrive(coordinator)).text

    fields = typed(page)
    assert fields["title"] == "Seasonal workers in agriculture"
    assert fields["foreign_reference"] == "2026.14"
    assert fields["requester_code"] == "EE"
    assert (fields["launched_on"], fields["reply_by"]) == ("2026-03-05", "2026-04-10")
    assert fields["questions-0-text"].endswith("a quota for seasonal workers?")
    assert '<span id="passage-reply_by" class="passage-start"></span><mark' in page
    assert "stated: 4" in words(page)
    assert session.scalar(select(func.count(Query.id))) == 0


def test_registering_keeps_what_the_coordinator_corrected(
    session: Session, coordinator: FlaskClient
):
    address = arrive(coordinator)
    fields = typed(coordinator.get(address).text)
    fields |= {
        "title": "Seasonal work",
        "reply_by": "17.04.2026",
        "tags": "work, farms",
    }

    reply = coordinator.post(address, data=fields)

    query = session.scalars(select(Query)).one()
    assert reply.location == f"/desk/queries/{query.id}"
    assert (query.title, query.reply_by) == ("Seasonal work", date(2026, 4, 17))
    assert query.printed_title.startswith("EMN Ad-Hoc Query on 2026.14")
    assert (query.foreign_reference, query.reference) == ("2026.14", "2026.1")
    assert len(query.questions) == 2
    countries = session.scalars(select(CountryResponse.country)).all()
    assert sorted(countries) == ["AT", "BE", "LV"]


def test_pressing_twice_registers_once(session: Session, coordinator: FlaskClient):
    address = arrive(coordinator)
    fields = typed(coordinator.get(address).text)

    first = coordinator.post(address, data=fields)
    query_id = session.scalars(select(Query.id)).one()
    fields["seen_duplicates"] = str(query_id)
    session.rollback()
    second = coordinator.post(address, data=fields)

    assert (first.location, second.location) == (f"/desk/queries/{query_id}",) * 2
    session.rollback()
    assert session.scalar(select(func.count(Query.id))) == 1
    assert coordinator.get(address).location == f"/desk/queries/{query_id}"


@pytest.mark.parametrize(
    ("day", "message"),
    [
        pytest.param("31.02.2026", "There is no such day as 31.02.2026.", id="31 Feb"),
        pytest.param("31..2026", "“31..2026” is not complete.", id="empty month"),
        pytest.param("next Monday", "“next Monday” is not a date.", id="text"),
        pytest.param("31.12.26", "write the year with four digits", id="short year"),
    ],
)
def test_a21_an_impossible_date_is_an_error_at_its_field(
    session: Session, coordinator: FlaskClient, day: str, message: str
):
    address = arrive(coordinator)
    fields = typed(coordinator.get(address).text)
    fields |= {"reply_by": day, "title": "My own title"}

    reply = coordinator.post(address, data=fields)

    assert reply.status_code == 422
    assert message in words(reply.text)
    kept = typed(reply.text)
    assert (kept["reply_by"], kept["title"]) == (day, "My own title")
    assert session.scalar(select(func.count(Query.id))) == 0


def test_what_is_not_in_the_document_stays_empty_and_is_listed(
    coordinator: FlaskClient,
):
    text = DOCUMENT.replace("Reply requested by 10 April 2026\n", "")

    page = coordinator.get(arrive(coordinator, text)).text

    assert typed(page)["reply_by"] == ""
    assert "Not in the document: reply-by date" in words(page)


def test_questions_are_added_moved_and_removed_without_script(
    coordinator: FlaskClient,
):
    address = arrive(coordinator)
    fields = typed(coordinator.get(address).text) | {"launched_on": "half a da"}

    added = coordinator.post(address, data=fields | {"add_question": "1"})
    assert typed(added.text)["questions-2-text"] == ""
    moved = coordinator.post(address, data=fields | {"question_up": "1"})
    assert typed(moved.text)["questions-0-label"] == "2"
    removed = coordinator.post(address, data=fields | {"remove_question": "0"})
    assert "questions-1-text" not in typed(removed.text)
    assert typed(removed.text)["questions-0-label"] == "2"
    assert typed(removed.text)["launched_on"] == "half a da"


def test_a_duplicate_is_shown_before_it_is_registered(
    session: Session, coordinator: FlaskClient
):
    there = a_query(
        session,
        title="Seasonal Workers in Agriculture",
        requester_code="EE",
        launched_on=date(2026, 3, 5),
    )

    page = coordinator.get(arrive(coordinator)).text

    assert f"{there.reference} Seasonal Workers in Agriculture" in words(page)
    assert "the same title, requester and launch date" in words(page)


def test_a_duplicate_that_was_not_shown_yet_stops_once(
    session: Session, coordinator: FlaskClient
):
    a_query(session, title="Entry bans")
    address = arrive(coordinator)
    fields = typed(coordinator.get(address).text) | {"title": "Entry bans"}

    stopped = coordinator.post(address, data=fields)
    assert stopped.status_code == 409
    assert "Registering it twice?" in words(stopped.text)
    again = coordinator.post(address, data=typed(stopped.text))

    assert again.status_code == 303


def test_a_document_is_kept_and_can_be_saved_again(
    session: Session, coordinator: FlaskClient
):
    file = (BytesIO(DOCUMENT.encode()), "query ą.txt")
    address = coordinator.post("/queries/register", data={"file": file}).location

    stored = session.scalars(select(StoredFile)).one()
    assert (stored.size, stored.media_type) == (len(DOCUMENT.encode()), "text/plain")
    reply = coordinator.get(f"{address}/file")
    assert reply.data == DOCUMENT.encode()
    assert reply.content_type == "application/octet-stream"
    assert reply.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        pytest.param(b"", "a.docx", "empty", id="empty"),
        pytest.param(b"MZ" + b"\0" * 200, "a.docx", "program", id="program"),
        pytest.param(b"%PDF-1.7\n%cut", "a.pdf", "", id="truncated PDF"),
    ],
)
def test_a_bad_document_says_why_and_nothing_is_kept(
    session: Session, coordinator: FlaskClient, data: bytes, name: str, message: str
):
    reply = coordinator.post("/queries/register", data={"file": (BytesIO(data), name)})

    assert reply.status_code == 422
    assert message in words(reply.text)
    assert "choose it again" in words(reply.text)
    assert session.scalar(select(func.count(Intake.id))) == 0
    assert session.scalar(select(func.count(StoredFile.id))) == 0


def test_pasted_text_comes_back_when_something_is_wrong(coordinator: FlaskClient):
    both = {"text": DOCUMENT, "file": (BytesIO(b"x"), "a.txt")}

    reply = coordinator.post("/queries/register", data=both)

    assert reply.status_code == 422
    assert "Does your Member State have a quota" in reply.text


def test_an_empty_form_registers_too(session: Session, coordinator: FlaskClient):
    address = coordinator.post("/queries/register/empty").location
    fields = typed(coordinator.get(address).text)
    fields |= {"title": "Entry bans", "questions-0-text": "Since when?"}

    reply = coordinator.post(address, data=fields)

    assert reply.status_code == 303
    assert session.scalars(select(Query.title)).one() == "Entry bans"


def test_what_was_read_and_not_registered_waits_and_can_be_discarded(
    coordinator: FlaskClient,
):
    address = arrive(coordinator)
    assert (
        "Seasonal workers in agriculture" in coordinator.get("/queries/register").text
    )

    coordinator.post(f"{address}/discard")

    assert "Seasonal workers" not in coordinator.get("/queries/register").text


def test_only_coordinators_register(signed_in: SignIn):
    assert signed_in(Role.APPROVER).get("/queries/register").status_code == 403
    assert signed_in(Role.CONTACT).get("/queries/register").status_code == 403


def test_the_form_asks_four_times_however_many_queries_there_are(
    session: Session, coordinator: FlaskClient, statements
):
    address = arrive(coordinator)
    for count in (1, 49):
        for _ in range(count):
            a_query(session, title="Seasonal workers in agriculture")
        with statements("SELECT") as seen:
            assert coordinator.get(address).status_code == 200
        assert len(seen) == 4
