"""Sending the grid: once, all of it or nothing, to those who can be reached."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.routing_grid import IncompleteGrid, NeedsConfirmation, Unreachable
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task
from emnnet.services.routing import save_routing
from emnnet.services.sending import send_routing
from tests.builders import COORDINATOR, a_query
from tests.conftest import NOON
from tests.integration.routing_setup import (
    CONTRIBUTES,
    INFORMED,
    LEAD,
    PLAN_DATE,
    a_partner,
    asked,
    cells,
    events,
    mails,
    the_assignment,
    the_cell,
    the_holidays,
)

WHO = {"by": COORDINATOR, "now": NOON}


@pytest.fixture
def query(session):
    the_holidays(session, 2026)
    return a_query(session, questions=3)


@pytest.fixture
def md(session):
    return a_partner(session, "MD")


@pytest.fixture
def vsat(session):
    return a_partner(session, "VSAT")


@pytest.fixture
def routed(session, query, md, vsat):
    """MD leads on all, VSAT contributes to the first and is told of the second."""
    row = [md, LEAD]
    first, second = [*row, vsat, CONTRIBUTES], [*row, vsat, INFORMED]
    wanted = cells(query, q1=first, q2=second, q3=row)
    save_routing(session, query, wanted, **WHO)
    return query


def test_sending_asks_all_that_is_planned(session, routed, md, vsat):
    sent = send_routing(session, routed, {md.id: date(2026, 3, 27)}, **WHO)
    session.commit()
    assert asked(session) == {
        ("1", "MD", "lead"),
        ("2", "MD", "lead"),
        ("3", "MD", "lead"),
        ("1", "VSAT", "contributes"),
        ("2", "VSAT", "informed"),
    }
    assert (len(sent.assignments), len(sent.contributions), sent.skipped) == (2, 5, ())
    dates = {one.institution.short: one.due_on for one in sent.assignments}
    assert dates == {"MD": date(2026, 3, 27), "VSAT": PLAN_DATE}
    assert mails(session) == ["MD", "VSAT"]
    assert [event["questions"] for event in events(session, "asked")] == [
        ["1", "2", "3"],
        ["1", "2"],
    ]
    assert routed.routed_at == NOON


def test_b21_the_clock_starts_with_the_sending_not_with_the_saving(
    session, routed, md, vsat
):
    wednesday = NOON + timedelta(days=2)
    by_wednesday = {"by": COORDINATOR, "now": wednesday}
    send_routing(session, routed, {}, **by_wednesday)
    assert the_assignment(session, md).asked_at == wednesday
    third = a_partner(session, "PD")
    wanted = cells(routed, q3=[third, CONTRIBUTES])
    save_routing(session, routed, wanted, **by_wednesday)
    thursday = wednesday + timedelta(days=1)
    send_routing(session, routed, {}, by=COORDINATOR, now=thursday)
    assert the_assignment(session, third).asked_at == thursday
    assert the_assignment(session, md).asked_at == wednesday


def test_d15_pressed_twice_it_is_sent_once(session, routed):
    send_routing(session, routed, {}, **WHO)
    again = send_routing(session, routed, {}, **WHO)
    assert (again.assignments, again.contributions) == ((), ())
    assert mails(session) == ["MD", "VSAT"]


def test_d15_the_second_press_asks_only_those_who_are_missing(session, query):
    bodies = [a_partner(session, f"B{number}") for number in range(17)]
    one_lead = [bodies[0], LEAD]
    for reached in (9, 17):
        rest = [part for body in bodies[1:reached] for part in (body, CONTRIBUTES)]
        wanted = cells(query, q1=one_lead + rest, q2=one_lead, q3=one_lead)
        save_routing(session, query, wanted, **WHO)
        send_routing(session, query, {}, **WHO)
    assert mails(session) == [body.short for body in bodies]
    assert len(set(mails(session))) == 17


def test_a_new_question_of_an_institution_already_asked_is_a_fresh_notice(
    session, routed, md, vsat
):
    send_routing(session, routed, {}, **WHO)
    more = cells(routed, q3=[vsat, CONTRIBUTES])
    save_routing(session, routed, more, **WHO)
    sent = send_routing(
        session, routed, {vsat.id: date(2026, 4, 3)}, **WHO, confirmed=True
    )
    assert mails(session) == ["MD", "VSAT", "VSAT"]
    assert [one.question.label for one in sent.contributions] == ["3"]
    assert the_assignment(session, vsat).due_on == PLAN_DATE
    assert the_cell(session, vsat, "3").due_on == date(2026, 4, 3)
    in_turn = select(OutboxMessage).order_by(OutboxMessage.id)
    facts = [mail.facts for mail in session.scalars(in_turn)]
    assert [(fact["more"], fact["questions"]) for fact in facts] == [
        (False, ["1", "2", "3"]),
        (False, ["1", "2"]),
        (True, ["3"]),
    ]


def test_d01_an_empty_row_is_named_and_nothing_is_sent(session, query, md, vsat):
    wanted = cells(query, q1=[md, LEAD], q3=[vsat, INFORMED])
    save_routing(session, query, wanted, **WHO)
    with pytest.raises(IncompleteGrid) as refusal:
        send_routing(session, query, {}, **WHO)
    assert refusal.value.questions == ("2", "3")
    assert (asked(session), mails(session)) == (set(), [])


def test_d01_the_complete_questions_are_sent_when_that_is_chosen(
    session, query, md, vsat
):
    wanted = cells(query, q1=[md, LEAD], q3=[vsat, INFORMED])
    save_routing(session, query, wanted, **WHO)
    sent = send_routing(session, query, {}, only_complete=True, **WHO)
    assert asked(session) == {("1", "MD", "lead")}
    assert [str(one) for one in sent.skipped] == [
        "Question 2 was not sent: nobody is asked to answer.",
        "Question 3 was not sent: nobody is asked to answer.",
    ]


def test_without_an_address_nothing_is_sent_and_then_a_task_is_opened(
    session, query, md
):
    mute = a_partner(session, "MUTE", email="")
    row = [md, LEAD, mute, CONTRIBUTES]
    wanted = cells(query, q1=row, q2=[md, LEAD], q3=[md, LEAD])
    save_routing(session, query, wanted, **WHO)
    with pytest.raises(Unreachable, match="MUTE"):
        send_routing(session, query, {}, **WHO)
    assert asked(session) == set()
    sent = send_routing(session, query, {}, only_complete=True, **WHO)
    assert [str(one) for one in sent.skipped] == [
        "MUTE was not asked: there is no address to write to."
    ]
    assert mails(session) == ["MD"]
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.institution_id) == ("no_contact", mute.id)


def test_a22_the_plan_proposes_the_date_and_lost_days_are_confirmed(session, md):
    the_holidays(session, 2026)
    query = a_query(session, reply_by=date(2026, 7, 10))
    now = NOON.replace(month=6, day=15)
    save_routing(session, query, cells(query, q1=[md, LEAD]), by=COORDINATOR, now=now)
    later = {md.id: date(2026, 7, 7)}
    with pytest.raises(NeedsConfirmation, match="2026-07-03, 2026-07-07") as refusal:
        send_routing(session, query, later, by=COORDINATOR, now=now)
    assert len(refusal.value.warnings) == 1
    send_routing(session, query, {}, by=COORDINATOR, now=now)
    assert the_assignment(session, md).due_on == date(2026, 7, 2)


def test_a22_a_date_after_the_reply_by_is_refused_whatever_is_confirmed(
    session, routed, md
):
    for day, why in (
        (routed.reply_by + timedelta(days=1), "after the reply-by"),
        (NOON.date() - timedelta(days=1), "in the past"),
        (date(2027, 12, 1), "too far away"),
    ):
        with pytest.raises(DomainError, match=why):
            send_routing(session, routed, {md.id: day}, **WHO, confirmed=True)
    assert asked(session) == set()


def test_a06_a_missing_year_needs_a_confirmation_and_leaves_a_task(session, md):
    the_holidays(session, 2026)
    query = a_query(session, reply_by=date(2027, 1, 15))
    now = NOON.replace(month=12, day=1)
    save_routing(session, query, cells(query, q1=[md, LEAD]), by=COORDINATOR, now=now)
    with pytest.raises(NeedsConfirmation, match="calendar of 2027 is missing"):
        send_routing(session, query, {}, by=COORDINATOR, now=now)
    send_routing(session, query, {}, confirmed=True, by=COORDINATOR, now=now)
    assert the_assignment(session, md).due_on == date(2027, 1, 8)
    assert [task.key for task in session.scalars(select(Task))] == ["calendar:LT:2027"]


def test_without_a_reply_by_date_ten_working_days_are_proposed(session, md):
    the_holidays(session, 2026)
    query = a_query(session, reply_by=None)
    save_routing(session, query, cells(query, q1=[md, LEAD]), **WHO)
    send_routing(session, query, {}, **WHO)
    assert the_assignment(session, md).due_on == date(2026, 3, 30)


def test_a_query_that_was_sent_asks_nobody_any_more(session, routed):
    routed.sent_on = NOON.date()
    session.commit()
    with pytest.raises(IllegalAction):
        send_routing(session, routed, {}, **WHO)
