"""The organogram without a mouse, without script, with a finger; all in the address."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.builders import an_institution
from tests.integration.shipped_network import load_lithuania
from tests.integration.test_organogram import a_tie

FOCUSED = "() => document.activeElement.id"
WIDTH = (
    "() => document.querySelector('#drawing-frame svg').getBoundingClientRect().width"
)


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


@pytest.fixture
def sixty(session):
    """A head, nine under it, five under each of these: sixty in all with the rest."""
    head = an_institution(session, slug="head", name_en="Žemaitijos taryba")
    for n in range(9):
        middle = an_institution(session, slug=f"m{n}", name_en=f"Middle {n}")
        a_tie(session, middle, head)
        for k in range(5):
            a_tie(session, an_institution(session, slug=f"m{n}-{k}"), middle)
    for n in range(5):
        an_institution(session, slug=f"alone{n}")
    return session


def press(page: Page, *keys):
    for key in keys:
        page.keyboard.press(key)
    return page.evaluate(FOCUSED)


def into_the_drawing(page: Page, address="/organogram"):
    page.goto(address)
    expect(page.get_by_role("tree", name="Organogram")).to_be_visible()
    page.locator("#drawing-frame").focus()
    return press(page, "Tab")


def test_k06_arrows_follow_the_tree_of_sixty(sixty, page: Page):
    assert into_the_drawing(page) == "organogram-head"
    expect(page.get_by_role("treeitem")).to_have_count(60)
    assert press(page, "ArrowRight") == "organogram-m0"
    assert press(page, "ArrowRight") == "organogram-m0-0"
    assert press(page, "ArrowDown", "ArrowUp", "ArrowLeft") == "organogram-m0"
    assert press(page, "End") == "organogram-alone4"
    assert press(page, "Home") == "organogram-head"
    assert press(page, "z") == "organogram-head"  # the only one that begins so
    assert press(page, "m") == "organogram-m0"
    only = page.locator(".organogram .body[tabindex='0']")
    assert only.get_attribute("id") == "organogram-m0"


def test_k06_each_says_name_type_level_and_whether_it_is_expanded(
    lithuania, page: Page
):
    into_the_drawing(page)
    said = page.locator("#drawing-frame").aria_snapshot()
    assert re.search(
        r'treeitem "Ministry of the Interior \(VRM\), government, partner of the '
        r'network[^\n]*" \[expanded\] \[level=3\]',
        said,
    )
    assert re.search(r'treeitem "Police Department[^\n]*" \[level=4\]', said)
    press(page, "Tab")  # one stop, then out of the drawing
    assert not page.evaluate("() => document.activeElement.matches('.body')")


def test_k06_focus_is_seen(lithuania, page: Page):
    into_the_drawing(page)
    width = "() => getComputedStyle(document.activeElement.querySelector('.box'))"
    assert page.evaluate(f"{width}.strokeWidth") == "3px"


def test_k06_a_branch_is_folded_and_unfolded_by_arrow(lithuania, page: Page):
    into_the_drawing(page)
    assert press(page, "ArrowRight", "ArrowRight") == "organogram-vrm"
    press(page, "ArrowLeft")
    expect(page).to_have_url(re.compile("fold=vrm"))
    box = page.locator("#organogram-vrm")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_focused()
    expect(page.locator("#organogram-md")).to_have_count(0)
    press(page, "ArrowRight")
    expect(page.locator("#organogram-md")).to_be_visible()
    expect(page.locator("#organogram-vrm")).to_be_focused()
    page.go_back()
    expect(page.locator("#organogram-md")).to_have_count(0)


def test_k06_enter_opens_the_panel_and_escape_closes_then_leaves(
    lithuania, page: Page, axe
):
    into_the_drawing(page)
    press(page, "ArrowRight", "ArrowRight", "Enter")
    panel = page.locator("#body-panel")
    expect(panel).to_be_focused()
    expect(page).to_have_url(re.compile("body=vrm"))
    expect(panel.get_by_role("heading", level=2)).to_have_text(
        "Ministry of the Interior"
    )
    expect(panel.get_by_text("sourced").first).to_be_visible()
    assert axe(page) == []
    press(page, "Escape")
    expect(page.locator("#organogram-vrm")).to_be_focused()
    expect(panel).to_have_count(0)
    press(page, "Escape")
    expect(page.get_by_role("link", name="Drawing", exact=True)).to_be_focused()


def test_k02_a_search_without_diacritics_jumps_to_the_body(lithuania, page: Page):
    page.goto("/organogram?fold=sadm")
    field = page.get_by_label("Find an institution")
    field.fill("seimo kontrolieriu")
    expect(page.locator(".organogram .is-found")).to_have_count(1)
    field.fill("uzimtumo")
    field.press("Enter")  # it is folded away, and shown all the same
    expect(page.locator("#organogram-uzt")).to_be_focused()
    expect(page.locator("#organogram-uzt")).to_be_in_viewport()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_drawing_is_made_larger_smaller_and_fitted(lithuania, new_page, motion):
    page = new_page(reduced_motion=motion)
    into_the_drawing(page)
    whole = page.evaluate(WIDTH)
    press(page, "+")
    assert page.evaluate(WIDTH) == pytest.approx(1.2 * whole, abs=2)
    expect(page).to_have_url(re.compile("zoom=120"))
    press(page, "0")
    frame = page.evaluate("() => document.getElementById('drawing-frame').clientWidth")
    assert frame - 30 < page.evaluate(WIDTH) < frame
    page.reload()
    assert frame - 30 < page.evaluate(WIDTH) < frame
    page.get_by_role("link", name="full size").click()
    assert page.evaluate(WIDTH) == pytest.approx(whole, abs=1)
    page.get_by_role("link", name="Smaller").click()
    assert page.evaluate(WIDTH) == pytest.approx(whole / 1.2, abs=5)


def test_the_drawing_is_dragged_and_a_drag_opens_nothing(lithuania, new_page):
    page = new_page(width=700)
    page.goto("/organogram")
    box = page.locator("#organogram-government")
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    left = "() => document.getElementById('drawing-frame').scrollLeft"
    before = page.evaluate(left)
    x, y = place["x"] + 40, place["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=4)
    page.mouse.up()
    assert page.evaluate(left) == before + 60
    assert "body=" not in page.url


def test_nothing_moves_for_those_who_asked_for_that(lithuania, new_page):
    page = new_page(reduced_motion="reduce")
    page.goto("/organogram?body=vsat")
    style = (
        "() => getComputedStyle(document.getElementById('body-panel')).animationName"
    )
    assert page.evaluate(style) == "none"


def test_without_script_links_fold_open_search_and_enlarge(lithuania, new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/organogram")
    page.locator(
        ".handle", has_text="Fold the 4 under Ministry of the Interior"
    ).click()
    expect(page.locator("#organogram-md")).to_have_count(0)
    page.locator("#organogram-vsd").click()
    expect(
        page.get_by_role("heading", name="State Security Department")
    ).to_be_visible()
    page.get_by_role("link", name="Close").click()
    page.get_by_label("Find an institution").fill("siena")
    page.get_by_role("button", name="Show this day").click()
    expect(page.get_by_text("No institution of this day")).to_be_visible()
    page.get_by_role("link", name="Larger").click()
    expect(page).to_have_url(re.compile(r"q=siena.*zoom=125|zoom=125.*q=siena"))


def test_k06_the_list_is_a_tree_for_the_keyboard_and_the_ear(
    lithuania, page: Page, axe
):
    page.goto("/organogram?view=list")
    tree = page.get_by_role("tree", name="Lines of command")
    tree.locator("> li > .tree-entry").focus()
    assert said_by(page) == ["Seimas (Parliament)", "1", "true"]
    press(page, "ArrowRight", "ArrowRight", "ArrowRight")
    assert said_by(page) == [
        "Migration Department under the Ministry of the Interior", "4", None
    ]  # fmt: skip
    press(page, "ArrowLeft", "ArrowLeft")
    assert said_by(page) == ["Ministry of the Interior", "3", "false"]
    press(page, "ArrowDown", "ArrowUp", "ArrowRight")
    assert said_by(page)[2] == "true"
    said = tree.aria_snapshot()
    assert re.search(r'treeitem "government Police Department[^"]*partner"', said)
    assert axe(page) == []
    press(page, "End")
    assert said_by(page)[1] == "2"
    press(page, "Home", "m")
    page.keyboard.press("Enter")
    page.wait_for_url("**/institutions/vrm")
    page.go_back()
    tree.locator("> li > .tree-entry").focus()
    press(page, "Escape")
    assert page.evaluate("() => document.activeElement.textContent.trim()") == "List"


def said_by(page: Page):
    """Name, level and state of the institution that has the focus in the list."""
    return page.evaluate("""() => [
      document.activeElement.querySelector("a").textContent,
      document.activeElement.getAttribute("aria-level"),
      document.activeElement.getAttribute("aria-expanded")]""")


def test_a_narrow_page_opens_with_the_top_in_view_and_no_empty_corner(
    lithuania, new_page
):
    page = new_page(width=390)
    page.goto("/organogram")
    frame = page.locator("#drawing-frame").bounding_box()
    for slug in ("seimas", "government", "vrm", "iom"):
        box = page.locator(f"#organogram-{slug} .box").bounding_box()
        assert frame["x"] <= box["x"] < frame["x"] + frame["width"] - 60
        assert frame["y"] <= box["y"] < frame["y"] + frame["height"]
    assert "zoom" not in page.url


def test_k06_the_table_is_sorted_by_its_heads(lithuania, page: Page):
    page.goto("/organogram?view=table")
    page.get_by_role("link", name="Short").click()
    expect(page).to_have_url(re.compile("sort=short"))
    page.get_by_role("link", name="Short").click()
    first = page.locator("#bodies tbody tr").first
    expect(first.get_by_role("cell").first).to_have_text("ŽTSI / HRMI")
    head = page.get_by_role("columnheader", name="Short")
    expect(head).to_have_attribute("aria-sort", "descending")


def test_two_fingers_make_the_drawing_larger(lithuania, new_page):
    page = new_page(width=390, has_touch=True)
    page.goto("/organogram?zoom=100")
    frame = page.locator("#drawing-frame")
    frame.scroll_into_view_if_needed()
    before = page.evaluate(WIDTH)
    place = frame.bounding_box()
    x, y = place["x"] + 150, max(place["y"], 0) + 150
    fingers = page.context.new_cdp_session(page)

    def touch(kind, *apart):
        points = [{"x": x + side, "y": y, "id": n} for n, side in enumerate(apart)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", -40, 40)
    touch("touchMove", -50, 50)
    touch("touchMove", -60, 60)
    touch("touchEnd")
    assert page.evaluate(WIDTH) == pytest.approx(1.5 * before, rel=0.03)
    expect(page).to_have_url(re.compile("zoom=150"))
