"""Answers that came by mail, confirmed: by the office, and by the partner."""

import re

import pytest
from playwright.sync_api import expect

from emnnet.domain.roles import Role
from tests.builders import a_query, an_assignment, an_institution
from tests.integration.arriving import (
    OURS,
    PARTNER,
    a_mail,
    a_report,
    hand_over,
    our_mail,
    with_file,
)
from tests.integration.partners import a_link, cells

ANSWER = "1. We know of **no quota**.\n\n2. Three cases in 2025.\n\nPagarbiai\nSkyrius"


@pytest.fixture
def assignment(session):
    institution = an_institution(session, email=PARTNER)
    query = a_query(session, questions=2)
    return an_assignment(session, query=query, institution=institution)


def test_e16_the_office_reads_a_mail_and_takes_its_answer_over(
    app, page, enter, session, assignment, axe
):
    our_mail(session, assignment)
    mail = a_mail(ANSWER, In_Reply_To=OURS)
    hand_over(app, with_file(mail, b"%PDF-1.4 law", "law.pdf"))

    enter(page, Role.COORDINATOR, "/desk")
    page.get_by_role("link", name=re.compile("^Read it")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mail")
    assert axe(page) == []
    page.get_by_role("link", name="Re: Family reunification").click()
    expect(page.get_by_text("It answers our mail of")).to_be_visible()
    assert axe(page) == []

    first = page.get_by_role("region", name="Question 1")
    expect(first.get_by_text("no quota")).to_be_visible()
    first.get_by_role("button", name="Take it over for the institution").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert axe(page) == []
    first.get_by_label("Why do you confirm it").fill("Agreed by telephone.")
    first.get_by_role("button", name="Take it over for the institution").click()

    expect(first).to_contain_text("taken over as a draft")
    expect(first).to_contain_text("Agreed by telephone.")
    page.get_by_role("region", name="Question 2").get_by_role(
        "button", name="Discard this answer"
    ).click()
    expect(page.get_by_role("region", name="Question 2")).to_contain_text("discarded")
    one, two = cells(session, assignment)
    assert (one.draft, two.draft) == ("We know of **no quota**.", "")
    assert one.latest_number == 0


def test_e16_the_partner_takes_over_what_they_mailed(
    app, page, session, assignment, axe
):
    hand_over(app, a_mail(ANSWER))
    page.goto(a_link(session, assignment))
    page.get_by_role("button", name="Continue to the questions").click()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("An answer to question 1 came by mail on")).to_be_visible()
    assert axe(page) == []

    page.get_by_label("Your answer to question 1").fill("Typed before.")
    page.get_by_role("button", name="Take it over as my draft").first.click()
    expect(page.get_by_text("Taken over as your draft.")).to_be_visible()
    expect(page.get_by_label("Your answer to question 1")).to_have_value(
        "Typed before.\n\nWe know of **no quota**."
    )
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_text("came by mail on")).to_have_count(0)
    assert [cell.latest_number for cell in cells(session, assignment)] == [0, 0]


def test_a_stranger_is_put_beside_a_query_and_filed_mail_comes_back(
    app, page, enter, session, assignment, axe
):
    hand_over(app, a_mail("Five cases.", From="x@example.net", Subject="Hello"))
    hand_over(app, a_report())
    enter(page, Role.COORDINATOR, "/desk/mail/arrived")
    page.get_by_role("link", name="Hello").click()
    page.get_by_label("Why is nothing to be done?").fill("Sent by mistake.")
    page.get_by_role("button", name="File it").click()
    page.get_by_role("link", name="Filed 1").click()
    page.get_by_role("link", name="Hello").click()
    expect(page.get_by_text("Sent by mistake.")).to_be_visible()
    page.get_by_role("button", name="Put it back to see to").click()

    choice = page.get_by_label("Query and institution")
    choice.select_option(index=1)
    page.get_by_role("button", name="Put it beside this query").click()
    expect(page.get_by_role("region", name="Question 1")).to_contain_text("Five cases.")
    assert axe(page) == []
    page.get_by_label("It answers question").select_option("2")
    page.get_by_role("button", name="Move it there").click()
    expect(page.get_by_role("region", name="Question 2")).to_contain_text("Five cases.")
