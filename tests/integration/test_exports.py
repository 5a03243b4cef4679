"""The national response as a file: what stands in it, for whom, and what is kept."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import select

from emnnet.domain.audience import CLOSED_SENTENCE
from emnnet.domain.roles import Role
from emnnet.models.contribution import LateChoice
from emnnet.models.event import Event
from emnnet.services.reviewing import choose_for_late
from tests.builders import COORDINATOR, a_query
from tests.conftest import NOON
from tests.integration.bench_setup import (
    CONTRIBUTES,
    NO,
    YES,
    a_whole_text,
    an_answer,
    asked,
    cleared,
    decided,
    taken,
)

TITLE = "Šeimos susijungimas: sąlygos / terminai"
SECRET = "kanarėlė-7431"


@pytest.fixture
def office(signed_in):
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def query(session):
    """Two answers: the first open, the second not for wider dissemination."""
    query = a_query(session, questions=2, title=TITLE)
    assignment = asked(session, "MD", query, name_en="Migration Department")
    for label, text, word in (("1", "Šeši mėnesiai.", YES), ("2", SECRET, NO)):
        taken(session, an_answer(session, assignment, text, word, label=label))
        decided(session, query, word, label=label)
    return query


def make(client, query, **given):
    data = {"format": "docx", "audience": "office"} | given
    return client.post(f"/desk/queries/{query.id}/export", data=data)


def table(reply):
    """The cells of the only table."""
    [found] = Document(BytesIO(reply.data)).tables
    return [[cell.text for cell in row.cells] for row in found.rows]


def test_the_form_of_the_emn_as_word(office, query):
    reply = make(office, query)
    assert reply.status_code == 200
    head, row = table(reply)
    assert head == ["Country", "Wider dissemination", "Response"]
    assert row[:2] == ["Lithuania", "No"]
    assert "Šeši mėnesiai." in row[2]
    assert SECRET in row[2]
    words = "\n".join(one.text for one in Document(BytesIO(reply.data)).paragraphs)
    title = f"EMN Ad-Hoc Query on {TITLE}"
    for expected in (title, "Requested by NL EMN NCP on 2 March 2026", "Disclaimer"):
        assert expected in words


def test_decisions_that_differ_are_told_for_each_answer(office, query):
    text = table(make(office, query))[1][2]
    assert [
        line for line in text.split("\n") if line.startswith("Wider dissemination")
    ] == [
        "Wider dissemination of this answer: Yes",
        "Wider dissemination of this answer: No",
    ]


def test_the_file_is_named_by_reference_and_title(office, query):
    header = make(office, query).headers["Content-Disposition"]
    name = unquote(header.partition("filename*=UTF-8''")[2])
    title = "Šeimos susijungimas_ sąlygos - terminai"
    assert name == f"{query.reference} {title}.docx"


def test_the_version_for_everybody_holds_no_closed_word(office, query):
    reply = make(office, query, audience="public", sources="y")
    text = table(reply)[1][2]
    assert CLOSED_SENTENCE in text
    assert "Šeši mėnesiai." in text
    assert "Migration Department" not in text
    assert SECRET.encode() not in reply.data
    assert SECRET not in str(table(reply))


def test_a_row_of_closed_answers_is_the_fixed_sentence_alone(session, office):
    query = a_query(session)
    taken(session, an_answer(session, asked(session, "MD", query), SECRET, NO))
    decided(session, query, NO)
    row = table(make(office, query, audience="public"))[1]
    assert row == ["Lithuania", "No", CLOSED_SENTENCE]


@pytest.mark.parametrize("sources", ["", "y"])
def test_source_marks_are_there_when_asked_for(office, query, sources):
    given = {"sources": sources} if sources else {}
    text = table(make(office, query, **given))[1][2]
    wanted = "Migration Department, version 1 of 16 March 2026"
    assert (wanted in text) == bool(sources)


def test_the_same_as_pdf(office, query):
    reply = make(office, query, format="pdf")
    assert reply.mimetype == "application/pdf"
    pages = PdfReader(BytesIO(reply.data)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Šeši mėnesiai." in text
    assert "Lithuania" in text


def test_the_history_keeps_who_made_which_file(session, office, query):
    make(office, query)
    session.rollback()
    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event.kind == "exported"
    assert (event.facts["format"], event.facts["audience"]) == ("docx", "office")
    assert len(event.facts["sha256"]) == 64
    assert SECRET not in str(event.facts)


def test_looking_at_the_page_makes_no_event(session, office, query):
    before = session.scalars(select(Event.id)).all()
    reply = office.get(f"/desk/queries/{query.id}/export")
    session.rollback()
    assert reply.status_code == 200
    assert session.scalars(select(Event.id)).all() == before


def test_e10_a_late_answer_leaves_as_an_annex_when_chosen(session, office):
    query = a_whole_text(session)
    late = asked(session, "VDI", query, CONTRIBUTES)
    cleared(session, query)
    version = an_answer(session, late, "Too late.", now=NOON + timedelta(days=30))
    assert "Too late." not in str(table(make(office, query, annexes="y")))
    session.rollback()
    about = {"by": COORDINATOR, "now": NOON}
    choose_for_late(session, version, LateChoice.ANNEX, **about)
    session.commit()
    assert "Too late." not in str(table(make(office, query)))
    text = table(make(office, query, annexes="y"))[1][2]
    assert "Annex to 1" in text
    assert "Too late." in text
    public = make(office, query, annexes="y", audience="public")
    assert "Too late." not in str(table(public))


def test_h08_script_in_an_answer_stands_as_text_in_word(session, office):
    query = a_query(session)
    text = "<script>alert(1)</script> [press](javascript:alert(2)) " + "a" * 200_000
    taken(session, an_answer(session, asked(session, "MD", query), text))
    reply = make(office, query)
    assert "<script>alert(1)</script>" in table(reply)[1][2]
    links = Document(BytesIO(reply.data)).part.rels.values()
    targets = [one.target_ref for one in links if one.is_external]
    assert [one for one in targets if "javascript" in one] == []


def test_four_statements_for_the_page(office, query, statements):
    url = f"/desk/queries/{query.id}/export"
    with statements("SELECT") as seen:
        office.get(url)
    assert len(seen) == 4


@pytest.mark.parametrize("role", [Role.CONTACT, Role.READER])
def test_nobody_outside_the_office_makes_a_file(signed_in, query, role):
    assert make(signed_in(role), query).status_code == 403


def test_an_unknown_format_is_refused_at_the_field(office, query):
    assert make(office, query, format="exe").status_code == 422
