"""What moves a running query, as a coordinator and a partner see it."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from emnnet.domain.roles import Role
from tests.builders import a_query, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.answering import send
from tests.integration.partners import a_draft, a_link, cells, fresh
from tests.integration.routing_setup import the_holidays


@pytest.fixture
def assignment(session):
    """The first of two questions is answered, the second is not begun."""
    the_holidays(session, 2026)
    query = a_query(session, questions=2, routed_at=NOON)
    body = an_institution(session, abbreviation="MD")
    asked = an_assignment(session, query=query, institution=body, invited_at=NOON)
    a_draft(session, cells(session, asked)[0])
    send(session, asked, [cells(session, asked)[0]])
    return asked


@pytest.fixture
def coordinator(page, enter, assignment):
    enter(page, Role.COORDINATOR, f"/desk/queries/{assignment.query_id}")
    return page


def panel(page):
    return page.get_by_role("region", name="Dates and clock")


def partner_at(new_page, session, assignment, **size):
    partner = new_page(**size)
    partner.goto(a_link(fresh(session), assignment))
    partner.get_by_role("button", name="Continue to the questions").click()
    partner.wait_for_load_state("networkidle")
    return partner


def test_a18_more_time_is_looked_at_given_and_taken_back(coordinator, axe):
    page = coordinator
    panel(page).get_by_role("link", name="Give more time").click()
    page.get_by_label("Working days more").fill("1000")
    page.get_by_label("Reason").fill("The expert is ill.")
    page.get_by_role("button", name="Look at the new date").click()
    summary = page.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    page.get_by_label("Working days more").fill("4")
    page.get_by_role("button", name="Look at the new date").click()
    page.get_by_text("How it was counted").click()
    expect(page.get_by_text("Easter Monday")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Give time until Tue 7 Apr 2026").click()

    expect(panel(page)).to_contain_text("Tue 31 Mar 2026 → Tue 7 Apr 2026")
    expect(panel(page)).to_contain_text("The expert is ill.")
    assert axe(page) == []
    panel(page).get_by_role("button", name="Take it back").click()
    sure = page.get_by_role("dialog", name="Are you sure?")
    sure.get_by_role("button", name="Take it back").click()
    expect(panel(page)).not_to_contain_text("The expert is ill.")


def test_a20_the_clock_is_stopped_and_started_again(
    coordinator, new_page, session, assignment, clock, axe
):
    page = coordinator
    clock.now = datetime(2026, 3, 17, 10, tzinfo=UTC)
    panel(page).get_by_role("link", name="Stop the clock").click()
    expect(page).to_have_title(re.compile("^Stop the clock"))
    page.get_by_label("Reason").fill("Question 2 is unclear.")
    assert axe(page) == []
    page.get_by_role("button", name="Stop the clock").click()
    expect(panel(page)).to_contain_text("The clock is stopped")
    assert axe(page) == []
    partner = partner_at(new_page, session, assignment, width=390)
    expect(partner.get_by_text("The clock is stopped since Tue 17 Mar")).to_be_visible()
    assert axe(partner) == []
    assert partner.evaluate("document.documentElement.scrollWidth") <= 390

    clock.now = datetime(2026, 3, 20, 10, tzinfo=UTC)
    panel(page).get_by_role("link", name="Start the clock again").click()
    dates = page.get_by_role("table", name="Dates before and after")
    expect(dates).to_contain_text("Wed 15 Apr 2026")
    assert axe(page) == []
    page.get_by_role("button", name="Start the clock again").click()
    stood = page.get_by_role("table", name="Stops of the clock and their reasons")
    expect(stood).to_contain_text("Question 2 is unclear.")
    expect(stood.get_by_role("row", name="In all 3")).to_be_visible()


def test_g03_a_question_is_corrected_and_the_answer_confirmed(
    coordinator, new_page, session, assignment, axe
):
    page = coordinator
    panel(page).get_by_role("link", name="Correct a question").click()
    text = page.get_by_label("Question", exact=True).first
    text.fill("How does your Member State treat rejected case 1?")
    page.get_by_role("button", name="Save the query").click()
    said = page.get_by_role("status").filter(has_text="look at the difference")
    expect(said.locator("ins")).to_have_text("rejected ")
    expect(said).to_contain_text("asked to confirm or change its answer: MD")
    assert axe(page) == []
    said.get_by_role("button", name="Save and tell 1 institution").click()
    expect(panel(page)).to_contain_text("asked to confirm: question 1")

    partner = partner_at(new_page, session, assignment)
    expect(partner.locator("ins")).to_have_text("rejected ")
    assert axe(partner) == []
    partner.get_by_role("button", name="Yes, our answer holds").click()
    expect(partner.get_by_text("your answer holds")).to_be_visible()
    page.reload()
    expect(panel(page)).not_to_contain_text("asked to confirm")


def test_an_institution_asks_for_time_and_gets_it(
    coordinator, new_page, session, assignment, axe
):
    partner = partner_at(new_page, session, assignment, width=390)
    partner.get_by_text("Ask for more time").click()
    partner.get_by_label("Until").fill("3.4.2026")
    partner.get_by_label("Why do you need more time?").fill("The expert is ill.")
    partner.get_by_role("button", name="Ask the office for more time").click()
    expect(partner.get_by_text("You asked for time until Fri 3 Apr")).to_be_visible()
    assert axe(partner) == []

    page = coordinator
    page.reload()
    expect(page.get_by_text("MD asks for time until Fri 3 Apr 2026")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Grant the time").click()
    expect(panel(page)).to_contain_text("Tue 31 Mar 2026 → Fri 3 Apr 2026")
    partner.reload()
    expect(partner.get_by_text("Fri 3 Apr 2026").first).to_be_visible()


def test_the_asking_country_moves_its_date(coordinator, axe):
    page = coordinator
    panel(page).get_by_role("link", name="Move the reply-by date").click()
    page.get_by_label("New reply-by date").fill("2.4.2026")
    page.get_by_label("Reason").fill("They need it sooner.")
    page.get_by_role("button", name="Look at what follows").click()
    tick = page.get_by_label("MD: Tue 31 Mar 2026 → Thu 26 Mar 2026")
    expect(tick).to_be_checked()
    assert axe(page) == []
    page.get_by_role("button", name="Move the date").click()
    expect(panel(page)).to_contain_text("Thu 26 Mar 2026")
    expect(panel(page)).to_contain_text("They need it sooner.")
