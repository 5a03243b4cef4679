"""Keeping the network true in a browser: an edit with undo, a reorganisation."""

import os
import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from emnnet.domain.network import Standing, TieKind
from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.institution import Institution
from emnnet.models.tie import Tie
from tests.builders import an_assignment, an_institution
from tests.integration.partners import fresh


def shot(page, name):
    """A picture, where somebody wants to look at one."""
    folder = os.environ.get("EMNNET_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.fixture
def bodies(session):
    """A unit under a ministry, with an open question, and a body beside it."""
    unit = an_institution(
        session, slug="unit", abbreviation="SEN", name_en="Old unit", name_lt="Šaulė"
    )
    above = an_institution(session, slug="vrm", abbreviation="VRM", name_en="Ministry")
    heir = an_institution(session, slug="heir", abbreviation="NAU", name_en="New body")
    for below in (unit, heir):
        session.add(
            Tie(
                kind=TieKind.SUBORDINATE_TO,
                from_institution_id=below.id,
                to_institution_id=above.id,
                standing=Standing.PLAUSIBLE,
                source_codes=[],
                note="",
            )
        )
    an_assignment(session, institution=unit)
    return unit, above, heir


def test_an_edit_with_undo(page, session, bodies, enter, axe):
    enter(page, Role.COORDINATOR, "/institutions/unit")
    page.get_by_role("link", name="Change what is known").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change what is known")
    assert axe(page) == []
    shot(page, "body")
    page.get_by_role("link", name="Change the institution").click()
    page.get_by_label("Name in the language of the country").fill("Žąsų tarnyba")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Say why you change it.")).to_be_visible()
    assert axe(page) == []
    shot(page, "row")
    page.get_by_label("Why").fill("A misprint")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Žąsų tarnyba").first).to_be_visible()
    page.get_by_role("link", name="Look at it or undo it").click()
    expect(page.get_by_text("Žąsų tarnyba")).to_be_visible()
    shot(page, "act")
    page.get_by_role("button", name="Undo this change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Changes of the network")
    assert axe(page) == []
    shot(page, "history")
    assert fresh(session).get(Institution, bodies[0].id).name_lt == "Šaulė"


def test_a_circle_is_refused_in_the_form(page, bodies, enter):
    enter(page, Role.COORDINATOR, "/keeping/vrm/tie/0")
    page.get_by_label("This body is").select_option("Subordinate to")
    page.get_by_label("The other body").select_option(str(bodies[0].id))
    page.get_by_label("Why").fill("A try")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("VRM → SEN → VRM")).to_be_visible()


def test_a_reorganisation_with_preview_and_undo(page, session, bodies, enter, axe):
    unit, _above, heir = bodies
    moved = select(Assignment.institution_id)
    enter(page, Role.COORDINATOR, "/keeping/unit")
    page.get_by_role("link", name="Reorganise…").click()
    expect(page).to_have_title("Reorganise · emnnet")
    page.get_by_label(re.compile("is merged into another body")).check()
    assert axe(page) == []
    shot(page, "choose")
    page.get_by_role("button", name="Go on to the details").click()
    expect(page.get_by_label("From which day")).to_be_visible()
    page.get_by_label("From which day").fill("16.03.2026")
    page.get_by_label("Merged into").select_option(str(heir.id))
    page.get_by_label("Why").fill("Law of the Seimas")
    assert axe(page) == []
    shot(page, "details")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible()
    expect(page.get_by_role("link", name="Family reunification")).to_be_visible()
    assert axe(page) == []
    shot(page, "preview")
    assert fresh(session).scalars(moved).all() == [unit.id]
    page.get_by_role("button", name="Enter the reorganisation").click()
    expect(page.get_by_text("SEN merged into NAU")).not_to_have_count(0)
    assert fresh(session).scalars(moved).all() == [heir.id]
    page.get_by_role("button", name="Undo this change").click()
    expect(page.get_by_text("It is undone.")).to_be_visible()
    assert fresh(session).scalars(moved).all() == [unit.id]


def test_findings_are_readable_on_a_narrow_screen(new_page, bodies, enter, axe):
    page = new_page(width=390)
    enter(page, Role.COORDINATOR, "/keeping/quality")
    expect(page.get_by_text("Facts nobody has checked")).to_be_visible()
    assert axe(page) == []
    shot(page, "quality-390")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
