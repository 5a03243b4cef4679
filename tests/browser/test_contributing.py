"""A partner answers: by keyboard, without losing a word, whatever the network does."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from emnnet.domain.roles import Actor, ActorKind
from emnnet.services.drafts import save_draft
from tests.builders import a_query, an_assignment
from tests.conftest import NOON
from tests.integration.partners import a_link, cells

COLLEAGUE = Actor(ActorKind.PERSON, "A colleague", "contact")


@pytest.fixture
def assignment(session: Session):
    return an_assignment(session, query=a_query(session, questions=2))


def _open(page: Page, session: Session, assignment) -> None:
    page.goto(a_link(session, assignment))
    page.get_by_role("button", name="Continue to the questions").click()
    expect(page).to_have_url(re.compile(rf"/contributions/{assignment.id}$"))
    page.wait_for_load_state("networkidle")  # every reply renews the cookie


def _answer(page: Page, number: int):
    return page.get_by_label(f"Your answer to question {number}")


def _card(page: Page, number: int):
    return page.locator("details").filter(
        has=page.get_by_role("heading", name=f"Question {number}", exact=True)
    )


def test_partner_answers_through_the_mailed_link(page, session, assignment, axe):
    page.goto(a_link(session, assignment))
    assert axe(page) == []
    page.get_by_role("button", name="Continue to the questions").click()
    expect(page).to_have_url(re.compile(rf"/contributions/{assignment.id}$"))
    assert axe(page) == []

    _answer(page, 1).fill("No quota applies.")
    page.get_by_role("button", name="Check and send").click()
    expect(page).to_have_title("Error: Family reunification · emnnet")
    summary = page.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    assert axe(page) == []
    summary.get_by_role("link", name="Choose whether").click()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Check and send").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert axe(page) == []
    page.get_by_role("button", name="Send the ticked answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert axe(page) == []

    page.get_by_role("link", name="Back to the questions").click()
    expect(_card(page, 1)).to_contain_text("sent")
    assert axe(page) == []
    assert [cell.latest_number for cell in cells(session, assignment)] == [1, 0]


def test_e01_typing_saves_itself_and_counts_what_is_ready(page, session, assignment):
    _open(page, session, assignment)

    _answer(page, 1).press_sequentially("No quota.", delay=5)
    expect(_card(page, 1)).to_contain_text("saved 12:00")
    _card(page, 1).get_by_label("Yes, it may be published").check()

    expect(page.get_by_text("1 of 2 ready")).to_be_visible()
    expect(page.get_by_role("button", name="Check and send 1 answer")).to_be_visible()
    (first, _) = cells(session, assignment)
    assert (first.draft, first.draft_dissemination) == ("No quota.", "yes")
    with page.expect_response("**/draft"):
        _answer(page, 1).press_sequentially(" At all.", delay=5)
    assert cells(session, assignment)[0].draft == "No quota. At all."
    page.reload()
    expect(_answer(page, 1)).to_have_value("No quota. At all.")
    expect(_card(page, 1).get_by_text("This browser keeps")).to_be_hidden()


def test_e01_text_typed_without_network_is_kept_and_saved_later(
    new_page, session, assignment
):
    page = new_page()
    _open(page, session, assignment)
    page.route("**/draft", lambda route: route.abort("aborted"))

    _answer(page, 1).fill("Typed in a tunnel")
    expect(_card(page, 1)).to_contain_text("No connection. Your text is kept")
    page.unroute("**/draft")
    page.evaluate("window.dispatchEvent(new Event('online'))")

    expect(_card(page, 1)).to_contain_text("saved 12:00")
    assert cells(session, assignment)[0].draft == "Typed in a tunnel"


def test_e02_text_typed_after_the_session_ended_is_offered_back(
    page, session, assignment
):
    _open(page, session, assignment)
    page.context.clear_cookies()
    _answer(page, 2).fill("Forty-five minutes of typing")
    expect(_card(page, 2)).to_contain_text("your session is over")

    page.on("dialog", lambda dialog: dialog.accept())
    _open(page, session, assignment)
    expect(_card(page, 2)).to_contain_text("This browser keeps a text")
    _card(page, 2).get_by_role("button", name="Put it back").click()

    expect(_answer(page, 2)).to_have_value("Forty-five minutes of typing")
    expect(_card(page, 2)).to_contain_text("saved 12:00")
    assert cells(session, assignment)[1].draft == "Forty-five minutes of typing"


def test_e06_colleagues_text_stands_beside_the_own_one(page, session, assignment, axe):
    _open(page, session, assignment)
    (first, _) = cells(session, assignment)
    save_draft(session, first, "Theirs", seen=0, by=COLLEAGUE, now=NOON)
    session.commit()

    _answer(page, 1).fill("Mine")
    card = _card(page, 1)
    expect(card.get_by_text("Theirs", exact=True)).to_be_visible()
    expect(_answer(page, 1)).to_have_value("Mine")
    assert axe(page) == []
    with page.expect_response(lambda reply: reply.ok):
        card.get_by_role("button", name="Keep my text").click()

    expect(card).to_contain_text("saved 12:00")
    assert cells(session, assignment)[0].draft == "Mine"


def test_preview_appears_without_leaving_the_page(page, session, assignment):
    _open(page, session, assignment)
    _answer(page, 1).fill("**Bold** <b>not</b>")

    _card(page, 1).get_by_role("button", name="Preview").click()

    expect(_card(page, 1).locator("strong").last).to_have_text("Bold")
    expect(page).to_have_url(re.compile(rf"/contributions/{assignment.id}$"))


def test_question_is_declined_with_a_suggestion(page, session, assignment):
    _open(page, session, assignment)
    card = _card(page, 2)
    card.get_by_text("Not ours", exact=True).click()
    card.get_by_label("In a few words: Not ours, question 2").fill("Not our field.")
    card.get_by_label("Whom should we ask instead?").fill("The police")
    card.get_by_role("button", name="Say that it is not ours").click()

    expect(_card(page, 2)).to_contain_text("You suggest to ask: The police")
    (_, second) = cells(session, assignment)
    assert (second.decline_reason, second.suggested_other) == (
        "not_competent",
        "The police",
    )


@pytest.mark.parametrize("width", [360, 390])
def test_nothing_moves_the_page_sideways(new_page, session, assignment, width):
    page = new_page(width=width)
    (first, _) = cells(session, assignment)
    save_draft(session, first, "x" * 3000, seen=0, by=COLLEAGUE, now=NOON)
    session.commit()
    _open(page, session, assignment)

    wide = "document.documentElement.scrollWidth > window.innerWidth"
    assert page.evaluate(wide) is False
