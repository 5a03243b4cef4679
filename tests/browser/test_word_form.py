"""A partner answers in a Word file, and reads the own dates in a calendar program."""

import re
from pathlib import Path
from urllib.request import urlopen

import pytest
import vobject
from docx import Document
from playwright.sync_api import Page, expect

from emnnet.domain.audience import Dissemination
from emnnet.domain.roles import Actor, ActorKind, Role
from tests.builders import a_query, an_assignment
from tests.integration.partners import a_draft, a_link, cells
from tests.word_files import answered, chosen

COLLEAGUE = Actor(ActorKind.PERSON, "A colleague", "contact")


@pytest.fixture
def assignment(session):
    return an_assignment(session, query=a_query(session, questions=3))


def come_in(page: Page, session, assignment) -> None:
    page.goto(a_link(session, assignment))
    page.get_by_role("button", name="Continue to the questions").click()
    expect(page).to_have_url(re.compile(rf"/contributions/{assignment.id}$"))
    page.wait_for_load_state("networkidle")


def downloaded(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as Word").click()
    return Path(download.value.path()).read_bytes()


def give_back(page: Page, data: bytes) -> None:
    file = {"name": "form.docx", "mimeType": "application/zip", "buffer": data}
    page.get_by_label("The filled form").set_input_files(file)
    page.get_by_role("button", name="Look at the filled form").click()


def test_download_fill_upload_preview_confirm(page, session, assignment, axe, tmp_path):
    come_in(page, session, assignment)
    data = downloaded(page)
    first, second, _ = cells(session, assignment)
    data = answered(data, first.question_id, "Kvotų nėra: ąčęėįšųūž.")
    data = chosen(data, first.question_id, "dissemination", "Yes, it may be published")
    data = answered(data, second.question_id, "Mine.")
    filled = tmp_path / "filled.docx"
    filled.write_bytes(data)
    title = Document(str(filled)).core_properties.title  # a second reader opens it
    assert title == assignment.query.title
    a_draft(session, second, "Theirs.", by=COLLEAGUE)

    page.get_by_role("link", name="give the filled form back").click()
    expect(page.get_by_label("The filled form")).to_be_visible()
    assert axe(page) == []
    give_back(page, data)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "What the form would change"
    )
    assert axe(page) == []
    expect(page.get_by_text("new", exact=True)).to_be_visible()
    expect(page.get_by_text("changed in both places", exact=True)).to_be_visible()
    expect(page.get_by_text("unchanged", exact=True)).to_be_visible()
    expect(page.get_by_label("Both, the form's text under the draft")).to_be_checked()
    page.get_by_role("button", name="Take over what is ticked").click()

    expect(page.get_by_text("2 answers were taken over as drafts")).to_be_visible()
    kept = cells(session, assignment)
    assert [one.draft for one in kept] == [
        "Kvotų nėra: ąčęėįšųūž.",
        "Theirs.\n\nMine.",
        "",
    ]
    assert kept[0].draft_dissemination is Dissemination.YES
    assert [one.latest_number for one in kept] == [0, 0, 0]


def test_a_wrong_file_is_told_at_the_field(page, session, assignment, axe):
    come_in(page, session, assignment)
    page.get_by_role("link", name="give the filled form back").click()
    give_back(page, b"MZ\x90\0\3\0\0\0")
    expect(page.get_by_role("group", name="There is a problem")).to_be_focused()
    expect(page.get_by_text("This is a program").first).to_be_visible()
    assert axe(page) == []


def test_a_feed_is_made_read_and_revoked(page, session, assignment, axe):
    come_in(page, session, assignment)
    page.get_by_role("link", name="Dates in your calendar").click()
    expect(page).to_have_title("Dates in your calendar · emnnet")
    assert axe(page) == []
    page.get_by_role("button", name="Make the address").click()
    field = page.get_by_label("Address of the calendar")
    expect(field).to_be_visible()
    address = field.input_value()
    assert axe(page) == []
    with urlopen(address) as reply:
        read = vobject.readOne(reply.read().decode())
    assert read.vevent.dtstart.value == assignment.due_on
    page.get_by_role("link", name=assignment.query.title).click()
    page.get_by_role("link", name="Dates in your calendar").click()
    expect(page).to_have_title("Dates in your calendar · emnnet")
    expect(page.get_by_label("Address of the calendar")).to_have_count(0)
    page.get_by_role("button", name="Revoke the address").click()
    asking = page.get_by_role("dialog")
    asking.get_by_role("button", name="Revoke the address").click()
    expect(page.get_by_text("You have none yet.")).to_be_visible()


def test_the_office_makes_its_own(page, enter, axe):
    enter(page, Role.COORDINATOR, "/calendar-address")
    page.get_by_role("button", name="Make the address").click()
    expect(page.get_by_label("Address of the calendar")).to_have_value(
        re.compile(r"/feeds/[\w-]+\.ics$")
    )
    assert axe(page) == []
