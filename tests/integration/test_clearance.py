"""Clearance: a second person reads the text; own work and exceptions; what changed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.errors import DomainError, IllegalAction, StaleVersion
from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.clearance import Clearance, ClearanceOutcome
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.clearances import clearances_waiting
from emnnet.selectors.query_facts import status_of
from emnnet.services.clearance import (
    ask_clearance,
    clear_by_exception,
    decide_clearance,
)
from emnnet.services.responses import add_paragraph
from tests.builders import COORDINATOR, a_query, a_user
from tests.conftest import NOON
from tests.integration.bench_setup import (
    CONTRIBUTES,
    NO,
    a_whole_text,
    an_answer,
    as_actor,
    asked,
    cleared,
    decided,
    kinds,
    own,
    returned,
    taken,
)

BY = {"by": COORDINATOR, "now": NOON}
APPROVED = ClearanceOutcome.APPROVED
MINUTE = timedelta(minutes=1)


@pytest.fixture
def query(session):
    return a_whole_text(session, questions=2)


@pytest.fixture
def approver(session):
    return a_user(session, Role.APPROVER)


def clearance_of(session, query):
    user = a_user(session)
    found = ask_clearance(session, query, user, **BY)
    session.commit()
    return found


def page(query):
    return f"/desk/queries/{query.id}/clearance"


def mails(session, kind):
    rows = select(OutboxMessage.recipient).where(OutboxMessage.kind == kind)
    return list(session.scalars(rows.order_by(OutboxMessage.id)))


def test_the_way_from_asking_to_approval(session, signed_in, query, approver):
    coordinator = signed_in(Role.COORDINATOR)
    assert "Ask for clearance" in coordinator.get(page(query)).text
    assert coordinator.post(f"{page(query)}/request").status_code == 303
    session.rollback()
    assert status_of(session, query) is QueryStatus.IN_CLEARANCE
    assert mails(session, "clearance_asked") == [approver.email]

    client = signed_in(approver)
    shown = client.get(page(query)).text
    assert "Approve the response" in shown
    assert "Answer to question 2." in shown
    waiting = session.scalars(select(Clearance)).one()
    url = f"{page(query)}/{waiting.id}"
    assert client.post(url, data={"outcome": "approved"}).status_code == 303

    session.rollback()
    assert status_of(session, query) is QueryStatus.CLEARED
    assert kinds(session, query)[-2:] == ["clearance_asked", "cleared"]
    assert len(mails(session, "clearance_decided")) == 1


def test_asking_twice_asks_once(session, signed_in, query, approver):
    client = signed_in(Role.COORDINATOR)
    replies = [client.post(f"{page(query)}/request") for _ in range(2)]
    assert [reply.status_code for reply in replies] == [303, 409]
    assert "Clearance is asked for already." in replies[1].text
    session.rollback()
    assert mails(session, "clearance_asked") == [approver.email]


def test_returning_needs_a_reason(session, signed_in, query, approver):
    waiting = clearance_of(session, query)
    client, url = signed_in(approver), f"{page(query)}/{waiting.id}"
    refused = client.post(url, data={"outcome": "returned", "reason": " "})
    assert refused.status_code == 422
    assert "Say what is to be changed." in refused.text
    data = {"outcome": "returned", "reason": "Q2 is not answered."}
    assert client.post(url, data=data).status_code == 303
    session.rollback()
    assert (waiting.outcome, waiting.reason) == ("returned", "Q2 is not answered.")
    assert status_of(session, query) is QueryStatus.TO_CLEAR


def test_f05_own_work_is_not_cleared_by_oneself(session, query):
    author = a_user(session, Role.ADMIN)
    a_user(session, Role.APPROVER)
    by = as_actor(author)
    question = query.questions[0]
    add_paragraph(session, question, "Written by me.", by=by, now=NOON)
    session.commit()
    waiting = clearance_of(session, query)
    with pytest.raises(IllegalAction, match="Nobody clears their own work"):
        decide_clearance(session, waiting, APPROVED, "", author, by=by, now=NOON)


def test_f05_who_asks_does_not_clear(session, query, approver):
    admin = a_user(session, Role.ADMIN)
    waiting = ask_clearance(session, query, admin, **BY)
    with pytest.raises(IllegalAction, match="Nobody clears their own work"):
        decide_clearance(session, waiting, APPROVED, "", admin, **BY)


def test_f05_with_nobody_else_an_exception_is_the_way(session, signed_in, query):
    admin = a_user(session, Role.ADMIN)
    with pytest.raises(DomainError, match="Clear it by exception"):
        ask_clearance(session, query, admin, **BY)
    session.rollback()
    shown = signed_in(admin).get(page(query)).text
    assert "There is nobody else who may clear it" in shown


def test_f06_an_exception_with_a_reason_tells_the_approver(
    session, signed_in, query, approver
):
    client, url = signed_in(Role.COORDINATOR), f"{page(query)}/exception"
    refused = client.post(url, data={"reason": "  "})
    assert refused.status_code == 422
    assert status_of(session, query) is QueryStatus.TO_CLEAR
    data = {"reason": "The approver is on leave, the reply is due today."}
    assert client.post(url, data=data).status_code == 303
    session.rollback()
    assert status_of(session, query) is QueryStatus.CLEARED
    assert kinds(session, query)[-1] == "cleared_by_exception"
    assert mails(session, "clearance_decided") == [approver.email]
    assert "approved by exception" in client.get(page(query)).text


def test_f06_no_exception_for_a_text_that_is_not_whole(session, approver):
    query = a_query(session, questions=2)
    taken(session, an_answer(session, asked(session, "MD", query)))
    decided(session, query)
    with pytest.raises(IllegalAction, match="a text for every question"):
        clear_by_exception(session, query, "Urgent.", a_user(session), **BY)


def test_f07_a_change_after_clearance_takes_the_state_back(session, query):
    cleared(session, query)
    assert status_of(session, query) is QueryStatus.CLEARED
    row = own(session, query, "One word more.")
    assert status_of(session, query) is QueryStatus.TO_CLEAR
    session.delete(row)
    session.commit()
    assert status_of(session, query) is QueryStatus.CLEARED


def test_f07_another_decision_takes_the_state_back(session, query):
    cleared(session, query)
    decided(session, query, NO)
    assert status_of(session, query) is QueryStatus.TO_CLEAR


def test_a_text_that_changed_since_is_not_approved(session, query, approver):
    waiting = clearance_of(session, query)
    own(session, query, "One word more.")
    with pytest.raises(StaleVersion, match="The text has changed since"):
        decide_clearance(session, waiting, APPROVED, "", approver, **BY)


def test_what_changed_since_the_last_clearance_is_shown(
    session, signed_in, query, approver
):
    cleared(session, query)
    own(session, query, "One word more.", "2")
    decided(session, query, NO, label="1")
    clearance_of(session, query)
    shown = " ".join(signed_in(approver).get(page(query)).text.split())
    part = shown[shown.index("Changed since") : shown.index("The response as it")]
    assert "Wider dissemination: yes, now no" in part
    assert "</span>One word more.</ins>" in part
    assert [f"Question {n}" in part for n in (1, 2)] == [True, True]


@pytest.mark.parametrize("spoil", ["undecided", "changed"])
def test_what_blocks_is_named_with_its_question(session, query, approver, spoil):
    if spoil == "undecided":
        other = asked(session, "VDI", query, CONTRIBUTES)
        taken(session, an_answer(session, other, "Closed.", NO, label="2"))
        wanted = "Decide on wider dissemination first. Questions: 2."
    else:
        assignment = session.scalars(select(Assignment)).one()
        returned(session, assignment)
        an_answer(session, assignment, "Another answer.", now=NOON + MINUTE)
        wanted = "A source was corrected after it was used. Questions: 1."
    with pytest.raises(DomainError, match=wanted):
        ask_clearance(session, query, a_user(session), **BY)


def test_the_waiting_ones_are_listed_for_the_approver(session, query, approver):
    waiting = clearance_of(session, query)
    other = a_whole_text(session)
    clearance_of(session, other)
    own(session, other, "Changed since: waits no more.")
    found = clearances_waiting(session)
    assert [(one.query_id, one.asked_at) for one in found] == [
        (query.id, waiting.requested_at)
    ]


@pytest.mark.parametrize("questions", [1, 50])
def test_four_statements_for_one_question_and_for_fifty(
    session, signed_in, statements, questions
):
    query = a_query(session, questions=questions)
    own(session, query, "Ours.")
    client, url = signed_in(Role.APPROVER), page(query)
    with statements("SELECT") as seen:
        reply = client.get(url)
    assert (reply.status_code, len(seen)) == (200, 4)


@pytest.mark.parametrize("role", [Role.APPROVER, Role.CONTACT, Role.READER])
def test_only_coordinators_ask(session, signed_in, query, role):
    client = signed_in(role)
    assert client.post(f"{page(query)}/request").status_code == 403


def test_coordinators_do_not_clear(session, signed_in, query, approver):
    waiting = clearance_of(session, query)
    client = signed_in(Role.COORDINATOR)
    data = {"outcome": "approved"}
    assert client.post(f"{page(query)}/{waiting.id}", data=data).status_code == 403
