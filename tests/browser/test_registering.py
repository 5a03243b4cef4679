"""A coordinator registers what arrived, corrects it, and finds it on the desk."""

from playwright.sync_api import expect

from emnnet.domain.roles import Role
from tests.builders import a_query, an_assignment
from tests.integration.test_intake_pages import DOCUMENT


def test_from_the_document_to_the_desk(page, enter, session, axe):
    enter(page, Role.COORDINATOR, "/desk")
    expect(page.get_by_role("heading", name="No query is open")).to_be_visible()
    assert axe(page) == []

    page.get_by_role("link", name="Register a query").first.click()
    expect(page).to_have_title("Register a query · emnnet")
    assert axe(page) == []
    document = {"name": "query.txt", "mimeType": "text/plain"}
    page.get_by_label("Document").set_input_files(
        document | {"buffer": DOCUMENT.encode()}
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this right?")
    expect(page.get_by_label("Title")).to_have_value("Seasonal workers in agriculture")
    assert axe(page) == []

    page.get_by_label("Reply by").fill("31.02.2026")
    page.get_by_role("button", name="Register the query").click()
    summary = page.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    assert axe(page) == []
    summary.get_by_role("link", name="There is no such day").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("17.04.2026")
    page.get_by_role("button", name="Register the query").click()

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Seasonal workers in agriculture")
    expect(page.get_by_text("not routed")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="History").click()
    expect(page.get_by_text("Registered", exact=True)).to_be_visible()
    assert axe(page) == []


def test_a_field_shows_where_it_stands_in_the_text(page, enter):
    enter(page, Role.COORDINATOR, "/queries/register")
    page.get_by_label("Or paste the text").fill(DOCUMENT)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this right?")
    page.wait_for_load_state()

    page.get_by_label("Reply by").focus()

    lit = page.locator("mark.mark-lit")
    expect(lit).to_have_text("10 April 2026")


def test_questions_are_added_by_keyboard(page, enter):
    enter(page, Role.COORDINATOR, "/queries/register")
    page.get_by_role("button", name="Fill in an empty form").click()
    page.get_by_role("button", name="Add a question").press("Enter")
    page.get_by_label("Question", exact=True).fill("Since when?")
    page.get_by_label("Title").fill("Entry bans")
    page.get_by_label("Title").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Entry bans")
    expect(page.get_by_text("Since when?")).to_be_visible()


def test_nobody_is_kept_out_of_the_pages_of_a_query(page, enter, session, axe):
    query = a_query(session, questions=3)
    an_assignment(session, query=query)
    an_assignment(session, query=a_query(session), due_on=query.launched_on)
    pages = ("", "/change", "/earlier", "/withdraw", "/relations", "/history")
    addresses = [f"/desk/queries/{query.id}{part}" for part in pages]
    enter(page, Role.COORDINATOR, "/desk")
    for address in ("/desk", "/desk/queries", *addresses):
        page.goto(address)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert (address, axe(page)) == (address, [])
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert (address, wide) == (address, width)
