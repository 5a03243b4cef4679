"""The pages of the routing: the grid, the letters, one cell."""

from datetime import date

import pytest
from sqlalchemy import func, select

from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.routing_cell import RoutingCell
from emnnet.selectors.routing_state import grid_state
from emnnet.services.routing import save_routing
from emnnet.services.sending import send_routing
from tests.builders import COORDINATOR, a_query
from tests.conftest import NOON
from tests.integration.routing_setup import (
    CONTRIBUTES,
    LEAD,
    a_partner,
    address,
    cells,
    planned,
    post,
    the_form,
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


def test_the_grid_shows_questions_institutions_and_the_plan(office, query, md, vsat):
    page = office.get(address(query)).text
    for words in (
        "How does your Member State treat case 3?",
        "Migration Department",
        'aria-label="VSAT, question 2"',
        "Thu 2 Apr 2026",
        "2026 (Easter Monday)",
    ):
        assert words in page


def test_what_is_chosen_is_saved_with_its_days(office, session, query, md, vsat):
    form = the_form(session, query, q1=[md, LEAD, vsat, CONTRIBUTES])
    reply = post(
        office, session, address(query), data=form | {f"due-{md.id}": "2026-03-31"}
    )
    assert (reply.status_code, reply.location) == (303, address(query))
    assert planned(session) == {("1", "MD", "lead"), ("1", "VSAT", "contributes")}
    days = session.execute(select(RoutingCell.institution_id, RoutingCell.due_on))
    assert {row.institution_id: row.due_on for row in days} == {
        md.id: date(2026, 3, 31),
        vsat.id: None,
    }


def test_a_day_that_is_none_is_said_at_the_page_and_nothing_is_lost(
    office, session, query, md
):
    form = the_form(session, query, q1=[md, LEAD]) | {f"due-{md.id}": "31.02.2026"}
    reply = post(office, session, address(query), data=form)
    assert reply.status_code == 422
    assert "There is no such day as 31.02.2026" in reply.text
    assert '<option value="lead" selected>' in reply.text
    assert planned(session) == set()


def test_d05_two_leads_are_refused_and_one_may_be_replaced(
    office, session, query, md, vsat
):
    save_routing(session, query, cells(query, q1=[md, LEAD]), **WHO)
    session.commit()
    form = the_form(session, query, q1=[md, LEAD, vsat, LEAD])
    reply = post(office, session, address(query), data=form)
    assert reply.status_code == 409
    assert "Question 1 has two leads, MD and VSAT." in reply.text
    assert reply.text.count('<option value="lead" selected>') == 2
    form["replace"] = str(query.questions[0].id)
    assert post(office, session, address(query), data=form).status_code == 303
    assert planned(session) == {("1", "MD", "contributes"), ("1", "VSAT", "lead")}


def test_a_page_out_of_date_keeps_what_was_chosen(office, session, query, md, vsat):
    form = the_form(session, query, q2=[vsat, LEAD])
    save_routing(session, query, cells(query, q1=[md, LEAD]), **WHO)
    session.commit()
    reply = post(office, session, address(query), data=form)
    assert reply.status_code == 409
    assert "Somebody else has changed the routing" in reply.text
    assert reply.text.count('<option value="lead" selected>') == 1
    assert planned(session) == {("1", "MD", "lead")}


def test_a_row_is_copied_from_the_one_above_and_not_saved(
    office, session, query, md, vsat
):
    second = query.questions[1].id
    form = the_form(session, query, f"same-{second}", q1=[md, LEAD, vsat, CONTRIBUTES])
    reply = post(office, session, address(query), data=form)
    assert "Filled in, not saved" in reply.text
    assert reply.text.count('<option value="lead" selected>') == 2
    assert planned(session) == set()


def test_an_earlier_routing_is_copied_by_its_number(office, session, query, md):
    earlier = a_query(session, questions=3)
    save_routing(session, earlier, cells(earlier, q3=[md, LEAD]), **WHO)
    session.commit()
    post(
        office, session, address(query, "/copy"), data={"reference": earlier.reference}
    )
    assert set(grid_state(session, query).roles) == set(cells(query, q3=[md, LEAD]))
    reply = post(
        office,
        session,
        address(query, "/copy"),
        data={"reference": "9"},
        follow_redirects=True,
    )
    assert "There is no query 9." in reply.text


@pytest.fixture
def routed(session, query, md):
    rows = {label: [md, LEAD] for label in ("q1", "q2", "q3")}
    save_routing(session, query, cells(query, **rows), **WHO)
    send_routing(session, query, {}, **WHO)
    the_mail_left(session)
    return query


def test_the_office_may_look_but_only_coordinators_change(signed_in, routed, md):
    approver = signed_in(Role.APPROVER)
    page = approver.get(address(routed))
    assert (page.status_code, "Save the plan" in page.text) == (200, False)
    assert approver.post(address(routed)).status_code == 403
    contact = signed_in(Role.CONTACT)
    assert contact.get(address(routed)).status_code == 403


def test_a_query_that_ended_shows_its_grid_and_takes_nothing(
    office, session, routed, md
):
    routed.withdrawn_at = NOON
    session.commit()
    page = office.get(address(routed)).text
    assert "Nobody is asked any more" in page
    assert "Save the plan" not in page


@pytest.mark.parametrize("number", [1, 50])
def test_the_grid_takes_six_statements_for_one_question_and_for_fifty(
    office, session, md, vsat, statements, number
):
    the_holidays(session, 2026)
    query = a_query(session, questions=number)
    rows = {f"q{one}": [md, LEAD, vsat, CONTRIBUTES] for one in range(1, number + 1)}
    save_routing(session, query, cells(query, **rows), **WHO)
    send_routing(session, query, {}, **WHO)
    session.commit()
    page = address(query)
    with statements("SELECT") as seen:
        assert office.get(page).status_code == 200
    assert len(seen) == 5
    assert session.scalar(select(func.count()).select_from(Assignment)) == 2
