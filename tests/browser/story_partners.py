"""The scenes of the institutions: one in English, one in Lithuanian."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.smtp import Letter
from tests.browser.story_setting import TITLE, Stage, arrive_at, press

COUNSEL = "The Migration Department counsels each person who is refused."
IN_WRITING = "It gives the person a leaflet in a language that the person reads."
CORRECTED = (
    "The Migration Department counsels each person who is refused, within a day."
)
REVISE = "How soon after the refusal?"
COUNTED = "In 2024, 312 persons; in 2025, 287 persons."
AT_BORDER = "Nobody is counselled at the border; **officers refer** persons to us."
CLOSED = "Pasieniečiai konsultuoja užsieniečius Pabradėje du kartus per savaitę."
NOT_OURS = "Grįžusius asmenis skaičiuoja kita įstaiga."
OTHER_BODY = "Valstybės duomenų agentūra"
TABLE = b"year,leaflets\n2025,410\n"
CSV = {"name": "leaflets.csv", "mimeType": "text/csv", "buffer": TABLE}


def open_link(stage: Stage, page: Page, letter: Letter, go_on: str) -> None:
    """The mailed link: a page that changes nothing, and behind it the questions."""
    page.goto(letter.link)
    arrive_at(page, TITLE)
    stage.look(page, "narrow")
    press(page, go_on)
    page.wait_for_url(re.compile(r"/contributions/\d+$"))
    page.wait_for_load_state("networkidle")  # every reply renews the cookie
    stage.look(page, "narrow")


def card(page: Page, name: str) -> Locator:
    """What the page shows for one question."""
    question = page.get_by_role("heading", name=name, exact=True)
    return page.get_by_role("group").filter(has=question)


def first_partner_answers(stage: Stage, page: Page) -> None:
    """Two answers, one with a file; the third is promised."""
    one, two, three = (card(page, f"Question {n}") for n in (1, 2, 3))
    text = page.get_by_label("Your answer to question 1")
    text.fill(f"{COUNSEL}\n\n{IN_WRITING}")
    expect(one.get_by_role("status")).to_contain_text("saved")
    press(page, "Preview", within=one)
    expect(one.get_by_text(IN_WRITING).last).to_be_visible()
    one.get_by_label("Yes, it may be published").check()
    one.get_by_text("Attach a file").click()
    one.get_by_label("File", exact=True).set_input_files(CSV)
    press(page, "Attach the file", within=one)
    expect(one.get_by_role("link", name="leaflets.csv")).to_be_visible()

    page.get_by_label("Your answer to question 2").fill(AT_BORDER)
    two.get_by_label("Yes, it may be published").check()
    three.get_by_text("I need until …").click()
    three.get_by_label("We will answer by").fill("15.04.2026")
    press(page, "Promise this day", within=three)
    expect(three).to_contain_text("promised")
    stage.look(page, "narrow")
    send_answers(stage, page, "Check and send 2 answers")


def send_answers(stage: Stage, page: Page, check: str) -> None:
    """Look over what is ready, send it, read the receipt."""
    press(page, check)
    arrive_at(page, "Check your answers")
    stage.look(page, "narrow")
    page.get_by_role("main").get_by_role("button", name="Send").click()
    arrive_at(page, "Thank you, your answers have arrived")
    stage.look(page, "narrow")


def promised_answer_comes(stage: Stage, page: Page, letter: Letter) -> None:
    """The reminder's link leads to the one question that is still open."""
    open_link(stage, page, letter, "Continue to the questions")
    page.get_by_label("Your answer to question 3").fill(COUNTED)
    three = card(page, "Question 3")
    three.get_by_label("Yes, it may be published").check()
    send_answers(stage, page, "Check and send 1 answer")


def corrected_answer_comes(stage: Stage, page: Page, letter: Letter) -> None:
    """Only the returned question is open; what was said stands in the form."""
    open_link(stage, page, letter, "Continue to the questions")
    one = card(page, "Question 1")
    expect(one).to_contain_text(REVISE)
    expect(page.get_by_role("textbox", name="Your answer to question")).to_have_count(1)
    text = page.get_by_label("Your answer to question 1")
    expect(text).to_have_value(f"{COUNSEL}\n\n{IN_WRITING}")
    text.fill(f"{CORRECTED}\n\n{IN_WRITING}")
    send_answers(stage, page, "Check and send 1 answer")


def second_partner_answers(stage: Stage, page: Page) -> None:
    """On a phone: one answer stays closed, one question is not theirs."""
    say = stage.lithuanian
    two, three = (card(page, say("Question %(label)s", label=n)) for n in (2, 3))
    page.get_by_label(say("Your answer to question %(label)s", label=2)).fill(CLOSED)
    two.get_by_label(say("No, only the country that asks may read it")).check()
    three.get_by_text(say("Not ours"), exact=True).click()
    why, gaps = "In a few words: %(outcome)s, question %(label)s", {"label": 3}
    three.get_by_label(say(why, outcome=say("Not ours"), **gaps)).fill(NOT_OURS)
    three.get_by_label(say("Whom should we ask instead?")).fill(OTHER_BODY)
    press(page, say("Say that it is not ours"), within=three)
    expect(three).to_contain_text(OTHER_BODY)
    stage.look(page)
    page.get_by_role("main").get_by_role("button", name=say("Check and send")).click()
    arrive_at(page, say("Check your answers"))
    stage.look(page)
    press(
        page, stage.lithuanian_count("Send %(num)d answer", "Send %(num)d answers", 1)
    )
    arrive_at(page, say("Thank you, your answers have arrived"))
    stage.look(page)
