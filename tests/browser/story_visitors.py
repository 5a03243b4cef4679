"""The last scenes: what visitors find, and what the history tells."""

from playwright.sync_api import Page, expect

from emnnet.domain.audience import CLOSED_SENTENCE
from tests.browser.story_leaving import go_to_tab
from tests.browser.story_merging import OWN
from tests.browser.story_partners import CLOSED, CORRECTED, COUNTED
from tests.browser.story_setting import TITLE, Stage, arrive_at

FORMS = ("uzsieniecio istatymu", "counselled leaflets")  # other endings, no diacritics
ONLY_CLOSED = ("pasieniečiai", "pabradeje")
STEPS = (
    "Registered",
    "Routing saved",
    "Put to an institution · VSAT",
    "Invitation sent · VSAT",
    "Personal link opened · VSAT",
    "File attached · MD",
    "Answer promised · MD",
    "Answer submitted · VSAT",
    "Question declined · VSAT",
    "Put to an institution · VDA",
    "Reminder sent · MD",
    "National response changed",
    "Answer returned · MD",
    "Changed source looked at",
    "Answer accepted · MD",
    "Wider dissemination decided",
    "Clearance asked for",
    "Cleared",
    "Exported",
    "Recorded as sent",
    "Closed",
    "Published",
)


def search(page: Page, words: str) -> None:
    field = page.get_by_role("searchbox").first
    field.fill(words)
    field.press("Enter")
    arrive_at(page, "Search")


def find_and_read(stage: Stage, page: Page) -> None:
    """Any form of a word finds the open answers; the closed one is nowhere."""
    page.goto("/")
    stage.look(page)
    for words in ONLY_CLOSED:
        search(page, words)
        expect(page.get_by_text("Nothing found")).to_be_visible()
    stage.look(page)
    for words in FORMS:
        search(page, words)
        expect(page.get_by_text("1 query found").first).to_be_visible()
        assert CLOSED not in page.content()
    stage.look(page, "narrow")
    page.get_by_role("link", name=TITLE).click()
    arrive_at(page, TITLE)
    for text in (CORRECTED, OWN, COUNTED, CLOSED_SENTENCE):
        expect(page.get_by_text(text)).to_be_visible()
    stage.look(page, "narrow", "dark")
    address = page.url
    for place in (address, f"{address}.json", "/queries.json", "/queries/feed.atom"):
        reply = page.request.get(place)
        assert (place, reply.ok, CLOSED in reply.text()) == (place, True, False)
    page.goto("/queries")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    stage.look(page)


def read_the_history(stage: Stage, page: Page) -> None:
    """Every step stands there, and the chain is whole."""
    go_to_tab(page, "History")
    stage.look(page, "narrow")
    lines = page.get_by_role("main").get_by_role("listitem").all_inner_texts()
    assert [step for step in STEPS if not any(step in line for line in lines)] == []
    door = page.get_by_text("focal.point.vsat@example.org, by personal link")
    expect(door.first).to_be_visible()
    result = stage.app.test_cli_runner().invoke(args=["history", "verify"])
    assert (result.exit_code, "all as they were recorded" in result.output) == (0, True)
