"""The call list, call notes that become facts, and what is stuck."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.calls import CallNoteGiven, CallOutcome
from emnnet.domain.chases import Silence
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.roles import Role
from emnnet.jobs.calls import settle_calls
from emnnet.models.call_note import CallNote
from emnnet.models.contribution import Contribution
from emnnet.models.event import Event
from emnnet.models.task import Task, TaskKind
from emnnet.selectors.chases import open_chases
from emnnet.services.calls import note_call, put_on_list
from tests.builders import COORDINATOR, a_contact, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.partners import fresh

TODAY = NOON.date()
EARLIER = NOON - timedelta(days=20)


@pytest.fixture
def late(session):
    """An assignment eleven days late, of an institution with a number."""
    body = an_institution(session, name_en="Migration office", abbreviation="MD")
    a_contact(
        session,
        body,
        role_title="Head of division",
        phone="+370 000 00 001",
        position=2,
    )
    return an_assignment(
        session,
        institution=body,
        due_on=date(2026, 3, 5),
        asked_at=EARLIER,
        invited_at=EARLIER,
    )


@pytest.fixture
def on_list(session, late):
    put_on_list(session, late, by=COORDINATOR, now=NOON)
    session.commit()
    return late


@pytest.fixture
def client(signed_in):
    return signed_in(Role.COORDINATOR)


def noted(session, assignment, outcome, promised_on=None, text=""):
    given = CallNoteGiven(outcome, promised_on, text)
    note_call(session, assignment, given, by=COORDINATOR, now=NOON)
    session.commit()


def open_tasks(session):
    wanted = select(Task).where(Task.kind == TaskKind.CALL, Task.done_at.is_(None))
    return fresh(session).scalars(wanted).all()


def test_the_list_shows_the_number_and_what_is_owed(client, on_list):
    page = client.get("/desk/calls").text
    assert "+370 000 00 001" in page
    assert "Owes: question 1" in page
    assert "7 working days late" in page


def test_it_stands_on_the_list_once(session, on_list):
    put_on_list(session, on_list, by=COORDINATOR, now=NOON + timedelta(hours=1))
    session.commit()
    assert len(open_tasks(session)) == 1


def test_not_reached_by_one_click_stays_on_the_list(session, client, on_list):
    reply = client.post(f"/desk/calls/{on_list.id}", data={"outcome": "not_reached"})
    assert reply.status_code == 303
    assert len(open_tasks(session)) == 1
    assert "Not reached: stays on the list" in client.get("/desk/calls").text


def test_reached_by_one_click_leaves_the_list_and_a_trace(session, client, on_list):
    client.post(f"/desk/calls/{on_list.id}", data={"outcome": "reached"})
    assert open_tasks(session) == []
    event = session.scalars(select(Event).where(Event.kind == EventKind.CALLED)).one()
    assert (event.facts["outcome"], event.facts["institution"]) == ("reached", "MD")
    assert "Nobody to call" in client.get("/desk/calls").text


def test_a_promise_on_the_telephone_is_a_promise(session, client, on_list):
    form = {"outcome": "promised", "promised_on": "18.03.2026", "text": "After lunch."}
    assert client.post(f"/desk/calls/{on_list.id}", data=form).status_code == 303
    cell = fresh(session).scalars(select(Contribution)).one()
    assert cell.promised_on == date(2026, 3, 18)
    note = session.scalars(select(CallNote)).one()
    assert (note.outcome, note.text) == (CallOutcome.PROMISED, "After lunch.")
    kinds = set(session.scalars(select(Event.kind)))
    assert {EventKind.PROMISED, EventKind.CALLED} <= kinds
    assert "After lunch." not in str(session.scalars(select(Event)).all()[-1].facts)


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"outcome": "promised"}, 409, "Enter the day the answer was promised for."),
        (
            {"outcome": "promised", "promised_on": "2026-03-01"},
            409,
            "The day has passed. Give today or a later day.",
        ),
        ({"outcome": "promised", "promised_on": "soon"}, 422, "soon"),
        ({}, 422, "Say what came of the call."),
        ({"outcome": "sang"}, 422, "Not a valid choice."),
    ],
)
def test_a_note_that_makes_no_sense_is_explained(
    session, client, on_list, form, status, said
):
    reply = client.post(f"/desk/calls/{on_list.id}", data=form | {"text": "Kept."})
    assert (reply.status_code, said in reply.text) == (status, True)
    assert "Kept." in reply.text
    assert fresh(session).scalars(select(CallNote)).all() == []


def test_who_will_not_answer_is_reminded_no_more_and_is_stuck(session, client, on_list):
    noted(session, on_list, CallOutcome.WILL_NOT_ANSWER)
    (chase,) = open_chases(session, TODAY)
    assert chase.chase.silence is Silence.WILL_NOT_ANSWER
    page = client.get("/desk/calls/stuck").text
    assert "Migration office" in page or "Įstaiga" in page
    assert "will not answer" in page


def test_a_later_call_takes_it_back(session, on_list):
    noted(session, on_list, CallOutcome.WILL_NOT_ANSWER)
    noted(session, on_list, CallOutcome.REACHED)
    (chase,) = open_chases(session, TODAY)
    assert chase.chase.silence is None


def test_calls_whose_answers_have_come_leave_the_list_by_themselves(
    app, session, on_list
):
    cell = session.scalars(select(Contribution)).one()
    cell.latest_number = 1
    session.commit()
    assert [settle_calls(app) for _ in range(2)] == [1, 0]
    assert open_tasks(session) == []


def test_no_note_where_nothing_is_owed(session, late):
    cell = session.scalars(select(Contribution)).one()
    cell.latest_number = 1
    session.commit()
    with pytest.raises(IllegalAction):
        noted(session, late, CallOutcome.REACHED)
    with pytest.raises(DomainError):
        put_on_list(session, late, by=COORDINATOR, now=NOON)


def test_by_hand_it_is_put_on_the_list_and_taken_off(session, client, late):
    assert "Put on the call list" in client.get(f"/desk/calls/{late.id}").text
    client.post(f"/desk/calls/{late.id}/list")
    assert len(open_tasks(session)) == 1
    client.post(f"/desk/calls/{late.id}/off")
    assert open_tasks(session) == []


def test_the_list_takes_as_many_statements_for_many_as_for_one(
    session, client, statements
):
    counts = []
    for count in (1, 6):
        for _ in range(count):
            one = an_assignment(
                session, due_on=date(2026, 3, 5), asked_at=EARLIER, invited_at=EARLIER
            )
            put_on_list(session, one, by=COORDINATOR, now=NOON)
        session.commit()
        client.get("/desk/calls")
        with statements("SELECT") as seen:
            client.get("/desk/calls")
        counts.append(len(seen))
    assert counts[0] == counts[1] == 3
