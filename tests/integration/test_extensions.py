"""More time for one institution: given, taken back, asked for, granted, refused."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.mails import MailKind
from emnnet.domain.roles import Actor, ActorKind
from emnnet.models.assignment import Assignment
from emnnet.models.event import Event
from emnnet.models.reminder import Reminder
from emnnet.models.task import Task
from emnnet.selectors.chases import open_chases
from emnnet.services.extensions import extend, take_back
from emnnet.services.outbox import mark_sent
from emnnet.services.time_requests import ask_for_time, grant, refuse
from tests.builders import COORDINATOR, a_query, a_user, an_assignment
from tests.conftest import NOON
from tests.integration.routing_setup import the_holidays
from tests.integration.test_clock_stops import at, mails, tick

DUE = date(2026, 3, 17)
NEXT = date(2026, 3, 18)
WHY = "The expert is ill."
PARTNER = Actor(ActorKind.LINK, "focal.point@example.org")
WHO = {"by": COORDINATOR, "now": at(NEXT) + timedelta(hours=1)}


@pytest.fixture
def query(session):
    the_holidays(session, 2026)
    a_user(session)
    return a_query(session, questions=3, routed_at=NOON)


@pytest.fixture
def assignment(session, query):
    return an_assignment(session, query=query, invited_at=NOON, due_on=DUE)


@pytest.fixture
def other(session, query):
    about = {"query": query, "invited_at": NOON, "due_on": DUE}
    return an_assignment(session, role="contributes", **about)


def facts_of(session, kind):
    wanted = select(Event.facts).where(Event.kind == kind)
    return session.scalars(wanted.order_by(Event.id)).all()


def test_a18_its_overdue_notice_is_dropped_and_the_other_stays(
    session, assignment, other
):
    assert tick(session, NEXT) == 2

    given = extend(session, assignment, 2, WHY, **WHO)

    assert (assignment.due_on, other.due_on) == (date(2026, 3, 19), DUE)
    assert given.new_on == date(2026, 3, 19)
    rows = session.scalars(select(Reminder).order_by(Reminder.assignment_id)).all()
    assert [row.expired_at for row in rows] == [WHO["now"], None]
    left = {mail.institution_id for mail in mails(session, MailKind.REMINDER)}
    assert left == {other.institution_id}
    (facts,) = facts_of(session, "due_changed")
    assert (facts["reason"], facts["due_on"]) == (WHY, "2026-03-19")
    assert session.scalars(select(Event.actor_name)).all()[-1] == "Coordinator"


@pytest.mark.parametrize("days", [0, -1, 61, 1000])
def test_a18_absurd_numbers_are_refused(session, assignment, days):
    with pytest.raises(DomainError, match="between 1 and 60"):
        extend(session, assignment, days, WHY, **WHO)


def test_a18_a_partner_cannot_extend_itself_and_a_reason_is_needed(session, assignment):
    with pytest.raises(IllegalAction, match="may ask the office"):
        extend(session, assignment, 2, WHY, by=PARTNER, now=NOON)
    with pytest.raises(DomainError, match="Say why"):
        extend(session, assignment, 2, " ", **WHO)


def test_a18_for_one_question_its_clock_runs_apart(session, assignment):
    own = assignment.contributions[1]
    assert tick(session, NEXT) == 1
    for mail in mails(session, MailKind.REMINDER):
        mark_sent(mail, subject="s", body="b", now=at(NEXT))

    extend(session, assignment, 3, WHY, contribution_ids=[own.id], **WHO)

    assert (assignment.due_on, own.due_on) == (DUE, date(2026, 3, 20))
    chases = {one.contribution_id: one for one in open_chases(session, NEXT)}
    assert chases[None].chase.clock_start == 1
    assert chases[own.id].chase.clock_start == 2
    assert chases[own.id].chase.due_on == date(2026, 3, 20)
    assert [tick(session, NEXT + timedelta(days=n)) for n in range(1, 6)].count(1) == 2


def test_a18_taken_back_before_anybody_was_told_it_is_as_it_was(session, assignment):
    assert tick(session, NEXT) == 1
    given = extend(session, assignment, 2, WHY, **WHO)

    take_back(session, given, **WHO)

    assert (assignment.due_on, assignment.clock_start) == (DUE, 1)
    assert mails(session, MailKind.DUE_CHANGED) == []
    assert tick(session, date(2026, 3, 19)) == 1  # the notice that was dropped
    with pytest.raises(IllegalAction, match="taken back already"):
        take_back(session, given, **WHO)


def test_a18_taken_back_after_the_mail_the_institution_is_told_again(
    session, query, assignment
):
    assignment.due_on = date(2026, 3, 31)
    given = extend(session, assignment, 2, WHY, **WHO)
    (mail,) = mails(session, MailKind.DUE_CHANGED)
    mark_sent(mail, subject="s", body="b", now=WHO["now"])

    take_back(session, given, **WHO)

    again = mails(session, MailKind.DUE_CHANGED)[-1]
    assert (again.facts["due_on"], again.facts["taken_back"]) == ("2026-03-31", True)
    extend(session, assignment, 1, WHY, **WHO)
    assert len(mails(session, MailKind.DUE_CHANGED)) == 3


def test_a18_what_somebody_relies_on_is_not_taken_back(session, assignment):
    given = extend(session, assignment, 5, WHY, **WHO)
    (mail,) = mails(session, MailKind.DUE_CHANGED)
    mark_sent(mail, subject="s", body="b", now=WHO["now"])
    with pytest.raises(IllegalAction, match="the old one is over"):
        take_back(session, given, **WHO)


def test_a18_a_date_that_moved_again_is_not_taken_back(session, assignment):
    given = extend(session, assignment, 5, WHY, **WHO)
    extend(session, assignment, 5, WHY, **WHO)
    with pytest.raises(IllegalAction, match="moved again since"):
        take_back(session, given, **WHO)


def test_an_institution_asks_and_the_office_grants_with_one_button(session, assignment):
    wanted = date(2026, 3, 24)
    asked = ask_for_time(session, assignment, wanted, WHY, by=PARTNER, now=NOON)

    assert assignment.due_on == DUE
    assert len(mails(session, MailKind.MORE_TIME_ASKED)) == 1
    with pytest.raises(IllegalAction, match="asked for more time already"):
        ask_for_time(session, assignment, wanted, WHY, by=PARTNER, now=NOON)
    with pytest.raises(IllegalAction):
        grant(session, asked, by=PARTNER, now=NOON)

    grant(session, asked, **WHO)

    assert assignment.due_on == wanted
    assert len(mails(session, MailKind.DUE_CHANGED)) == 1
    assert session.scalars(select(Task.done_at)).one() == WHO["now"]
    with pytest.raises(IllegalAction, match="decided already"):
        refuse(session, asked, "", **WHO)


def test_an_institution_asks_and_the_office_refuses(session, assignment):
    wanted = date(2026, 3, 24)
    asked = ask_for_time(session, assignment, wanted, WHY, by=PARTNER, now=NOON)
    refuse(session, asked, "The reply is due.", **WHO)

    assert assignment.due_on == DUE
    (mail,) = mails(session, MailKind.MORE_TIME_REFUSED)
    assert mail.facts["answer"] == "The reply is due."
    assert facts_of(session, "more_time_refused")[0]["reason"] == "The reply is due."
    ask_for_time(session, assignment, wanted, WHY, by=PARTNER, now=NOON)


@pytest.mark.parametrize(
    ("wanted", "why", "words"),
    [
        (DUE, WHY, "Choose a later day"),
        (date(2030, 1, 1), WHY, "too far away"),
        (date(2026, 3, 24), " ", "Say why"),
    ],
    ids=["no more time", "absurd", "no reason"],
)
def test_a_request_is_sane(session, assignment, wanted, why, words):
    with pytest.raises(DomainError, match=words):
        ask_for_time(session, assignment, wanted, why, by=PARTNER, now=NOON)


def test_an_extended_date_says_how_it_was_counted(session, assignment):
    """Why this date: working days counted from the old one."""
    extend(session, assignment, 2, WHY, **WHO)
    term = session.get_one(Assignment, assignment.id).term
    assert (term.days, term.day_zero) == (2, DUE)
