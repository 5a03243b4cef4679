"""One cell that was asked, as a page."""

from datetime import date

import pytest

from emnnet.domain.mails import MailKind
from emnnet.domain.roles import Role
from emnnet.services.routing import save_routing
from emnnet.services.sending import send_routing
from tests.builders import COORDINATOR, a_query
from tests.conftest import NOON
from tests.integration.routing_setup import (
    LEAD,
    PLAN_DATE,
    a_partner,
    address,
    asked,
    cells,
    mails,
    post,
    the_assignment,
    the_cell,
    the_holidays,
    the_mail_left,
)

WHO = {"by": COORDINATOR, "now": NOON}


@pytest.fixture
def query(session):
    the_holidays(session, 2026)
    return a_query(session, questions=3)


@pytest.fixture
def md(session):
    return a_partner(session, "MD", name_en="Migration Department")


@pytest.fixture
def vsat(session):
    return a_partner(session, "VSAT", name_en="State Border Guard Service")


@pytest.fixture
def office(signed_in):
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def routed(session, query, md):
    rows = {label: [md, LEAD] for label in ("q1", "q2", "q3")}
    save_routing(session, query, cells(query, **rows), **WHO)
    send_routing(session, query, {}, **WHO)
    the_mail_left(session)
    return query


def test_a_cell_that_was_asked_leads_to_what_can_be_done(
    office, session, routed, md, vsat
):
    cell = the_cell(session, md, "2")
    page = office.get(address(routed)).text
    here = address(routed, f"/cells/{cell.id}")
    assert f'href="{here}"' in page
    page = office.get(here).text
    assert "How does your Member State treat case 2?" in page
    moving = {"move-to": str(vsat.id), "move-reason": "Theirs."}
    assert post(office, session, f"{here}/move", data=moving).location == address(
        routed
    )
    assert ("2", "VSAT", "lead") in asked(session)
    assert mails(session, MailKind.RELEASED) == ["MD"]


def test_d07_a_draft_that_was_taken_back_is_readable_to_the_office(
    office, session, routed, md
):
    cell = the_cell(session, md, "2")
    cell.draft = "Half of an answer."
    here = address(routed, f"/cells/{cell.id}")
    session.commit()
    assert "Half of an answer." not in office.get(here).text
    post(office, session, f"{here}/release", {"release-reason": "A mistake."})
    assert f'<a href="{here}">MD, question 2</a>' in office.get(address(routed)).text
    assert "Half of an answer." in office.get(here).text


def test_taking_back_needs_a_reason(office, session, routed, md):
    here = address(routed, f"/cells/{the_cell(session, md, '1').id}")
    reply = post(office, session, f"{here}/release", data={"release-reason": "  "})
    assert (reply.status_code, "Say why." in reply.text) == (422, True)
    post(office, session, f"{here}/release", data={"release-reason": "A mistake."})
    assert asked(session) == {("2", "MD", "lead"), ("3", "MD", "lead")}


def test_a18_more_time_is_given_on_the_page_of_the_cell(office, session, routed, md):
    here = address(routed, f"/cells/{the_cell(session, md, '1').id}")
    for day, status in ((PLAN_DATE, 409), ("never", 422), ("2026-04-03", 303)):
        data = {"due-due_on": str(day), "due-reason": "The expert is ill."}
        reply = post(office, session, f"{here}/due", data=data)
        assert reply.status_code == status
    assert the_assignment(session, md).due_on == date(2026, 4, 3)


def test_a_suggestion_of_who_declined_is_one_click(office, session, routed, md, vsat):
    cell = the_cell(session, md, "1")
    cell.declined_at, cell.decline_reason = NOON, "not_competent"
    cell.suggested_institution_id = vsat.id
    session.commit()
    here = address(routed, f"/cells/{cell.id}")
    assert "Ask VSAT instead" in office.get(here).text
    post(office, session, f"{here}/suggestion")
    assert ("1", "VSAT", "lead") in asked(session)


def test_the_page_of_a_cell_takes_few_statements(
    office, session, routed, md, statements
):
    page = address(routed, f"/cells/{the_cell(session, md, '1').id}")
    with statements("SELECT") as seen:
        office.get(page)
    assert len(seen) == 4  # one of them the calendar, to say why the date is that
