"""Visitors read what may be published; a closed answer has a row and no word."""

import io
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from emnnet.domain.audience import CLOSED_SENTENCE, Audience, Dissemination
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.roles import Role
from emnnet.files.store import store
from emnnet.models.attachment import Attachment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.national_response import NationalResponse, Paragraph
from emnnet.models.query import Query
from emnnet.models.stored_file import StoredFile
from emnnet.services.search_index import index_query
from tests.builders import a_query, an_assignment
from tests.conftest import NOON

OPEN, CLOSED = "The opencanary is told.", "The closedcanary is kept."


def a_sent_query(session, **given):
    """Two answered questions, the second one closed, recorded as sent."""
    given = {"sent_on": date(2026, 3, 12)} | given
    query = a_query(session, questions=2, **given)
    answers = ((OPEN, Dissemination.YES), (CLOSED, Dissemination.NO))
    for question, (text, dissemination) in zip(query.questions, answers, strict=True):
        response = NationalResponse(
            question_id=question.id, dissemination=dissemination
        )
        session.add(response)
        session.flush()
        session.add(
            Paragraph(
                response_id=response.id,
                position=1,
                text=text,
                saved_at=NOON,
                saved_by="Coordinator",
            )
        )
    session.flush()
    index_query(session, query)
    session.commit()
    return query


def a_public_query(session, **given):
    return a_sent_query(session, published_at=NOON, **given)


def an_attachment(app, session, query, audience):
    """A file that came with a submitted answer of the query."""
    assignment = an_assignment(session, query=query, role=CellRole.CONTRIBUTES)
    contribution = session.scalars(
        select(Contribution).where(Contribution.assignment_id == assignment.id)
    ).first()
    contribution.latest_number = 1
    content = b"canary,1\r\n"
    session.add(
        ContributionVersion(
            contribution_id=contribution.id,
            number=1,
            text="See the file.",
            dissemination=Dissemination.YES,
            submitted_at=NOON,
            submitted_by="Focal point",
            due_on=assignment.due_on,
        )
    )
    store(Path(app.instance_path, "files"), content)
    digest = sha256(content).hexdigest()
    file = session.scalar(select(StoredFile).where(StoredFile.sha256 == digest))
    if file is None:
        file = StoredFile(
            sha256=digest, size=len(content), media_type="text/csv", stored_at=NOON
        )
        session.add(file)
        session.flush()
    attachment = Attachment(
        contribution_id=contribution.id,
        stored_file_id=file.id,
        original_name=f"skaičiai-{audience}.csv",
        safe_name=f"skaičiai-{audience}.csv",
        audience=audience,
        attached_at=NOON,
        attached_by="Focal point",
    )
    session.add(attachment)
    session.commit()
    return attachment


def test_h01_closed_answer_keeps_its_row_and_its_text_appears_nowhere(
    client, session, signed_in
):
    query = a_public_query(session)
    paths = [
        f"/queries/{query.reference}",
        f"/queries/{query.reference}.json",
        "/queries",
        "/queries.json",
        "/queries/feed.atom",
        "/search?q=closedcanary",
        "/search?q=family",
        "/",
    ]
    for reader in (client, signed_in(Role.READER), signed_in(Role.CONTACT)):
        told = [reader.get(path).text for path in paths]
        assert [path for path, text in zip(paths, told, strict=True)
                if "closedcanary is" in text] == []  # fmt: skip
        assert OPEN in told[0]
        assert CLOSED_SENTENCE in told[0]
        assert CLOSED_SENTENCE in told[1]


def test_h01_undecided_answer_counts_as_closed(client, session):
    query = a_public_query(session)
    for response in session.scalars(select(NationalResponse)):
        response.dissemination = None
    session.commit()
    page = client.get(f"/queries/{query.reference}").text
    assert OPEN not in page
    assert page.count(CLOSED_SENTENCE) == 2


def test_query_that_is_not_published_does_not_exist_for_visitors(client, session):
    query = a_sent_query(session)
    paths = ["", ".json", "/annexes.zip", "/annexes/1"]
    told = [client.get(f"/queries/{query.reference}{path}") for path in paths]
    assert [reply.status_code for reply in told] == [404, 404, 404, 404]
    assert query.title not in client.get("/queries").text


@pytest.mark.parametrize("reference", ["2026", "x.y", "2026.99999999999999999", "-1.1"])
def test_strange_reference_is_not_found(client, reference):
    assert client.get(f"/queries/{reference}").status_code == 404


def test_list_is_narrowed_by_year_and_requester(client, session):
    a_public_query(session, title="Entry bans", launched_on=date(2019, 5, 2))
    a_public_query(session, title="Resettlement", requester_code="EE")
    assert "Entry bans" in client.get("/queries?year=2019").text
    assert "Resettlement" not in client.get("/queries?year=2019").text
    assert "Entry bans" not in client.get("/queries?requester=EE").text
    assert "No published query fits" in client.get("/queries?year=1999").text
    assert client.get("/queries?year=abc&page=x&theme=%00").status_code == 200


def test_list_without_queries_says_what_will_stand_there(client):
    assert "No query is published yet" in client.get("/queries").text


def test_coordinator_publishes_and_takes_back(client, session, signed_in):
    query = a_sent_query(session)
    coordinator = signed_in(Role.COORDINATOR)

    page = coordinator.get(f"/desk/queries/{query.id}/publication").text
    assert OPEN in page
    assert CLOSED not in page
    reply = coordinator.post(f"/desk/queries/{query.id}/publication")
    assert reply.status_code == 303
    assert client.get(f"/queries/{query.reference}").status_code == 200
    assert "1 query found" in client.get("/search?q=opencanary").text

    path = f"/desk/queries/{query.id}/publication/back"
    assert coordinator.post(path, data={"reason": " "}).status_code == 422
    assert coordinator.post(path, data={"reason": "A name"}).status_code == 303

    gone = client.get(f"/queries/{query.reference}")
    assert gone.status_code == 410
    assert "withdrawn on" in gone.text
    assert query.title not in gone.text
    assert "Nothing found" in client.get("/search?q=opencanary").text
    assert query.title not in client.get("/queries").text
    assert query.title not in client.get("/queries/feed.atom").text


def test_only_a_response_that_was_sent_can_be_published(session, signed_in):
    query = a_sent_query(session, sent_on=None)
    coordinator = signed_in(Role.COORDINATOR)
    reply = coordinator.post(f"/desk/queries/{query.id}/publication")
    assert reply.status_code == 409
    assert "Only a response that was sent can be published." in reply.text


def test_approver_and_reader_do_not_publish(session, signed_in):
    query = a_sent_query(session)
    path = f"/desk/queries/{query.id}/publication"
    for role in (Role.APPROVER, Role.READER, Role.CONTACT):
        assert signed_in(role).post(path).status_code == 403


def test_h02_internal_annex_is_fetched_by_nobody_outside(app, client, session):
    query = a_public_query(session)
    inside = an_attachment(app, session, query, Audience.OFFICE)
    outside = an_attachment(app, session, query, Audience.PUBLIC)
    address = f"/queries/{query.reference}/annexes"

    page = client.get(f"/queries/{query.reference}").text
    assert outside.safe_name in page
    assert inside.safe_name not in page
    assert "1 annex is not published" in page
    assert client.get(f"{address}/{outside.id}").data == b"canary,1\r\n"
    assert client.get(f"{address}/{inside.id}").status_code == 404
    names = zipfile.ZipFile(io.BytesIO(client.get(f"{address}.zip").data)).namelist()
    assert names == [f"{outside.id}-{outside.safe_name}"]

    session.get_one(Query, query.id).unpublished_at = NOON
    session.commit()
    assert client.get(f"{address}/{outside.id}").status_code == 410
    assert client.get(f"{address}.zip").status_code == 410


def test_h08_script_in_an_answer_is_text(client, session):
    query = a_public_query(session)
    paragraph = session.scalars(select(Paragraph).order_by(Paragraph.id)).first()
    paragraph.text = "<script>alert(1)</script> [x](javascript:alert(1))"
    session.commit()
    page = client.get(f"/queries/{query.reference}").text
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="javascript' not in page


def test_j08_search_tells_each_reader_their_own(client, session, signed_in):
    query = a_query(session, background="The secretcanary stands inside.")
    index_query(session, query)
    session.commit()
    assert "Nothing found" in client.get("/search?q=secretcanary").text
    assert "Nothing found" in signed_in(Role.CONTACT).get("/search?q=secretcanary").text
    office = signed_in(Role.COORDINATOR).get("/search?q=secretcanary").text
    assert "1 query found" in office


@pytest.mark.parametrize("rows", [1, 25])
def test_pages_need_four_statements_whatever_the_rows(
    client, session, statements, rows
):
    for _ in range(rows):
        query = a_public_query(session)
    counts = []
    for path in ("/queries", f"/queries/{query.reference}", "/search?q=family"):
        with statements("SELECT") as seen:
            assert client.get(path).status_code == 200
        counts.append(len(seen))
    assert counts == [2, 2, 1]


@pytest.mark.parametrize("questions", [1, 50])
def test_the_page_before_publishing_needs_four_statements(
    session, signed_in, statements, questions
):
    query = a_query(session, questions=questions, sent_on=NOON.date())
    session.commit()
    path = f"/desk/queries/{query.id}/publication"
    coordinator = signed_in(Role.COORDINATOR)
    with statements("SELECT") as seen:
        coordinator.get(path)
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("code", "printed", "name"),
    [
        ("EE", "Firstname SURNAME", "Estonia"),
        ("COM", "COM", "European Commission"),
        (None, "A network", "A network"),
    ],
)
def test_visitors_read_a_country_not_a_code_nor_a_person(
    client, session, code, printed, name
):
    query = a_public_query(session)
    query.requester_code, query.requester_printed = code, printed
    session.commit()
    for page in ("/", "/queries", f"/queries/{query.reference}"):
        text = client.get(page).text
        assert (name in text, "SURNAME" in text) == (True, False)
