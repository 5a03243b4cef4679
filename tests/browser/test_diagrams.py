"""Network, organogram and home in a browser: no foreign host, no mouse needed."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from emnnet.domain.roles import Role
from tests.integration.shipped_network import load_lithuania

PAGES = (
    "/",
    "/about",
    "/accessibility",
    "/institutions",
    "/institutions/md",
    "/institutions/migration_services",
    "/network",
    "/network?everybody=y",
    "/organogram",
    "/organogram?cooperation=y&body=vsat&fold=sadm",
    "/organogram?direction=td&sector=government&theme=reception&q=tarnyba",
    "/organogram?view=table",
    "/organogram?view=list",
    "/organogram?as_of=2024-02-30",
)
WIDTH = "() => document.documentElement.scrollWidth"
SCALE = "() => document.querySelector('[data-network] canvas').toDataURL()"


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def test_k01_pages_open_without_foreign_host_and_keep_nobody_out(
    lithuania, new_page, axe
):
    page = new_page()
    for address in PAGES:
        page.goto(address)
        assert (address, axe(page)) == (address, [])
        assert (address, axe(page, dark=True)) == (address, [])
        page.set_viewport_size({"width": 360, "height": 780})
        assert (address, page.evaluate(WIDTH)) == (address, 360)
        page.set_viewport_size({"width": 1280, "height": 900})


def test_nothing_moves_a_narrow_page_sideways_in_lithuanian(lithuania, new_page, axe):
    page = new_page(width=360, height=780, locale="lt-LT")
    for address in PAGES:
        page.goto(address)
        assert (address, page.evaluate(WIDTH)) == (address, 360)
    assert axe(page) == []


def test_empty_pages_keep_nobody_out(new_page, axe):
    page = new_page()
    for address in ("/", "/institutions", "/network", "/organogram"):
        page.goto(address)
        assert (address, axe(page)) == (address, [])


def test_office_sees_the_same_pages_in_its_own_frame(lithuania, page: Page, enter, axe):
    enter(page, Role.COORDINATOR, "/institutions/vsat")
    expect(page.get_by_role("heading", name="Contacts")).to_be_visible()
    for address in ("/institutions/vsat", "/network", "/organogram"):
        page.goto(address)
        assert (address, axe(page)) == (address, [])


def test_the_network_is_drawn_and_stands_still(lithuania, page: Page):
    page.goto("/network")
    expect(page.locator("[data-network] canvas")).to_be_visible()
    page.wait_for_timeout(300)
    first = page.evaluate(SCALE)
    page.wait_for_timeout(700)
    assert page.evaluate(SCALE) == first


def test_the_network_is_enlarged_by_keyboard(lithuania, new_page):
    page = new_page(reduced_motion="reduce")
    page.goto("/network")
    expect(page.locator("[data-network] canvas")).to_be_visible()
    before = page.evaluate(SCALE)
    page.get_by_role("button", name="Larger").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.evaluate(SCALE) != before
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Smaller")).to_be_focused()


def test_without_script_the_table_of_the_network_stands(lithuania, new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/network")
    expect(page.get_by_text("The drawing needs a script.")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(19)


def test_a_day_is_chosen_and_the_drawing_follows(lithuania, page: Page):
    page.goto("/organogram")
    page.get_by_text("days on which something changed").click()
    page.get_by_role("link", name="1 Jul 2019", exact=True).click()
    expect(page).to_have_url(re.compile("as_of=2019-07-01"))
    page.get_by_label("On the day").fill("2019-06-30")
    page.get_by_role("button", name="Show this day").click()
    expect(page.get_by_text("Sun 30 Jun 2019")).to_be_visible()
    box = page.locator("#organogram-migration_services")
    expect(box).to_be_visible()


def test_k01_k02_the_downloaded_drawing_needs_nothing_beside_it(
    lithuania, new_page, tmp_path: Path
):
    page = new_page(locale="lt-LT")
    page.goto("/organogram?root=sadm")
    with page.expect_download() as download:
        page.locator("a[href*='organogram.svg']").click()
    name = download.value.suggested_filename
    assert name.startswith("Socialinės apsaugos ir darbo ministerija, 2026-03-16")
    file = tmp_path / "drawing.svg"
    download.value.save_as(file)
    alone = new_page(locale="lt-LT")
    alone.goto(file.as_uri())
    expect(alone.locator("text", has_text="VVTAĮT")).to_be_visible()
