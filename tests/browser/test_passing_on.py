"""What was written is not lost: a draft passed on, a paragraph put back."""

from datetime import date

from playwright.sync_api import expect
from sqlalchemy import select

from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.services.releasing import move_question
from emnnet.services.responses import add_paragraph
from tests.builders import COORDINATOR, a_query, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.partners import a_draft, a_link, cells, fresh

HALF = "Half an answer of the first body."
WHO = {"by": COORDINATOR, "now": NOON}


def come_in(page, session, assignment) -> None:
    page.goto(a_link(session, assignment))
    page.get_by_role("button", name="Continue to the questions").click()
    page.wait_for_load_state("networkidle")


def moved(session, assignment) -> Assignment:
    """The assignment of another institution that has the question now."""
    body = an_institution(session, name_en="Second body")
    (cell,) = cells(session, assignment)
    why = {"reason": "Theirs.", "due_on": date(2026, 4, 3)}
    move_question(session, cell.question, assignment.institution, body, **why, **WHO)
    session.commit()
    mine = select(Assignment).where(Assignment.institution_id == body.id)
    return session.scalars(mine).one()


def test_d07_a_draft_is_passed_on_and_taken_over(page, new_page, session, axe):
    first = an_assignment(session, query=a_query(session))
    a_draft(session, cells(session, first)[0], HALF)
    second = moved(session, first)
    come_in(page, session, first)
    page.get_by_role("button", name="It may be passed on to Second body").click()
    expect(page.get_by_text("Passed on to Second body as material")).to_be_visible()
    assert axe(page) == []

    other = new_page()
    come_in(other, fresh(session), second)
    expect(other.get_by_text(HALF)).to_be_visible()
    assert axe(other) == []
    other.get_by_role("button", name="Take over as my draft").click()
    expect(other.get_by_label("Your answer to question 1")).to_have_value(HALF)
    (kept,) = cells(session, second)
    assert (kept.draft, kept.latest_number) == (HALF, 0)


def test_a_deleted_paragraph_is_put_back_by_undo(page, session, enter, axe):
    query = an_assignment(session, query=a_query(session)).query
    row = add_paragraph(session, query.questions[0], "Our own words.", **WHO)
    session.commit()
    desk = f"/desk/queries/{query.id}/workbench"
    enter(page, Role.COORDINATOR, desk)
    page.goto(f"{desk}?side=national&edit={row.id}")
    page.get_by_role("button", name="Delete the paragraph").click()
    asking = page.get_by_role("dialog")
    asking.get_by_role("button", name="Delete the paragraph").click()
    expect(page.get_by_text("The paragraph was deleted")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#national").get_by_text("Our own words.")).to_be_visible()
    page.goto(f"{desk}/removed")
    expect(page.get_by_text("Nothing was deleted")).to_be_visible()
    assert axe(page) == []
