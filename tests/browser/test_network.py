"""The network in a browser: search, surroundings, a way, a saved layout, exports."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from emnnet.domain.network import Sector
from emnnet.domain.roles import Role
from tests.integration.shipped_network import load_lithuania
from tests.integration.test_network_views import ŠIAULIAI, strangers
from tests.performance.networks import generated, kept

__all__ = ["strangers"]
DRAWN = "[data-network-drawn]"
PAGES = (
    "/network?themes=y",
    "/network?tie=answered_together&everybody=y",
    "/network?focus=md&steps=2",
    "/network?everybody=y&start=vsat&end=iom",
    "/network/measures",
    "/network/queries?kind=answered_together&first=md&second=vsat",
)
MIDDLE = """() => { const box = document.querySelector('[data-network] canvas')
  .getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2]; }"""


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def test_k01_the_new_pages_name_no_foreign_host_and_keep_nobody_out(
    lithuania, new_page, axe
):
    page, narrow = new_page(), new_page(width=360, locale="lt-LT")
    for address in PAGES:
        page.goto(address)
        assert (address, axe(page)) == (address, [])
        narrow.goto(address)
        wide = narrow.evaluate("() => document.documentElement.scrollWidth")
        assert (address, wide) == (address, 360)


def test_k02_search_jumps_to_a_body_whatever_its_diacritics(strangers, page: Page):
    page.goto("/network")
    page.wait_for_selector(DRAWN)
    field = page.get_by_label("Find in the network")
    field.fill("siauliu")
    field.press("Enter")
    panel = page.locator("[data-network-panel]")
    expect(panel).to_have_text(f"{ŠIAULIAI}, government, partner of the network")
    field.fill("μεταναστευσης")
    field.press("Enter")
    expect(panel).to_contain_text("Υπουργείο Μετανάστευσης")


def test_bodies_are_reached_and_opened_by_keyboard(lithuania, page: Page):
    page.goto("/network")
    page.wait_for_selector(DRAWN)
    page.locator("[data-network] .vis-network").focus()
    page.keyboard.press("Home")
    panel = page.locator("[data-network-panel]")
    first = panel.inner_text()
    page.keyboard.press("PageDown")
    expect(panel).not_to_have_text(first)
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/institutions/"))


def test_surroundings_and_a_way_are_asked_for_by_the_form(lithuania, page: Page):
    page.goto("/network")
    page.locator("summary", has_text="Ties, work").click()
    page.get_by_label("Way from").select_option(
        label="State Border Guard Service under the Ministry of the Interior"
    )
    page.locator("select[name=end]").select_option("iom")
    page.get_by_role("button", name="Show these ties").click()
    expect(page.get_by_text("A shortest way, 1 tie:")).to_be_visible()
    page.goto("/network?focus=md")
    page.get_by_role("link", name="Draw everything").click()
    expect(page.get_by_text("Drawn is what")).to_have_count(0)


def test_a_layout_is_dragged_saved_and_reset(lithuania, page: Page, enter, new_page):
    enter(page, Role.COORDINATOR, "/network")
    page.wait_for_selector(DRAWN)
    page.locator("[data-network]").scroll_into_view_if_needed()
    before = _places(page)
    x, y = page.evaluate(MIDDLE)
    page.mouse.move(x, y)  # the coordinator of the network stands in the middle
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Save my layout").click()
    expect(page.get_by_text("everybody sees it so")).to_be_visible()
    saved = _places(page)
    moved = {slug for slug in before if saved[slug] != before[slug]}
    assert moved == {"iom"}
    visitor = new_page()
    visitor.goto("/network")
    assert _places(visitor) == saved
    page.get_by_role("button", name="Reset the layout").click()
    page.get_by_role("dialog").get_by_role("button", name="Reset the layout").click()
    expect(page.get_by_text("The layout is computed again.")).to_be_visible()
    assert _places(page) == before


def test_k01_the_offline_page_opens_without_a_host(
    strangers, page: Page, new_page, tmp_path: Path
):
    page.goto("/network")
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Page for offline use").click()
    file = tmp_path / "network.html"
    download.value.save_as(file)
    alone = new_page(offline=True)
    alone.goto(file.as_uri())
    expect(alone.locator(DRAWN)).to_be_visible()
    expect(alone.get_by_role("rowheader", name=ŠIAULIAI).first).to_be_visible()


def test_what_is_on_the_screen_is_saved_as_a_picture(lithuania, page: Page):
    page.goto("/network")
    page.wait_for_selector(DRAWN)
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="What is on the screen").click()
    assert download.value.suggested_filename.endswith(".png")
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("bodies", "ties"), [(300, 900), (1500, 4500)])
def test_k07_a_large_network_opens_still(session, page: Page, bodies, ties):
    kept(session, generated(bodies, ties))
    page.goto("/network?everybody=y")
    page.wait_for_selector(DRAWN)
    drawn = json.loads(page.locator("#network-data").text_content())["nodes"]
    assert len(drawn) == bodies if bodies <= 400 else len(drawn) < 100
    assert {node["group"] for node in drawn} >= {Sector.GOVERNMENT.value}
    before = page.evaluate(PICTURE)
    page.wait_for_timeout(500)
    assert page.evaluate(PICTURE) == before


PICTURE = "() => document.querySelector('[data-network] canvas').toDataURL()"


def _places(page: Page) -> dict[str, list[float]]:
    nodes = json.loads(page.locator("#network-data").text_content())["nodes"]
    return {node["id"]: [node["x"], node["y"]] for node in nodes}
