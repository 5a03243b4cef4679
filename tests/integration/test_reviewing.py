"""Reviewing answers: accepted, returned for revision, late ones settled."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.contributing import Refusal
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.lifecycle import DeclineReason, contribution_status
from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.domain.roles import Role
from emnnet.models.contribution import Contribution, LateChoice
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task
from emnnet.selectors.contributions import due_on, facts_of
from emnnet.selectors.query_facts import status_of
from emnnet.services.contributions import decline
from emnnet.services.drafts import save_draft
from emnnet.services.reviewing import accept, choose_for_late, return_contribution
from tests.builders import COORDINATOR, a_query, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.bench_setup import (
    CONTRIBUTES,
    FOCAL_POINT,
    LATER,
    a_whole_text,
    an_answer,
    asked,
    cell,
    cleared,
    kinds,
    returned,
)
from tests.integration.test_calendars import lithuania_of_2026

BY = {"by": COORDINATOR, "now": NOON}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def coordinator(signed_in):
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def query(session):
    lithuania_of_2026(session)
    return a_query(session, questions=2)


def status(one):
    return contribution_status(facts_of(one, one.assignment.query))


def answers(query, one):
    return (
        f"/desk/queries/{query.id}/workbench/questions/{one.question_id}"
        f"/answers/{one.id}"
    )


def test_f01_only_the_returned_question_opens_again(session, coordinator, query):
    assignment = asked(session, "MD", query)
    for label in ("1", "2"):
        an_answer(session, assignment, label=label)
    q1, q2 = cell(session, assignment, "1"), cell(session, assignment, "2")
    accept(session, q2, seen=1, **BY)
    session.commit()
    clock_start = assignment.clock_start

    prefix = f"c{q2.id}"
    data = {
        f"{prefix}-comment": "Is it six months, or nine?",
        f"{prefix}-due_on": "2026-03-25",
        f"{prefix}-seen": "1",
    }
    reply = coordinator.post(f"{answers(query, q2)}/return", data=data)

    assert reply.status_code == 303
    session.rollback()
    assert (status(q1), status(q2)) == ("submitted", "returned")
    assert (q2.accepted_number, q2.accepted_at) == (0, None)
    assert (due_on(q1), due_on(q2)) == (date(2026, 3, 31), LATER)
    assert q2.return_comment == "Is it six months, or nine?"
    assert assignment.clock_start == clock_start  # the others go on as they were
    mail = session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == "returned")
    ).one()
    assert mail.facts["contributions"] == [q2.id]
    assert "Is it six months" not in str(mail.facts)


def test_f02_a_decision_on_an_old_version_is_refused(session, coordinator, query):
    assignment = asked(session, "MD", query)
    for minute in (1, 2):
        an_answer(session, assignment, f"Version {minute}.", now=NOON + minute * MINUTE)
        if minute == 1:
            returned(session, assignment)
    one = cell(session, assignment)

    url = f"{answers(query, one)}/acceptance"
    reply = coordinator.post(url, data={"seen": "1"})

    assert reply.status_code == 409
    assert "Version 2 has arrived. Look at the difference." in reply.text
    session.rollback()
    assert (one.accepted_number, status(one)) == (0, "submitted")
    assert coordinator.post(url, data={"seen": "2"}).status_code == 303
    session.rollback()
    assert status(one) == "accepted"


def test_a_return_of_an_old_version_is_refused_and_gives_the_comment_back(
    session, coordinator, query
):
    assignment = asked(session, "MD", query)
    an_answer(session, assignment)
    one = cell(session, assignment)
    prefix = f"c{one.id}"
    data = {
        f"{prefix}-comment": "Typed with care.",
        f"{prefix}-due_on": "25.03.2026",
        f"{prefix}-seen": "0",
    }
    reply = coordinator.post(f"{answers(query, one)}/return", data=data)
    assert (reply.status_code, "Typed with care." in reply.text) == (409, True)


@pytest.mark.parametrize(
    ("comment", "day", "why"),
    [
        pytest.param(" ", LATER, "Say what is to be revised.", id="no comment"),
        pytest.param("Why?", NOON.date(), "Choose a day after today.", id="today"),
    ],
)
def test_a_return_needs_a_comment_and_a_day_to_come(session, query, comment, day, why):
    assignment = asked(session, "MD", query)
    an_answer(session, assignment)
    one = cell(session, assignment)
    with pytest.raises(DomainError, match=why):
        return_contribution(session, one, comment, day, seen=1, **BY)


def test_a_return_without_a_date_says_so_at_the_field(session, coordinator, query):
    assignment = asked(session, "MD", query)
    an_answer(session, assignment)
    one = cell(session, assignment)
    data = {f"c{one.id}-comment": "Why?", f"c{one.id}-seen": "1"}
    reply = coordinator.post(f"{answers(query, one)}/return", data=data)
    assert reply.status_code == 422
    assert "Say by which day the new version is needed." in reply.text


def test_a_refusal_can_be_returned_too(session, query):
    assignment = asked(session, "MD", query)
    one = cell(session, assignment)
    refusal = Refusal(DeclineReason.NO_DATA)
    decline(session, one, refusal, by=FOCAL_POINT, now=NOON)
    return_contribution(session, one, "You had some in 2024.", LATER, seen=0, **BY)
    assert (status(one), one.decline_reason) == ("returned", None)


def test_a_return_without_an_address_is_put_before_the_office(session, query):
    body = an_institution(session, email="")
    assignment = an_assignment(session, query=query, institution=body)
    an_answer(session, assignment)
    returned(session, assignment)
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.institution_id) == ("no_contact", body.id)


def test_nothing_is_returned_once_the_response_was_sent(session):
    query = a_whole_text(session)
    cleared(session, query)
    query.sent_on = NOON.date()
    session.commit()
    one = session.scalars(select(Contribution)).one()
    with pytest.raises(IllegalAction, match="it was sent"):
        return_contribution(session, one, "Why?", LATER, seen=1, **BY)


def test_f07_the_state_of_a_query_follows_its_answers(session, query):
    assignment = asked(session, "MD", query)
    for label in ("1", "2"):
        an_answer(session, assignment, label=label)
    assert status_of(session, query) is QueryStatus.TO_CONSOLIDATE
    returned(session, assignment)
    assert status_of(session, query) is QueryStatus.WAITING
    an_answer(session, assignment, "Again.", now=NOON + MINUTE)
    assert status_of(session, query) is QueryStatus.TO_CONSOLIDATE


@pytest.mark.parametrize("choice", list(LateChoice))
def test_e10_the_choice_settles_the_task(session, choice):
    query = a_whole_text(session)
    late = asked(session, "VDI", query, CONTRIBUTES)
    cleared(session, query)
    version = an_answer(session, late, "Late.", now=NOON + timedelta(days=20))
    choose_for_late(session, version, choice, **BY)
    assert (version.late_choice, kinds(session, query)[-1]) == (choice, "late_chosen")
    assert [task.done_by for task in session.scalars(select(Task))] == ["Coordinator"]


def test_a_text_for_a_question_that_was_taken_back_is_told_and_noted(
    session, coordinator, query
):
    assignment = asked(session, "MD", query)
    one = cell(session, assignment)
    one.released_at, one.released_by, one.release_reason = NOON, "Coordinator", "Moved."
    session.commit()
    save_draft(session, one, "For nothing.", seen=0, by=FOCAL_POINT, now=NOON)
    session.commit()
    url = f"/desk/queries/{query.id}/workbench"
    page = coordinator.get(url).text
    assert "MD wrote a text after the question was taken back" in page
    assert "For nothing." not in page
    assert coordinator.post(f"{answers(query, one)}/note").status_code == 303
    assert "wrote a text after" not in coordinator.get(url).text


def test_e10_what_was_sent_takes_no_late_answer_in(session):
    query = a_whole_text(session)
    late = asked(session, "VDI", query, CONTRIBUTES)
    cleared(session, query)
    query.sent_on = NOON.date()
    version = an_answer(session, late, "Late.", now=NOON + timedelta(days=20))
    with pytest.raises(IllegalAction, match="it was sent"):
        choose_for_late(session, version, LateChoice.USE, **BY)
