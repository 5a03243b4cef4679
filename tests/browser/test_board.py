"""The ladder is set, the board is read, one reminder is held, all mail is paused."""

import pytest
from playwright.sync_api import expect

from emnnet.domain.roles import Role
from tests.integration.ladder_setup import MONDAY, URL, morning, one_who_never_reacts


def test_the_ladder_is_tried_out_and_saved(page, enter, axe):
    enter(page, Role.COORDINATOR, "/settings")
    page.get_by_role("link", name="Ladder of reminders").click()
    expect(page.get_by_text("An institution that never reacts gets")).to_be_visible()
    assert axe(page) == []

    step = page.get_by_role("group", name="Second reminder after the date")
    step.get_by_label("Working days after").fill("7")
    sentence = page.get_by_text(
        "7 working days after the last reminder has really left."
    )
    expect(sentence).to_be_visible()  # while it is typed
    page.get_by_role("button", name="Save the ladder").click()
    expect(page.get_by_text("The ladder is saved.")).to_be_visible()
    expect(page.get_by_text("Version 2")).to_be_visible()
    assert axe(page) == []

    step.get_by_label("Working days after").fill("0")
    page.get_by_role("button", name="Save the ladder").click()
    expect(page.get_by_role("group", name="There is a problem")).to_be_visible()


@pytest.fixture
def silent(session, clock):
    """An institution that never reacts, on the day it is to answer."""
    clock.now = morning(MONDAY)
    return one_who_never_reacts(session)


def test_a_reminder_is_read_held_and_released(page, enter, silent, axe):
    enter(page, Role.COORDINATOR, URL)
    tomorrow = page.get_by_role("region", name="Tue 17 Mar 2026")
    expect(tomorrow.get_by_text("First reminder after the date")).to_be_visible()
    tomorrow.get_by_text("Why?").click()
    expect(tomorrow.get_by_text("one working day after the deadline")).to_be_visible()
    assert axe(page) == []

    tomorrow.get_by_role("link", name="Read the text").click()
    expect(page.get_by_text("Still open: questions 1, 2.")).to_be_visible()
    assert axe(page) == []
    page.go_back()
    expect(page).to_have_title("What will be sent · emnnet")
    tomorrow.get_by_role("link", name="Hold it").click()
    expect(page).to_have_title("Hold a reminder · emnnet")
    page.get_by_label("Hold it until").fill("20.3.2026")
    assert axe(page) == []
    page.get_by_role("button", name="Hold the reminder").click()
    expect(page.get_by_text("held until Fri 20 Mar 2026")).to_be_visible()
    friday = page.get_by_role("region", name="Fri 20 Mar 2026")
    expect(friday.get_by_text("First reminder after the date")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(tomorrow.get_by_text("First reminder after the date")).to_be_visible()


def test_all_mail_is_paused_and_every_page_says_so(page, enter, silent, axe):
    enter(page, Role.COORDINATOR, URL)
    tomorrow = page.get_by_role("region", name="Tue 17 Mar 2026")
    page.get_by_role("link", name="Pause automatic mail").click()
    expect(page).to_have_title("Pause automatic mail · emnnet")
    page.get_by_label("Last day without automatic mail").fill("18.3.2026")
    page.get_by_label("Reason").fill("All contacts are at the conference.")
    assert axe(page) == []
    page.get_by_role("button", name="Pause automatic mail").click()
    expect(tomorrow.get_by_text("automatic mail is paused")).to_be_visible()
    assert axe(page) == []
    page.goto(page.url.replace(URL, "/desk"))
    expect(page.get_by_text("All contacts are at the conference.")).to_be_visible()


def test_a_query_shows_its_reminders_ahead(page, enter, silent, axe):
    enter(page, Role.COORDINATOR, f"/desk/queries/{silent.query_id}")
    expect(page.get_by_role("heading", name="Reminders ahead")).to_be_visible()
    page.get_by_text("more after it").click()
    expect(
        page.get_by_text("Third reminder after the date, and a mail to those above")
    ).to_be_visible()
    assert axe(page) == []
