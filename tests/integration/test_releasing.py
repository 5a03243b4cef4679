"""Taking questions back, giving them to others, giving more time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.errors import DomainError, IllegalAction, NotFound
from emnnet.domain.lifecycle import (
    AssignmentStatus,
    ContributionStatus,
    assignment_status,
    contribution_status,
)
from emnnet.domain.mails import MailKind
from emnnet.domain.reminders import ReminderKind
from emnnet.domain.roles import Actor, ActorKind
from emnnet.domain.routing_grid import Unreachable
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.selectors.contacts import find_addressee
from emnnet.selectors.contributions import facts_of
from emnnet.services.due_changes import change_due
from emnnet.services.outbox import enqueue
from emnnet.services.releasing import move_question, release, suggestion_to_cell
from emnnet.services.routing import save_routing
from emnnet.services.sending import send_routing
from tests.builders import COORDINATOR, a_query, an_institution
from tests.conftest import NOON
from tests.integration.routing_setup import (
    CONTRIBUTES,
    LEAD,
    PLAN_DATE,
    a_partner,
    asked,
    cells,
    events,
    mails,
    planned,
    the_assignment,
    the_cell,
    the_holidays,
    the_mail_left,
)

WHO = {"by": COORDINATOR, "now": NOON}
LATER = {"by": COORDINATOR, "now": NOON + timedelta(days=2)}
WHY = {"reason": "Another body decides this since January."}


@pytest.fixture
def md(session):
    return a_partner(session, "MD")


@pytest.fixture
def vsat(session):
    return a_partner(session, "VSAT")


@pytest.fixture
def query(session, md):
    """Two questions, both led by MD, whose invitation is with its reader."""
    the_holidays(session, 2026)
    query = a_query(session, questions=2)
    wanted = cells(query, q1=[md, LEAD], q2=[md, LEAD])
    save_routing(session, query, wanted, **WHO)
    send_routing(session, query, {}, **WHO)
    the_mail_left(session)
    return query


def status(contribution) -> ContributionStatus:
    return contribution_status(facts_of(contribution, contribution.assignment.query))


def a_waiting_reminder(session, assignment) -> OutboxMessage:
    to = find_addressee(session, assignment.institution_id, NOON.date())
    key = f"reminder:{assignment.id}"
    about = {"key": key, "now": NOON, "assignment": assignment}
    mail = enqueue(session, MailKind.REMINDER, to, **about)
    row = Reminder(
        assignment_id=assignment.id,
        clock_start=assignment.clock_start,
        kind=ReminderKind.DAY_AFTER,
        due_on=assignment.due_on,
        queued_at=NOON,
        message_id=mail.id,
        why={},
    )
    session.add(row)
    session.commit()
    return mail


def test_d06_before_acceptance_the_request_is_withdrawn_with_a_notice(
    session, query, md, vsat
):
    mail = a_waiting_reminder(session, the_assignment(session, md))
    for question in query.questions:
        move_question(session, question, md, vsat, **WHY, **LATER)
    session.commit()
    assert asked(session) == {("1", "VSAT", "lead"), ("2", "VSAT", "lead")}
    assert asked(session) == planned(session)
    statuses = [status(one) for one in the_assignment(session, md).contributions]
    assert assignment_status(statuses) is AssignmentStatus.RELEASED
    assert mails(session, MailKind.RELEASED) == ["MD", "MD"]
    assert [event["accepted"] for event in events(session, "released")] == [False] * 2
    assert (mail.expired_at, mail.expiry_reason) == (
        LATER["now"],
        "the office has taken the questions back",
    )


def test_d06_after_acceptance_it_is_released_and_gets_no_more_chasers(
    session, query, md, vsat
):
    assignment = the_assignment(session, md)
    assignment.acknowledged_at = NOON
    mail = a_waiting_reminder(session, assignment)
    release(session, assignment.contributions, "Not needed.", **LATER)
    assert events(session, "released")[0]["accepted"] is True
    assert {status(one) for one in assignment.contributions} == {
        ContributionStatus.RELEASED
    }
    ledger = session.scalars(select(Reminder)).one()
    assert (mail.expired_at, ledger.expired_at) == (LATER["now"], LATER["now"])
    assert planned(session) == set()


def test_d07_after_a_partial_answer_each_keeps_what_it_wrote(session, query, md, vsat):
    first, second = the_cell(session, md, "1"), the_cell(session, md, "2")
    first.latest_number, second.draft = 1, "Half of an answer."
    session.commit()
    with pytest.raises(IllegalAction, match="already submitted"):
        move_question(session, query.questions[0], md, vsat, **WHY, **LATER)
    session.rollback()
    moved = move_question(session, query.questions[1], md, vsat, **WHY, **LATER)
    session.commit()
    assert (status(first), status(second)) == (
        ContributionStatus.SUBMITTED,
        ContributionStatus.RELEASED,
    )
    assert (second.draft, moved.draft) == ("Half of an answer.", "")
    assert (moved.asked_at, moved.assignment.asked_at) == (LATER["now"], LATER["now"])
    assert moved.assignment.due_on == PLAN_DATE
    assert events(session, "released")[0] == {
        "institution": "MD",
        "institution_id": md.id,
        "assignment": second.assignment_id,
        "questions": ["2"],
        "accepted": False,
        "reason": WHY["reason"],
        "moved_to": "VSAT",
    }
    assert [event["institution"] for event in events(session, "asked")] == [
        "MD",
        "VSAT",
    ]


def test_a_reminder_stays_while_something_else_is_owed(session, query, md):
    mail = a_waiting_reminder(session, the_assignment(session, md))
    release(session, [the_cell(session, md, "2")], "Not needed.", **LATER)
    assert mail.expired_at is None


def test_an_invitation_that_never_left_is_dropped_and_nobody_is_told(session, md):
    query = a_query(session)
    save_routing(session, query, cells(query, q1=[md, LEAD]), **WHO)
    sent = send_routing(session, query, {}, **WHO, confirmed=True)
    release(session, sent.contributions, "A mistake.", **WHO)
    assert mails(session, MailKind.INVITATION) == []
    assert mails(session, MailKind.RELEASED) == []


def test_an_institution_that_was_let_go_can_be_asked_again(session, query, md):
    second = the_cell(session, md, "2")
    second.draft = "Half of an answer."
    release(session, the_assignment(session, md).contributions, "A mistake.", **WHO)
    save_routing(session, query, cells(query, q2=[md, LEAD]), **LATER)
    send_routing(session, query, {}, only_complete=True, **LATER)
    assignment = the_assignment(session, md)
    assert asked(session) == {("2", "MD", "lead")}
    assert (assignment.clock_start, assignment.asked_at) == (2, LATER["now"])
    assert (status(second), second.draft) == (
        ContributionStatus.DRAFT,
        "Half of an answer.",
    )


def test_moving_says_what_is_wrong(session, query, md, vsat):
    question = query.questions[0]
    mute = a_partner(session, "MUTE", email="")
    for source, target, reason, refusal, words in (
        (md, md, "x", DomainError, "another institution"),
        (vsat, md, "x", NotFound, "VSAT was not asked"),
        (md, vsat, "  ", DomainError, "Say why"),
        (md, mute, "x", Unreachable, "MUTE"),
    ):
        with pytest.raises(refusal, match=words):
            move_question(session, question, source, target, reason=reason, **LATER)
        session.rollback()
    assert asked(session) == {("1", "MD", "lead"), ("2", "MD", "lead")}


def test_a_body_that_contributes_already_takes_the_lead_over(session, query, md, vsat):
    save_routing(session, query, cells(query, q1=[vsat, CONTRIBUTES]), **WHO)
    send_routing(session, query, {}, **WHO)
    move_question(session, query.questions[0], md, vsat, **WHY, **LATER)
    assert asked(session) == {("1", "VSAT", "lead"), ("2", "MD", "lead")}


def test_a_suggestion_becomes_a_cell_with_its_own_clock(session, query, md):
    other = an_institution(session, abbreviation="SADM")
    declined = the_cell(session, md, "1")
    declined.declined_at, declined.decline_reason = NOON, "not_competent"
    declined.suggested_institution_id = other.id
    session.commit()
    cell = suggestion_to_cell(session, declined, **LATER)
    assert asked(session) == {
        ("1", "MD", "contributes"),
        ("1", "SADM", "lead"),
        ("2", "MD", "lead"),
    }
    assert status(declined) is ContributionStatus.DECLINED
    assert (cell.assignment.asked_at, cell.assignment.clock_start) == (
        LATER["now"],
        1,
    )
    with pytest.raises(DomainError, match="SADM was asked"):
        suggestion_to_cell(session, declined, **LATER)


def test_without_a_suggestion_there_is_nothing_to_take_up(session, query, md):
    with pytest.raises(DomainError, match="No institution"):
        suggestion_to_cell(session, the_cell(session, md, "1"), **LATER)


def test_a18_only_the_cells_of_that_institution_move(session, query, md, vsat):
    save_routing(session, query, cells(query, q1=[vsat, CONTRIBUTES]), **WHO)
    send_routing(session, query, {vsat.id: date(2026, 3, 31)}, **WHO)
    assignment = the_assignment(session, vsat)
    mail = a_waiting_reminder(session, assignment)
    later = date(2026, 4, 2)  # two working days more
    change_due(session, assignment, later, "The expert is ill.", **LATER)
    session.commit()
    assert (assignment.due_on, assignment.clock_start) == (later, 2)
    assert (the_assignment(session, md).due_on, query.reply_by) == (
        PLAN_DATE,
        date(2026, 4, 10),
    )
    assert mail.expired_at == LATER["now"]
    assert mails(session, MailKind.DUE_CHANGED) == ["VSAT"]
    assert events(session, "due_changed")[0]["reason"] == "The expert is ill."


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param(PLAN_DATE, "gives no more time", id="zero"),
        pytest.param(PLAN_DATE - timedelta(days=1), "gives no more time", id="less"),
        pytest.param(date(2030, 1, 1), "too far away", id="absurd"),
        pytest.param(NOON.date() - timedelta(days=9), "in the past", id="past"),
        pytest.param(date(2026, 4, 13), "after the reply-by date", id="too late"),
    ],
)
def test_a18_zero_negative_and_absurd_values_are_refused(
    session, query, md, day, words
):
    with pytest.raises(DomainError, match=words):
        change_due(session, the_assignment(session, md), day, "Why not.", **LATER)


def test_a18_a_partner_cannot_extend_itself_and_a_reason_is_needed(session, query, md):
    assignment, day = the_assignment(session, md), PLAN_DATE + timedelta(days=1)
    partner = Actor(ActorKind.LINK, "focal.point@example.org")
    with pytest.raises(IllegalAction, match="may ask the office"):
        change_due(session, assignment, day, "Please.", by=partner, now=NOON)
    with pytest.raises(DomainError, match="Say why"):
        change_due(session, assignment, day, " ", **LATER)


def test_where_nothing_is_owed_there_is_no_date_to_move(session, query, md):
    assignment = the_assignment(session, md)
    for contribution in assignment.contributions:
        contribution.latest_number = 1
    session.commit()
    with pytest.raises(IllegalAction, match="no date to move"):
        change_due(session, assignment, PLAN_DATE, "Why not.", **LATER)
