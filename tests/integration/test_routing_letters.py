"""The letters before they leave, and their leaving, as pages."""

from datetime import date

import pytest

from emnnet.domain.roles import Role
from emnnet.selectors.routing_state import grid_state
from emnnet.services.routing import save_routing
from tests.builders import COORDINATOR, a_query
from tests.conftest import NOON
from tests.integration.routing_setup import (
    CONTRIBUTES,
    LEAD,
    a_partner,
    address,
    asked,
    cells,
    mails,
    post,
    the_assignment,
    the_form,
    the_holidays,
)
from tests.integration.wordings import wording

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


def test_the_letters_are_read_before_they_leave(office, session, query, md, vsat):
    rows = {"q1": [md, LEAD, vsat, CONTRIBUTES], "q2": [md, LEAD], "q3": [md, LEAD]}
    reply = post(
        office, session, address(query), data=the_form(session, query, "send", **rows)
    )
    assert reply.location == address(query, "/send")
    page = office.get(reply.location).text
    assert "Send 3 questions to 2 institutions" in page
    assert "Please contribute by Thu 2 Apr 2026" in page
    assert "Your institution leads on these questions;" in page
    assert asked(session) == set()


def test_d15_sent_twice_is_sent_once(office, session, query, md):
    rows = {label: [md, LEAD] for label in ("q1", "q2", "q3")}
    post(office, session, address(query), data=the_form(session, query, **rows))
    seen = {"seen": grid_state(session, query).digest}
    for _ in range(2):
        post(office, session, address(query, "/send"), data=seen)
    assert len(asked(session)) == 3
    assert mails(session) == ["MD"]


def test_d01_an_empty_row_is_named_and_the_complete_ones_can_leave(
    office, session, query, md
):
    post(office, session, address(query), data=the_form(session, query, q1=[md, LEAD]))
    seen = {"seen": grid_state(session, query).digest}
    reply = post(office, session, address(query, "/send"), data=seen)
    assert reply.status_code == 422
    assert "Nobody is asked to answer question 2." in reply.text
    assert f"#q-{query.questions[1].id}" in reply.text
    assert asked(session) == set()
    post(office, session, address(query, "/send"), data=seen | {"only_complete": "yes"})
    assert asked(session) == {("1", "MD", "lead")}


def test_what_leaves_is_what_was_looked_at(office, session, query, md, vsat):
    rows = {label: [md, LEAD] for label in ("q1", "q2", "q3")}
    post(office, session, address(query), data=the_form(session, query, **rows))
    seen = {"seen": grid_state(session, query).digest}
    more = cells(query, **rows) | cells(query, q1=[vsat, CONTRIBUTES])
    save_routing(session, query, more, **WHO)
    session.commit()
    reply = post(office, session, address(query, "/send"), data=seen)
    assert "The grid has changed since you looked" in reply.text
    assert asked(session) == set()


def test_a06_a22_warnings_are_confirmed_before_anything_leaves(
    office, session, query, md
):
    rows = {label: [md, LEAD] for label in ("q1", "q2", "q3")}
    form = the_form(session, query, **rows) | {f"due-{md.id}": "2026-04-09"}
    post(office, session, address(query), data=form)
    seen = {"seen": grid_state(session, query).digest}
    reply = post(office, session, address(query, "/send"), data=seen)
    assert reply.status_code == 422
    assert "Working days lost for consolidation, clearance and sending: 4" in reply.text
    assert asked(session) == set()
    post(office, session, address(query, "/send"), data=seen | {"confirmed": "yes"})
    assert the_assignment(session, md).due_on == date(2026, 4, 9)


def test_the_letters_are_read_in_the_offices_own_words(office, session, query, md):
    wording(session, subject="Kindly help by [due date]: [title]")
    rows = {"q1": [md, LEAD], "q2": [md, LEAD], "q3": [md, LEAD]}
    data = the_form(session, query, "send", **rows)
    reply = post(office, session, address(query), data=data)
    page = office.get(reply.location).text
    assert "Kindly help by Thu 2 Apr 2026: Family reunification" in page
    assert "a question from abroad" in page
