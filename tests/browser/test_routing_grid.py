"""The routing grid by keyboard, by pointer, and on a narrow window."""

import pytest
from playwright.sync_api import expect

from emnnet.domain.roles import Role
from emnnet.models.competence import Competence
from emnnet.models.theme import Theme
from tests.builders import a_query
from tests.integration.routing_setup import a_partner, planned, the_holidays

ROUTING = "/desk/queries/1/routing"


@pytest.fixture
def network(session):
    """Three partners; MD is proposed to lead on what the questions are about."""
    the_holidays(session, 2026)
    md, _, _ = [a_partner(session, short) for short in ("MD", "VSAT", "PD")]
    word = {"text": "case", "language": "en", "strength": "decisive"}
    names = {"name_en": "Cases", "name_lt": "Bylos"}
    theme = Theme(slug="cases", position=1, keywords={"words": [word]}, **names)
    session.add(theme)
    session.flush()
    level = {"level": "lead", "standing": "sourced"}
    session.add(Competence(institution_id=md.id, theme_id=theme.id, **level))
    session.commit()
    return a_query(session, questions=3)


def test_a_coordinator_routes_by_keyboard(page, enter, network, axe):
    enter(page, Role.COORDINATOR, ROUTING)
    cell = page.get_by_role("button", name="MD, question 1")
    expect(cell).to_have_accessible_name("MD, question 1: not asked, suggested: leads")
    assert axe(page) == []
    cell.focus()
    reason = page.get_by_text("leads on Cases; words that speak for it: case")
    expect(reason).to_have_count(4)  # folded under each question, and beside the grid
    page.keyboard.press("Space")
    expect(cell).to_have_accessible_name("MD, question 1: leads")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    vsat = page.get_by_role("button", name="VSAT, question 1")
    expect(vsat).to_have_accessible_name("VSAT, question 1: contributes")
    expect(vsat).to_be_focused()
    send = page.get_by_role("button", name="Send 1 question to 2 institutions")
    expect(send).to_be_visible()
    page.keyboard.press("l")
    expect(cell).to_have_accessible_name("MD, question 1: contributes")
    said = page.get_by_role("status").filter(has_text="VSAT leads question 1")
    expect(said).to_be_attached()
    page.keyboard.press("Delete")
    expect(vsat).to_have_accessible_name("VSAT, question 1: not asked")


def test_suggestions_are_accepted_read_as_letters_and_sent(page, enter, network, axe):
    enter(page, Role.COORDINATOR, ROUTING)
    page.get_by_role("button", name="Accept all suggestions").click()
    page.get_by_role("button", name="Send 3 questions to 1 institution").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Send 3 questions to 1 institution")
    expect(page.get_by_text("leads 1, 2, 3")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Send 3 questions to 1 institution").click()
    expect(page.get_by_text("1 institution is asked.")).to_be_visible()
    page.get_by_role("link", name="MD, question 2: leads, asked").click()
    expect(heading).to_have_text("MD, question 2")
    assert axe(page) == []


def test_a_click_goes_round_and_steps_over_a_second_lead(page, enter, network):
    enter(page, Role.COORDINATOR, ROUTING)
    md = page.get_by_role("button", name="MD, question 2")
    pd = page.get_by_role("button", name="PD, question 2")
    md.click()
    pd.click()
    expect(pd).to_have_accessible_name("PD, question 2: contributes")
    for said in ("for information", "not asked"):
        pd.click()
        expect(pd).to_have_accessible_name(f"PD, question 2: {said}")
    expect(md).to_have_accessible_name("MD, question 2: leads")


def test_on_a_narrow_window_the_grid_is_a_list_by_question(
    new_page, enter, session, network, axe
):
    page = new_page(width=390)
    enter(page, Role.COORDINATOR, ROUTING)
    expect(page.get_by_role("button", name="MD, question 3")).to_be_visible()
    pd = page.get_by_role("button", name="PD, question 3")
    expect(pd).to_be_hidden()
    page.get_by_role("button", name="Show all institutions").nth(2).click()
    pd.click()
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("The plan is saved.")).to_be_visible()
    session.rollback()
    assert planned(session) == {("3", "PD", "lead")}
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert axe(page) == []


def test_without_script_the_grid_is_a_form(new_page, enter, session, network):
    page = new_page(java_script_enabled=False)
    enter(page, Role.COORDINATOR, ROUTING)
    page.get_by_label("VSAT, question 1").select_option("informed")
    page.get_by_role("button", name="Accept all suggestions").click()
    expect(page.get_by_text("Filled in, not saved")).to_be_visible()
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("The plan is saved.")).to_be_visible()
    session.rollback()
    assert planned(session) == {
        ("1", "VSAT", "informed"),
        ("2", "MD", "lead"),
        ("3", "MD", "lead"),
    }
