"""The first scenes: a query is registered, routed and sent to the institutions."""

import re

from playwright.sync_api import Page, expect

from tests.browser.story_setting import (
    QUESTIONS,
    TITLE,
    Stage,
    arrive_at,
    press,
    the_document,
)
from tests.builders import PASSWORD

ASKED = "Send 3 questions to 3 institutions"
NOTHING_LEFT = "Everything that is planned was asked already."


def sign_in_by_keyboard(page: Page, email: str, target: str) -> None:
    page.goto(target)
    page.get_by_label("E-mail address").focus()
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def register(stage: Stage, page: Page) -> None:
    """From the empty desk to a registered query."""
    expect(page.get_by_role("heading", name="No query is open")).to_be_visible()
    stage.look(page, "narrow", "dark")
    page.get_by_role("link", name="Register a query").first.click()
    arrive_at(page, "Register a query")
    stage.look(page)
    page.get_by_label("Document").set_input_files(the_document())
    press(page, "Read it")

    arrive_at(page, "Is this right?")
    stage.look(page)
    expect(page.get_by_label("Title", exact=True)).to_have_value(TITLE)
    _check_what_was_read(page)
    page.get_by_label("Theme", exact=True).select_option("Return and readmission")
    press(page, "Register the query")
    arrive_at(page, TITLE)
    expect(page.get_by_text("not routed")).to_be_visible()
    stage.look(page)


def _check_what_was_read(page: Page) -> None:
    """Fields are filled; each says how sure the reader is, and shows its place."""
    expect(page.get_by_label("Launched on")).to_have_value("2026-03-09")
    expect(page.get_by_label("Reply by")).to_have_value("2026-04-17")
    expect(page.get_by_text("likely", exact=True)).to_have_count(1)  # from the prose
    expect(page.get_by_text("unsure", exact=True)).to_have_count(1)  # printed: Return
    place = page.get_by_role("mark").filter(has_text="17th April 2026").last
    expect(place).to_be_visible()
    for number, text in enumerate(QUESTIONS, 1):
        question = page.get_by_role("group", name=f"Question {number}", exact=True)
        expect(question.get_by_label("Question", exact=True)).to_have_value(text)


def route(stage: Stage, page: Page) -> None:
    """Suggestions are taken over, two cells changed by keyboard, the plan saved."""
    page.get_by_role("link", name="Route the questions").click()
    arrive_at(page, TITLE)
    stage.look(page, "narrow", "dark")
    first = page.get_by_role("button", name="MD, question 1")
    expect(first).to_have_accessible_name("MD, question 1: not asked, suggested: leads")
    first.focus()
    why = page.get_by_role("region", name="Why", exact=True)
    expect(why).to_contain_text("leads on Return and readmission")
    page.get_by_role("button", name="Accept all suggestions").click()
    expect(first).to_have_accessible_name("MD, question 1: leads")

    guards = page.get_by_role("button", name="VSAT, question 1")
    guards.focus()
    page.keyboard.press("Delete")
    expect(guards).to_have_accessible_name(re.compile("VSAT, question 1: not asked"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    police = page.get_by_role("button", name="PD, question 1")
    expect(police).to_have_accessible_name("PD, question 1: contributes")
    for short in ("MD", "VSAT", "PD"):
        expect(page.get_by_label(f"Answer by, {short}")).to_have_value("2026-04-10")
    press(page, "Save the plan")
    expect(page.get_by_text("The plan is saved.")).to_be_visible()
    stage.look(page)


def send(stage: Stage, page: Page) -> None:
    """The letters are read and leave; going back and pressing again adds none."""
    press(page, ASKED)
    arrive_at(page, ASKED)
    expect(page.get_by_text("leads 1, 3; contributes 2")).to_be_visible()
    stage.look(page)
    twin = page.context.new_page()  # the same page once more, in another tab
    twin.goto(page.url)
    press(page, ASKED)
    expect(page.get_by_text("3 institutions are asked.")).to_be_visible()
    stage.look(page)
    page.go_back()
    expect(page.get_by_text(NOTHING_LEFT)).to_be_visible()
    press(twin, ASKED)
    expect(twin.get_by_text(NOTHING_LEFT)).to_be_visible()
    twin.close()


def ask_somebody_else(stage: Stage, page: Page) -> None:
    """The desk names what needs attention; the suggestion of a partner is followed."""
    page.goto("/desk")
    stage.look(page, "narrow")
    needs = page.get_by_role("region", name="Needs you")
    expect(needs).to_contain_text("Question 3: VSAT says it is not theirs")
    expect(needs).to_contain_text("3 answers to read")
    needs.get_by_role("link", name="Ask VDA instead").click()
    page.get_by_role("link", name="VSAT, question 3").click()
    arrive_at(page, "VSAT, question 3")
    stage.look(page)
    press(page, "Ask VDA instead")
    arrive_at(page, TITLE)
    expect(page.get_by_role("link", name="VDA, question 3")).to_be_visible()
