"""Files of the network come in through a browser: preview first, then the change."""

from playwright.sync_api import expect

from emnnet.domain.roles import Role
from tests.integration.shipped_network import load_lithuania

NEW = "id;en;lt;sector\nsiauliai;Šiauliai branch;Užimtumo tarnyba – Šiaulių sk.;ngo\n"
BAD = "kind;from;to;standing\nsubordinate_to;vrm;md;plausible\n"


def chosen(page, name: str, text: str) -> None:
    page.get_by_label("ZIP file, or YAML or CSV files").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}
    )
    page.get_by_role("button", name="See what it would change").click()


def test_upload_with_preview_and_a_refusal(page, enter, session, axe):
    load_lithuania(session)
    enter(page, Role.COORDINATOR, "/settings")
    page.get_by_role("link", name="The network as files").click()
    expect(page).to_have_title("The network as files · emnnet")
    assert axe(page) == []
    chosen(page, "ties.csv", BAD)
    expect(page.get_by_text("in a circle: vrm → md → vrm")).to_be_visible()
    expect(page.get_by_text("ties.csv, line 2")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Choose other files").click()
    expect(page).to_have_title("The network as files · emnnet")
    chosen(page, "institutions.csv", NEW)
    expect(page.get_by_text("1 row becomes different.")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Why it is changed").fill("A new branch")
    page.get_by_role("button", name="Load the files").click()
    expect(page.get_by_text("1 row is loaded.")).to_be_visible()
    page.goto(page.url.partition("/settings")[0] + "/institutions/siauliai")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Šiauliai branch")


def test_a_frame_sets_no_cookie_and_asks_no_other_host(page, session, site, axe):
    load_lithuania(session)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ("/embed/organogram?lang=lt", "/embed/network?lang=lt"):
        page.goto(site + address)
        expect(page.locator("svg").first).to_be_visible()
        assert axe(page) == []
    assert page.context.cookies() == []
    assert [url for url in asked if not url.startswith(site)] == []
