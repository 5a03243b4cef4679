"""The response leaves: cleared, exported, recorded as sent, closed, published."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pypdf
from playwright.sync_api import Page, expect

from emnnet.domain.audience import CLOSED_SENTENCE as FIXED
from tests.browser.smtp import Letter
from tests.browser.story_merging import OWN
from tests.browser.story_office import sign_in_by_keyboard
from tests.browser.story_partners import CLOSED, CORRECTED
from tests.browser.story_setting import TITLE, Stage, arrive_at, press


def go_to_tab(page: Page, name: str) -> None:
    tabs = page.get_by_role("navigation", name="Pages of this query")
    tabs.get_by_role("link", name=name, exact=True).click()
    arrive_at(page, TITLE)


def ask_for_clearance(stage: Stage, page: Page) -> None:
    """The coordinator asks, and cannot clear the own work by any way."""
    go_to_tab(page, "Clearance")
    stage.look(page, "narrow", "dark")
    press(page, "Ask for clearance")
    expect(page.get_by_text("Waits for a second reader")).to_be_visible()
    stage.look(page)
    approve = page.get_by_role("button", name="Approve the response")
    expect(approve).to_have_count(0)
    token = page.locator("input[name=csrf_token]").first.input_value()
    form = {"csrf_token": token, "outcome": "approved"}
    reply = page.request.post(f"{page.url}/1", form=form, headers={"Referer": page.url})
    assert reply.status == 403
    page.reload()
    expect(page.get_by_text("Waits for a second reader")).to_be_visible()


def clear(stage: Stage, page: Page, email: str, letter: Letter) -> None:
    """The approver comes by the mail, reads and approves."""
    sign_in_by_keyboard(page, email, urlsplit(letter.link).path)
    arrive_at(page, TITLE)
    expect(page.get_by_role("article", name="as it leaves")).to_contain_text(CORRECTED)
    stage.look(page, "narrow")
    press(page, "Approve the response")
    expect(page.get_by_text("Approved.", exact=True)).to_be_visible()
    stage.look(page)


def send_out(stage: Stage, page: Page) -> None:
    """Both files hold the text; the day of sending is recorded."""
    page.goto("/desk")
    page.get_by_role("link", name="Send the response").click()
    arrive_at(page, TITLE)
    stage.look(page)
    page.get_by_role("link", name="Export the response").click()
    page.wait_for_load_state()
    stage.look(page)
    files = (
        words_of_docx(export(page, "Word (DOCX)")),
        words_of_pdf(export(page, "PDF")),
    )
    for words in files:
        assert [text in words for text in (CORRECTED, OWN, CLOSED)] == [True] * 3
    page.get_by_label("Everybody: closed answers").check()
    words = words_of_docx(export(page, "Word (DOCX)"))
    assert [text in words for text in (CORRECTED, FIXED, CLOSED)] == [True, True, False]
    go_to_tab(page, "Sending")
    press(page, "Record as sent")
    expect(page.get_by_role("heading", name="Sent", exact=True)).to_be_visible()
    stage.look(page)


def close(stage: Stage, page: Page) -> None:
    """The page says who will be told; they are."""
    page.get_by_role("link", name="Close the query").click()
    arrive_at(page, TITLE)
    told = page.get_by_role("region", name="Closing tells them")
    expect(told.get_by_role("listitem")).to_have_count(2)
    expect(told).to_contain_text("Police Department")
    expect(told).to_contain_text("State Data Agency")
    stage.look(page, "narrow")
    press(page, "Close the query and tell 2 institutions")
    expect(page.get_by_text("Closed. 2 institutions are told")).to_be_visible()
    stage.look(page)


def publish(stage: Stage, page: Page) -> None:
    """The preview is what visitors will read; then they do."""
    go_to_tab(page, "Publication")
    expect(page.get_by_text(FIXED)).to_be_visible()
    expect(page.get_by_text(CLOSED)).to_have_count(0)
    stage.look(page, "narrow", "dark")
    page.get_by_role("button", name="Publish this query").click()
    sure = page.get_by_role("dialog", name="Are you sure?")
    expect(sure).to_contain_text("Visitors will read 2 open answers.")
    stage.look(page)
    press(page, "Publish this query", within=sure)
    expect(page.get_by_role("link", name="Open the public page")).to_be_visible()
    stage.look(page)


def export(page: Page, kind: str) -> bytes:
    """Make a file and take it; the page stays."""
    page.get_by_label(kind).check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Make the file").click()
    return Path(waiting.value.path()).read_bytes()


def words_of_docx(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [
        c.text for table in document.tables for row in table.rows for c in row.cells
    ]
    return " ".join("\n".join([p.text for p in document.paragraphs] + cells).split())


def words_of_pdf(content: bytes) -> str:
    pages = pypdf.PdfReader(BytesIO(content)).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())
