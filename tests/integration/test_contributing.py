"""Sending answers: what is written, who is told, and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from emnnet.domain.audience import Dissemination
from emnnet.domain.contributing import Draft
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.models.contribution import ContributionVersion
from emnnet.models.event import Event
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task
from emnnet.services.contributions import (
    submit,
)
from emnnet.services.drafts import DraftConflict
from tests.builders import a_user
from tests.conftest import NOON
from tests.integration.answering import (
    LATER,
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
    fresh,
)


@pytest.fixture
def assignment(session):
    return five_questions(session)


def test_submitting_makes_versions_events_and_mails_in_one_transaction(
    session, assignment
):
    first, second, *_ = cells(session, assignment)
    a_draft(session, first, "One")
    a_draft(session, second, "Two", Dissemination.NO)

    sent = send(session, assignment, [second, first], key="k1")

    assert [(v.number, v.text, v.dissemination) for v in sent.versions] == [
        (1, "One", Dissemination.YES),
        (1, "Two", Dissemination.NO),
    ]
    assert {(v.submitted_by, v.submitted_at, v.due_on) for v in sent.versions} == {
        ("focal.point@example.org", LATER, assignment.due_on)
    }
    assert statuses(session, assignment)[:3] == [S.SUBMITTED, S.SUBMITTED, S.ASKED]
    assert mails(session) == [
        ("contribution_received", "coordinator@example.org"),
        ("receipt", "focal.point@example.org"),
    ]
    facts = session.scalars(select(OutboxMessage.facts)).all()
    assert "One" not in str(facts)
    told = select(Event).where(Event.kind == "submitted").order_by(Event.id)
    events = session.scalars(told).all()
    assert [event.facts["question"] for event in events] == ["1", "2"]
    assert "One" not in str([event.facts for event in events])


def test_receipt_goes_to_who_sent_it_and_to_the_contact(session, assignment):
    user = a_user(
        session,
        Role.CONTACT,
        institution_id=assignment.institution_id,
        email="head.of.unit@example.org",
    )
    a_draft(session, cells(session, assignment)[0])
    by = Actor(ActorKind.PERSON, user.name, Role.CONTACT, user.id)

    send(session, assignment, cells(session, assignment)[:1], by=by)

    assert mails(session)[1:] == [
        ("receipt", "head.of.unit@example.org"),
        ("receipt", "focal.point@example.org"),
    ]


def test_unready_answer_stops_all(session, assignment):
    first, second, *_ = cells(session, assignment)
    a_draft(session, first)
    a_draft(session, second, "Text", None)

    with pytest.raises(DomainError, match="may travel further"):
        submit(session, assignment, [first, second], by=OTHER, now=LATER)

    session.rollback()
    assert session.scalar(select(func.count(ContributionVersion.id))) == 0


def test_e07_second_press_sends_nothing_and_is_no_error(session, assignment):
    a_draft(session, cells(session, assignment)[0])
    chosen = cells(session, assignment)[:1]

    first = send(session, assignment, chosen, key="same")
    again = send(session, assignment, chosen, key="same")

    assert (first.is_repeated, again.is_repeated) == (False, True)
    assert [v.id for v in again.versions] == [v.id for v in first.versions]
    assert len(mails(session)) == 2


def test_c11_another_submission_of_the_same_answer_is_refused(session, assignment):
    a_draft(session, cells(session, assignment)[0])
    chosen = cells(session, assignment)[:1]
    send(session, assignment, chosen, key="one")

    with pytest.raises(IllegalAction, match="already submitted"):
        submit(session, assignment, chosen, by=OTHER, now=LATER, key="two")


def test_answer_that_a_colleague_changed_is_read_again_before_it_is_sent(
    session, assignment
):
    (first, *_) = cells(session, assignment)
    a_draft(session, first, "As it was read")
    a_draft(session, first, "As it is now", by=OTHER)

    with pytest.raises(DraftConflict):
        submit(
            session, assignment, [first], by=FOCAL_POINT, now=LATER, seen={first.id: 1}
        )


def test_answer_after_the_day_is_taken_and_marked_late(session, assignment):
    (first, *_) = cells(session, assignment)
    a_draft(session, first)

    send(session, assignment, [first], now=NOON + timedelta(days=20))

    fresh(session)
    event = session.scalars(select(Event).where(Event.kind == "submitted")).one()
    assert event.facts["late"] is True
    assert session.scalars(select(Task)).all() == []  # the text is not fixed yet


def test_e10_answer_after_closing_is_put_before_the_office(session, assignment):
    (first, *_) = cells(session, assignment)
    a_draft(session, first)
    assignment.query.closed_at = NOON
    session.commit()

    sent = send(session, assignment, [first])

    assert statuses(session, assignment)[:2] == [S.SUBMITTED, S.NOT_ANSWERED]
    (task,) = session.scalars(select(Task)).all()
    assert (task.kind, task.facts["version"]) == ("late_answer", sent.versions[0].id)


def test_g02_answer_to_a_withdrawn_query_is_filed_and_the_office_told(
    session, assignment
):
    (first, *_) = cells(session, assignment)
    a_draft(session, first)
    assignment.query.withdrawn_at = NOON
    session.commit()

    sent = send(session, assignment, [first])

    assert (sent.versions, [one.id for one in sent.kept]) == ([], [first.id])
    assert statuses(session, assignment)[0] is S.WITHDRAWN
    assert [task.kind for task in session.scalars(select(Task))] == ["late_answer"]
    assert mails(session) == []


def test_d07_released_question_stays_behind_while_the_others_are_sent(
    session, assignment
):
    first, second, *_ = cells(session, assignment)
    a_draft(session, first)
    a_draft(session, second)
    second.released_at, second.released_by = NOON, "Coordinator"
    session.commit()

    sent = send(session, assignment, [first, second])

    assert [v.contribution_id for v in sent.versions] == [first.id]
    assert [one.id for one in sent.kept] == [second.id]
    assert cells(session, assignment)[1].draft == "No quota applies."


def test_returned_answer_is_sent_again_as_the_next_version(session, assignment):
    (first, *_) = cells(session, assignment)
    a_draft(session, first, "First")
    send(session, assignment, [first])
    first.returned_number, first.returned_at = 1, LATER
    session.commit()
    a_draft(session, first, "Second")

    sent = send(session, assignment, [first], now=LATER + timedelta(hours=1))

    assert [(v.number, v.text) for v in sent.versions] == [(2, "Second")]
    numbers = session.scalars(select(ContributionVersion.number)).all()
    assert sorted(numbers) == [1, 2]


def test_empty_choice_is_refused(session, assignment):
    with pytest.raises(IllegalAction, match="at least one"):
        submit(session, assignment, [], by=FOCAL_POINT, now=NOON)


def test_ready_means_text_and_dissemination():
    assert [
        Draft("", Dissemination.YES).is_ready,
        Draft(" \n", Dissemination.YES).is_ready,
        Draft("Text").is_ready,
        Draft("Text", Dissemination.ASK).is_ready,
    ] == [False, False, False, True]
