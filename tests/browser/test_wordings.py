"""A coordinator words a mail: placeholders, live preview, errors, versions, reset."""

import re

import pytest
from playwright.sync_api import expect

from emnnet.domain.network import Duty
from emnnet.domain.roles import Role
from tests.builders import a_query, an_institution
from tests.integration.letters import an_asked

FIRST = re.compile("Change.*Invitation: the first questions, English")
PAGE = "/settings/wordings/invitation?language=en&duty=mandated"


@pytest.fixture
def asked(session):
    query = a_query(session, questions=2, title="Return & readmission")
    institution = an_institution(session, duty=Duty.MANDATED, name_en="Migration Dept")
    return an_asked(session, query=query, institution=institution)


def test_a_wording_begins_with_the_shipped_text(page, enter, asked, axe):
    enter(page, Role.COORDINATOR, "/settings")
    page.get_by_role("link", name="Wording of mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wording of mails")
    assert axe(page) == []
    page.get_by_role("link", name=FIRST).click()
    page.get_by_role("link", name="Mandated").click()

    preview = page.get_by_role("article", name="The mail")
    expect(preview).to_contain_text("To the contact point of Migration Dept")
    expect(preview).to_contain_text("The Government has instructed your institution")
    assert axe(page) == []

    body = page.get_by_label("Text", exact=True)
    body.press("Control+Home")
    page.keyboard.type("Dear colleagues, about <b>")
    page.get_by_role("button", name="[title]").click()
    page.keyboard.type("</b>!\n\n")
    expect(body).to_have_value(
        re.compile(re.escape("Dear colleagues, about <b>[title]</b>!"))
    )
    expect(preview).to_contain_text(
        "Dear colleagues, about <b>Return & readmission</b>!"
    )
    page.get_by_label("With a very long title").check()
    expect(preview).to_contain_text("Return and readmission of persons whose")
    page.get_by_label("With a very long title").uncheck()


def test_an_error_is_told_at_its_field_and_versions_come_back(page, enter, asked, axe):
    enter(page, Role.COORDINATOR, PAGE)
    page.get_by_label("Subject").fill("[reference] [titel]")
    expect(page.get_by_text("Did you mean [title]?")).to_be_visible()
    page.get_by_role("button", name="Save the text").click()
    summary = page.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    assert axe(page) == []
    summary.get_by_role("link").click()
    expect(page.get_by_label("Subject")).to_be_focused()
    expect(page.get_by_label("Subject")).to_have_value("[reference] [titel]")
    page.get_by_label("Subject").fill("[reference]: [title]")
    page.get_by_role("button", name="Save the text").click()
    expect(page.get_by_text("Saved. Mails that leave from now on")).to_be_visible()

    page.get_by_text("What it changed").click()
    expect(page.locator("ins").first).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Send the shipped text again").click()
    page.get_by_role("dialog").get_by_role("button", name="Send the shipped").click()
    expect(page.get_by_text("The shipped text is sent again.")).to_be_visible()
    expect(page.get_by_label("Subject")).to_have_value(
        "Please contribute by [due date]: [reference] [title]"
    )
    page.get_by_role("button", name="Send this one again").click()
    expect(page.get_by_text("Version 1 is sent again.")).to_be_visible()


def test_the_second_saver_keeps_what_was_typed(new_page, enter, asked):
    first, second = new_page(), new_page()
    for page in (first, second):
        enter(page, Role.COORDINATOR, PAGE)
        expect(page.get_by_label("Subject")).to_be_visible()
    first.get_by_label("Subject").fill("First: [title]")
    first.get_by_role("button", name="Save the text").click()
    expect(first.get_by_text("Saved. Mails that leave")).to_be_visible()
    second.get_by_label("Subject").fill("Second: [title]")
    second.get_by_role("button", name="Save the text").click()
    told = second.get_by_role("group", name="There is a problem")
    expect(told).to_contain_text("has saved another version meanwhile")
    expect(second.get_by_label("Subject")).to_have_value("Second: [title]")
    second.get_by_role("button", name="Save the text").click()
    expect(second.get_by_text("Saved. Mails that leave")).to_be_visible()


def test_nothing_moves_the_page_sideways(new_page, enter, asked, axe):
    page = new_page(width=360)
    enter(page, Role.COORDINATOR, PAGE)
    page.get_by_label("With a very long title").check()
    expect(page.get_by_role("article", name="The mail")).to_contain_text("Return and")
    assert axe(page) == []
    assert axe(page, dark=True) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
