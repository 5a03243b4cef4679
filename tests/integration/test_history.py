"""The history: every step can be read, and a changed one is found."""

import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.domain.roles import SCHEDULER, Actor, ActorKind, Role
from emnnet.models.event import Event, EventStream
from emnnet.models.query import Query
from emnnet.selectors.history import Break, BreakKind, verify_history
from emnnet.services.events import record
from tests.builders import COORDINATOR, a_query
from tests.conftest import NOON
from tests.integration.test_intake_pages import words

SignIn = Callable[..., FlaskClient]
PARTNER = Actor(ActorKind.LINK, "Focal point", "contact")


@pytest.fixture
def told(session: Session) -> Query:
    """A query with four events: by a person, a link, the scheduler, a person."""
    query = a_query(session)
    steps = (
        (EventKind.REGISTERED, COORDINATOR, {"reference": "2026.1"}),
        (EventKind.SUBMITTED, PARTNER, {"institution": "MD", "question": "1"}),
        (EventKind.REMINDED, SCHEDULER, {"institution": "SBGS"}),
        (EventKind.QUERY_CHANGED, COORDINATOR, {"title": ["Old one", "New one"]}),
    )
    for kind, actor, facts in steps:
        record(session, kind, query, by=actor, now=NOON, **facts)
    session.commit()
    return query


def test_j10_each_step_says_who_by_which_door_when_and_what(
    told: Query, session: Session, signed_in: SignIn
):
    client = signed_in(Role.APPROVER)
    session.rollback()

    page = words(client.get(f"/desk/queries/{told.id}/history").text)

    assert "12:00 Registered number 2026.1" in page
    assert "Answer submitted · MD question 1 Focal point, by personal link" in page
    assert "Reminder sent · SBGS the scheduler, by itself" in page
    assert "Query changed title Old one → New one Coordinator, coordinator" in page


def test_an_untouched_history_holds(told: Query, session: Session):
    assert verify_history(session).breaks == ()


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        pytest.param(
            update(Event).where(Event.number == 2).values(actor_name="Somebody"),
            (2, BreakKind.CHANGED),
            id="another name",
        ),
        pytest.param(
            update(Event).where(Event.number == 3).values(facts={}),
            (3, BreakKind.CHANGED),
            id="other facts",
        ),
        pytest.param(
            delete(Event).where(Event.number == 2),
            (2, BreakKind.MISSING),
            id="one between two others",
        ),
        pytest.param(
            delete(Event).where(Event.number == 4),
            (4, BreakKind.CUT_OFF),
            id="the last one",
        ),
        pytest.param(delete(Event), (1, BreakKind.CUT_OFF), id="all events"),
        pytest.param(
            update(EventStream).values(digest="0" * 64),
            (4, BreakKind.CHANGED),
            id="the head",
        ),
    ],
)
def test_j10_a_change_by_hand_is_found(
    told: Query, session: Session, harm, expected: tuple[int, BreakKind]
):
    session.execute(harm)
    session.commit()

    breaks = verify_history(session).breaks

    stream = f"query:{told.id}"
    assert breaks[0] == Break(stream, *expected)


def test_j10_a_history_that_is_gone_altogether_is_found(told: Query, session: Session):
    session.execute(delete(Event))
    session.execute(delete(EventStream))
    session.commit()

    assert verify_history(session).breaks == (
        Break(f"query:{told.id}", 1, BreakKind.NO_HISTORY),
    )


def test_j10_the_command_names_stream_and_number(
    app: Flask, told: Query, session: Session
):
    run = app.test_cli_runner().invoke
    session.rollback()
    sound = run(args=["history", "verify"])
    assert (sound.exit_code, "4 events in 1 streams" in sound.output) == (0, True)

    session.execute(update(Event).where(Event.number == 3).values(facts={}))
    session.commit()

    broken = run(args=["history", "verify"])
    assert broken.exit_code == 1
    assert f"query:{told.id}: event 3 was changed." in broken.output
    answer = json.loads(run(args=["history", "verify", "--json"]).output)
    assert answer["breaks"] == [
        {"stream": f"query:{told.id}", "number": 3, "kind": "changed"}
    ]


def test_j10_no_page_changes_the_history(app: Flask):
    methods = {
        method
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("history.")
        for method in rule.methods or ()
    }

    assert methods == {"GET", "HEAD", "OPTIONS"}


def test_the_history_page_asks_three_times_however_long_it_is(
    told: Query, session: Session, signed_in: SignIn, statements
):
    client = signed_in(Role.COORDINATOR)
    for count in (1, 49):
        for _ in range(count):
            record(session, EventKind.REMINDED, told, by=SCHEDULER, now=NOON)
        session.commit()
        address = f"/desk/queries/{told.id}/history"
        with statements("SELECT") as seen:
            assert client.get(address).status_code == 200
        assert len(seen) == 3
