"""Time in a browser: the slider, two days compared, an edition, files to take along."""

import re

import pytest
from playwright.sync_api import expect

from emnnet.domain.roles import Role
from tests.integration.shipped_network import load_lithuania

PAGES = (
    "/organogram?as_of=2019-06-30",
    "/organogram/compare?from=2018-01-01&to=2025-01-01",
    "/organogram/compare?from=2025-02-01&to=2025-02-02",
    "/organogram/editions",
    "/organogram/paper?root=vrm",
)
SET = """(slider, day) => {
  slider.value = (Date.parse(day) - Date.parse(slider.dataset.begin)) / 86400000;
  slider.dispatchEvent(new Event("input", {bubbles: true}));
}"""


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def test_pages_of_time_keep_nobody_out(lithuania, new_page, axe):
    for width in (1280, 360):
        page = new_page(width=width)
        for address in PAGES:
            page.goto(address)
            assert (address, axe(page)) == (address, [])
            assert (address, axe(page, dark=True)) == (address, [])
            moved = "() => document.documentElement.scrollWidth - innerWidth"
            assert (address, page.evaluate(moved)) == (address, 0)


def test_k04_the_slider_draws_the_day_and_keeps_the_filters(lithuania, new_page):
    page = new_page()
    page.goto("/organogram?root=sadm")
    page.evaluate("() => { window.same = true; }")
    slider = page.get_by_label("Day of the organogram")
    slider.evaluate(SET, "2024-12-31")
    page.wait_for_url(re.compile("as_of=2024-12-31"))
    assert "root=sadm" in page.url
    expect(page.locator("#organogram-pia")).to_contain_text("Refugees Reception")
    expect(page.locator("[data-time-shown]")).to_have_text("31 Dec 2024")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("as_of=2025-01-01"))
    expect(page.locator("#organogram-pia")).to_contain_text("Reception and Integration")
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuetext", "1 Jan 2025")
    page.go_back()
    expect(page.locator("#organogram-pia")).to_contain_text("Refugees Reception")
    page.get_by_role("link", name="Next change").click()
    page.wait_for_url(re.compile("as_of=2025-01-01"))
    page.keyboard.press("Tab")
    assert page.evaluate("() => window.same") is True  # never a whole new page


def test_two_days_are_compared_from_the_strip(lithuania, new_page):
    page = new_page()
    page.goto("/organogram?as_of=2019-06-30")
    page.get_by_role("link", name="Compare two days").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("From 30 Jun 2019")
    page.get_by_label("To", exact=True).fill("2019-07-01")
    page.get_by_role("button", name="Compare these days").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "From 30 Jun 2019 to 1 Jul 2019"
    )
    merged = page.locator("#organogram-migration_services")
    expect(merged).to_contain_text("→ merged")
    expect(page.get_by_role("row", name="taken over by")).to_have_count(1)


def test_a_coordinator_freezes_and_withdraws_an_edition(lithuania, new_page, enter):
    office, guest = new_page(), new_page()
    enter(office, Role.COORDINATOR, "/organogram/editions")
    office.get_by_label("Day", exact=True).fill("2021-05-26")
    office.get_by_label("Name").fill("26 May 2021")
    office.get_by_role("button", name="Freeze this day").click()
    expect(office.get_by_role("alert")).to_contain_text("Look at the organogram")
    office.get_by_label("I have looked at the organogram").check()
    office.get_by_role("button", name="Freeze this day").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("26 May 2021")
    guest.goto("/organogram/editions")
    with guest.expect_download() as download:
        guest.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.suggested_filename == "26 May 2021, 2021-05-26, EN.pdf"
    office.get_by_label("Why is it withdrawn?").fill("A body is missing.")
    office.get_by_role("button", name="Withdraw this edition").click()
    office.get_by_role("dialog").get_by_role(
        "button", name="Withdraw this edition"
    ).click()
    expect(office.get_by_text("This edition is withdrawn")).to_be_visible()
    guest.goto("/organogram/editions/1")
    expect(guest.get_by_text("A body is missing.")).to_be_visible()
    expect(guest.get_by_role("link", name="PDF")).to_have_count(0)


@pytest.mark.parametrize("kind", ["PDF", "SVG", "PNG"])
def test_what_is_on_the_screen_is_taken_along(lithuania, new_page, kind):
    page = new_page(locale="lt-LT")
    page.goto("/organogram?root=vrm&as_of=2019-06-30")
    page.goto(page.locator("a[href^='/organogram/paper']").get_attribute("href"))
    page.locator(f"input[value={kind.lower()}]").check()
    with page.expect_download() as download:
        page.locator("form[action='/organogram/file'] button").click()
    name = download.value.suggested_filename
    assert name == f"Vidaus reikalų ministerija, 2019-06-30.{kind.lower()}"
