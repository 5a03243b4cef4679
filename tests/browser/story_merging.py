"""The scenes at the workbench: answers become one national response."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.story_partners import CLOSED, CORRECTED, COUNSEL, REVISE
from tests.browser.story_setting import TITLE, Stage, arrive_at, press

OWN = "It is free of charge: Užsieniečių teisinės padėties įstatymas, Article 138."


def open_workbench(stage: Stage, page: Page) -> None:
    page.goto("/desk")
    page.get_by_role("link", name="Read them").click()
    arrive_at(page, TITLE)
    stage.look(page, "narrow", "dark")


def go_to_question(page: Page, number: int) -> None:
    questions = page.get_by_role("navigation", name="Questions")
    questions.get_by_role("link").nth(number - 1).click()
    asked = page.get_by_role("heading", level=2, name=f"Question {number}", exact=True)
    expect(asked).to_be_visible()
    page.wait_for_load_state()


def answer_of(page: Page, short: str) -> Locator:
    """What an institution gave to the question at hand."""
    return page.get_by_role("article").filter(
        has=page.get_by_role("heading", level=3, name=short)
    )


def national_text(page: Page) -> Locator:
    return page.get_by_role("region", name="National text")


def insert(page: Page, short: str, *numbers: int) -> None:
    for number in numbers:
        press(page, f"Insert paragraph {number} of {short}")
        used = answer_of(page, short).get_by_role("link", name="used in")
        expect(used.nth(number - 1)).to_be_visible()


def decide(page: Page, word: str) -> None:
    """May the answer travel further?"""
    decision = page.get_by_role("region", name="Wider dissemination", exact=True)
    decision.get_by_label(word, exact=True).check()
    press(page, "Record the decision", within=decision)
    expect(decision).to_contain_text("Decided by Coordinator")


def write_first_answer(stage: Stage, page: Page) -> None:
    """Two paragraphs of a partner, one of our own; the answer goes back once more."""
    go_to_question(page, 1)
    expect(page.get_by_role("region", name="Missing")).to_contain_text("PD")
    insert(page, "MD", 1, 2)
    expect(national_text(page)).to_contain_text(COUNSEL)
    national_text(page).get_by_text("Write a paragraph of our own").click()
    national_text(page).get_by_label("A paragraph of our own").fill(OWN)
    press(page, "Add the paragraph")
    expect(national_text(page).get_by_text(OWN)).to_be_visible()
    stage.look(page, "narrow")

    given = answer_of(page, "MD")
    given.get_by_text("Return it for revision").click()
    given.get_by_label("What is to be revised?").fill(REVISE)
    given.get_by_label("New date").fill("2026-04-17")
    press(page, "Return it to MD", within=given)
    expect(
        page.get_by_text("Returned to MD. A mail with a link goes out.")
    ).to_be_visible()
    stage.look(page)


def take_the_correction(stage: Stage, page: Page) -> None:
    """The paragraph says that its source changed, and how; the new wording is taken."""
    page.reload()
    text = national_text(page)
    changed = text.get_by_text("Source changed: MD has sent version 2")
    expect(changed).to_have_count(1)  # the paragraph that stands as it was asks nothing
    stage.look(page, "dark")
    press(page, "Take the new wording", within=text)
    expect(text).to_contain_text(CORRECTED)
    expect(changed).to_have_count(0)
    press(page, "Accept the answer", within=answer_of(page, "MD"))
    decide(page, "Yes")
    stage.look(page)


def write_the_other_answers(stage: Stage, page: Page) -> None:
    """The second answer rests on a closed one and stays closed; the third is open."""
    go_to_question(page, 2)
    insert(page, "MD", 1)
    insert(page, "VSAT", 1)
    expect(national_text(page)).to_contain_text(CLOSED)
    expect(national_text(page)).to_contain_text("The strictest source decides: VSAT.")
    decide(page, "No")
    for short in ("MD", "VSAT"):
        press(page, "Accept the answer", within=answer_of(page, short))
    go_to_question(page, 3)
    insert(page, "MD", 1)
    press(page, "Accept the answer", within=answer_of(page, "MD"))
    decide(page, "Yes")
    stage.look(page)
