"""Outcomes beside an answer: declined, promised, taken on, a change asked for."""

from datetime import date

import pytest

from emnnet.domain.contributing import Refusal
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.selectors.query_facts import status_of
from emnnet.services.contributions import (
    acknowledge,
    ask_for_change,
    decline,
    decline_all,
    promise,
)
from emnnet.services.drafts import save_draft
from tests.builders import a_query, an_assignment
from tests.conftest import NOON
from tests.integration.answering import (
    LATER,
    NO_DATA,
    NOT_OURS,
    OTHER,
    S,
    five_questions,
    mails,
    send,
    statuses,
)
from tests.integration.partners import (
    FOCAL_POINT,
    a_draft,
    cells,
)


@pytest.fixture
def assignment(session):
    return five_questions(session)


def test_e09_some_are_sent_one_is_promised_one_is_declined(session, assignment):
    for cell in cells(session, assignment)[:3]:
        a_draft(session, cell)
    send(session, assignment, cells(session, assignment)[:3])
    *_, fourth, fifth = cells(session, assignment)
    promise(session, fourth, date(2026, 3, 19), by=FOCAL_POINT, now=LATER)
    decline(session, fifth, NOT_OURS, by=FOCAL_POINT, now=LATER)
    session.commit()

    assert statuses(session, assignment) == [
        S.SUBMITTED,
        S.SUBMITTED,
        S.SUBMITTED,
        S.PROMISED,
        S.DECLINED,
    ]
    *_, fourth, fifth = cells(session, assignment)
    assert fourth.promised_on == date(2026, 3, 19)
    assert (fifth.decline_note, fifth.suggested_other) == ("Ask the police.", "Police")
    assert mails(session)[-1] == ("contribution_declined", "coordinator@example.org")


@pytest.mark.parametrize("note", ["", "  \n "], ids=["no text", "white space"])
def test_d02_not_ours_needs_a_reason(session, assignment, note):
    (first, *_) = cells(session, assignment)
    refusal = Refusal(DeclineReason.NOT_COMPETENT, note)

    with pytest.raises(DomainError, match="why this is not for your institution"):
        decline(session, first, refusal, by=FOCAL_POINT, now=LATER)

    session.rollback()
    assert statuses(session, assignment)[0] is S.ASKED


def test_d03_some_refuse_then_all_refuse(session):
    query = a_query(session)
    asked = [an_assignment(session, query=query)]
    asked += [an_assignment(session, query=query, role="contributes") for _ in "ab"]

    seen = []
    for assignment in asked:
        (cell,) = cells(session, assignment)
        decline(session, cell, NO_DATA, by=FOCAL_POINT, now=LATER)
        session.commit()
        seen.append(status_of(session, query))

    assert seen == [QueryStatus.WAITING, QueryStatus.WAITING, QueryStatus.ALL_REFUSED]


def test_declined_question_is_not_declined_twice(session, assignment):
    (first, *_) = cells(session, assignment)
    decline(session, first, NO_DATA, by=FOCAL_POINT, now=LATER)

    with pytest.raises(IllegalAction, match="already declined"):
        decline(session, first, NOT_OURS, by=OTHER, now=LATER)


def test_c10_second_acceptance_is_refused_by_the_server(session, assignment):
    acknowledge(session, assignment, by=OTHER, now=NOON)
    session.commit()

    with pytest.raises(IllegalAction, match="Colleague has accepted"):
        acknowledge(session, assignment, by=FOCAL_POINT, now=LATER)

    session.rollback()
    assert (assignment.acknowledged_at, assignment.acknowledged_by) == (
        NOON,
        "Colleague",
    )


def test_c10_refusal_after_acceptance_is_refused_by_the_server(session, assignment):
    acknowledge(session, assignment, by=FOCAL_POINT, now=NOON)
    session.commit()

    with pytest.raises(IllegalAction, match="has accepted"):
        decline_all(session, assignment, NOT_OURS, by=FOCAL_POINT, now=LATER)

    session.rollback()
    assert set(statuses(session, assignment)) == {S.ASKED}


def test_c10_acceptance_after_refusal_is_refused_too(session, assignment):
    decline_all(session, assignment, NOT_OURS, by=FOCAL_POINT, now=NOON)
    session.commit()

    with pytest.raises(IllegalAction, match="Nothing is open"):
        acknowledge(session, assignment, by=OTHER, now=LATER)

    session.rollback()
    assert mails(session) == [("contribution_declined", "coordinator@example.org")]


@pytest.mark.parametrize(
    ("day", "says"),
    [(date(2026, 3, 15), "has passed"), (date(2026, 5, 16), "before 2026-05-15")],
    ids=["yesterday", "far away"],
)
def test_promise_is_for_a_day_that_can_be(session, assignment, day, says):
    (first, *_) = cells(session, assignment)

    with pytest.raises(DomainError, match=says):
        promise(session, first, day, by=FOCAL_POINT, now=NOON)


def test_promise_is_over_when_the_answer_is_sent(session, assignment):
    (first, *_) = cells(session, assignment)
    promise(session, first, date(2026, 3, 19), by=FOCAL_POINT, now=NOON)
    a_draft(session, first)
    send(session, assignment, [first])

    assert cells(session, assignment)[0].promised_on is None


def test_change_is_asked_for_once(session, assignment):
    (first, *_) = cells(session, assignment)
    a_draft(session, first)
    send(session, assignment, [first])

    with pytest.raises(DomainError, match="what should be changed"):
        ask_for_change(session, first, "  ", by=FOCAL_POINT, now=LATER)
    ask_for_change(session, first, "A wrong year.", by=FOCAL_POINT, now=LATER)
    session.commit()
    with pytest.raises(IllegalAction, match="asked for already"):
        ask_for_change(session, first, "And a month.", by=OTHER, now=LATER)

    session.rollback()
    assert mails(session)[-1] == ("change_asked", "coordinator@example.org")
    assert cells(session, assignment)[0].change_reason == "A wrong year."


def test_information_only_takes_no_text(session):
    assignment = an_assignment(session, role="informed")
    (only,) = cells(session, assignment)

    with pytest.raises(IllegalAction):
        save_draft(session, only, "Unasked", seen=0, by=OTHER, now=NOON)
