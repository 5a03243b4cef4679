"""The grid as it is planned: saved, copied, never with two leads."""

from collections.abc import Callable
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, IllegalAction, NotFound, StaleVersion
from emnnet.domain.routing_grid import LeadTaken, TwoLeads
from emnnet.extensions import writing
from emnnet.models.query import Query
from emnnet.models.routing_cell import RoutingCell
from emnnet.models.task import Task
from emnnet.selectors.routing_state import grid_state
from emnnet.services.routing import copy_routing, save_routing
from emnnet.services.sending import send_routing
from tests.builders import COORDINATOR, a_query
from tests.conftest import NOON
from tests.integration.routing_setup import (
    CONTRIBUTES,
    INFORMED,
    LEAD,
    a_partner,
    cells,
    events,
    planned,
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


def test_what_is_saved_is_the_plan_and_nobody_is_asked(session, query, md, vsat):
    wanted = cells(query, q1=[md, LEAD, vsat, CONTRIBUTES], q2=[vsat, INFORMED])
    assert save_routing(session, query, wanted, **WHO) == 3
    session.commit()
    assert planned(session) == {
        ("1", "MD", "lead"),
        ("1", "VSAT", "contributes"),
        ("2", "VSAT", "informed"),
    }
    assert query.routed_at is None
    assert events(session, "routing_saved") == [{"cells": 3, "changed": 3}]


def test_saving_the_same_again_changes_nothing(session, query, md):
    wanted = cells(query, q1=[md, LEAD])
    save_routing(session, query, wanted, **WHO)
    assert save_routing(session, query, wanted, **WHO) == 0
    assert len(events(session, "routing_saved")) == 1


def test_the_lead_may_go_to_another_in_one_step(session, query, md, vsat):
    save_routing(session, query, cells(query, q1=[md, LEAD, vsat, CONTRIBUTES]), **WHO)
    wanted = cells(query, q1=[md, CONTRIBUTES, vsat, LEAD])
    save_routing(session, query, wanted, **WHO)
    assert planned(session) == {("1", "MD", "contributes"), ("1", "VSAT", "lead")}


def test_d05_a_second_lead_is_asked_about(session, query, md, vsat):
    save_routing(session, query, cells(query, q1=[md, LEAD]), **WHO)
    wanted = cells(query, q1=[md, LEAD, vsat, LEAD])
    with pytest.raises(TwoLeads, match="Replace MD") as refusal:
        save_routing(session, query, wanted, **WHO)
    assert refusal.value.params == {
        "question": "1",
        "former": "MD",
        "new": "VSAT",
        "row": query.questions[0].id,
    }
    save_routing(session, query, wanted, **WHO, replace=[query.questions[0].id])
    assert planned(session) == {("1", "MD", "contributes"), ("1", "VSAT", "lead")}


def test_d05_a_lead_that_was_asked_is_not_replaced_by_saving(session, query, md, vsat):
    save_routing(session, query, cells(query, q1=[md, LEAD]), **WHO)
    send_routing(session, query, {}, only_complete=True, **WHO)
    wanted = cells(query, q1=[vsat, LEAD])
    with pytest.raises(DomainError, match="MD was asked question 1 already"):
        save_routing(session, query, wanted, **WHO, replace=[query.questions[0].id])


def test_a_lead_that_declined_makes_room(session, query, md, vsat):
    save_routing(session, query, cells(query, q1=[md, LEAD]), **WHO)
    send_routing(session, query, {}, only_complete=True, **WHO)
    contribution = the_cell(session, md, "1")
    contribution.declined_at, contribution.decline_reason = NOON, "not_competent"
    wanted = cells(query, q1=[vsat, LEAD])
    save_routing(session, query, wanted, **WHO, replace=[query.questions[0].id])
    assert planned(session) == {("1", "MD", "contributes"), ("1", "VSAT", "lead")}
    assert contribution.role is CONTRIBUTES


def test_a_page_that_is_out_of_date_loses_to_nobody(session, query, md, vsat):
    seen = grid_state(session, query).digest
    save_routing(session, query, cells(query, q1=[md, LEAD]), **WHO, seen=seen)
    with pytest.raises(StaleVersion):
        save_routing(session, query, cells(query, q1=[vsat, LEAD]), **WHO, seen=seen)
    assert planned(session) == {("1", "MD", "lead")}


def test_what_was_asked_stays_in_the_plan(session, query, md, vsat):
    save_routing(session, query, cells(query, q1=[md, LEAD]), **WHO)
    send_routing(session, query, {}, only_complete=True, **WHO)
    save_routing(session, query, cells(query, q2=[vsat, LEAD]), **WHO)
    assert planned(session) == {("1", "MD", "lead"), ("2", "VSAT", "lead")}
    changed = cells(query, q1=[md, CONTRIBUTES])
    with pytest.raises(DomainError, match="Take it back or move it"):
        save_routing(session, query, changed, **WHO)


def test_cells_of_other_queries_are_unknown(session, query, md):
    other = a_query(session)
    with pytest.raises(NotFound):
        save_routing(session, query, cells(other, q1=[md, LEAD]), **WHO)
    with pytest.raises(NotFound):
        save_routing(session, query, {(query.questions[0].id, 999): LEAD}, **WHO)


def test_a_withdrawn_query_takes_no_routing(session, query, md):
    query.withdrawn_at = NOON
    session.commit()
    with pytest.raises(IllegalAction):
        save_routing(session, query, cells(query, q1=[md, LEAD]), **WHO)


def test_the_routing_of_another_query_fills_the_empty_rows(session, query, md, vsat):
    former = a_partner(session, "URC")
    earlier = a_query(session, questions=2)
    source = cells(earlier, q1=[md, LEAD, former, CONTRIBUTES], q2=[vsat, LEAD])
    save_routing(session, earlier, source, **WHO)
    former.valid_to = NOON.date().replace(day=1)
    save_routing(session, query, cells(query, q2=[md, LEAD]), **WHO)
    assert copy_routing(session, query, earlier, **WHO) == 1
    assert set(grid_state(session, query).roles) == set(
        cells(query, q1=[md, LEAD], q2=[md, LEAD])
    )


def test_a06_a_plan_into_a_year_that_is_not_loaded_is_put_before_the_office(
    session, query, md
):
    query.reply_by = query.reply_by.replace(year=2027, month=1, day=8)
    save_routing(session, query, cells(query, q1=[md, LEAD]), **WHO)
    save_routing(session, query, cells(query, q1=[md, CONTRIBUTES]), **WHO)
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.key) == ("calendar_missing", "calendar:LT:2027")
    assert task.facts == {"calendar": "LT", "year": 2027}


def test_d05_of_two_coordinators_at_once_one_is_refused(
    session, query, md, vsat, pytestconfig
):
    """The other one's lead is written and not yet committed: ours has to wait."""
    if not pytestconfig.getoption("--postgres"):
        return  # SQLite lets one write at a time
    question = query.questions[0].id
    wanted = cells(query, q1=[vsat, LEAD])
    session.commit()
    with Session(session.get_bind()) as other:
        row = {"question_id": question, "institution_id": md.id, "role": LEAD}
        other.execute(insert(RoutingCell).values(row))
        result = _in_a_thread(session, query.id, lambda s, q: save(s, q, wanted))
        _until_somebody_waits(other)
        other.commit()
    assert isinstance(result(), LeadTaken)
    session.rollback()
    assert planned(session) == {("1", "MD", "lead")}


def test_d05_two_who_save_the_same_page_at_once_are_told_apart(
    session, query, md, vsat
):
    seen = grid_state(session, query).digest
    rows = [cells(query, q1=[one, LEAD]) for one in (md, vsat)]
    session.commit()
    results = [
        _in_a_thread(session, query.id, lambda s, q, row=row: save(s, q, row, seen))
        for row in rows
    ]
    outcomes = [result() for result in results]
    session.rollback()
    assert sorted(type(one).__name__ for one in outcomes) == ["StaleVersion", "int"]
    assert len(planned(session)) == 1


def save(session: Session, query: Query, wanted, seen=None):
    return save_routing(session, query, wanted, **WHO, seen=seen)


def _until_somebody_waits(session: Session) -> None:
    blocked = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(500):
        if session.scalar(text(blocked)):
            return
        sleep(0.01)


def _in_a_thread(session: Session, query_id: int, work: Callable) -> Callable:
    """Begin the work in a session of its own; the result waits for its end."""
    outcome = []

    def run() -> None:
        writing.set(True)
        with Session(session.get_bind()) as own:
            try:
                outcome.append(work(own, own.get_one(Query, query_id)))
                own.commit()
            except DomainError as refusal:
                outcome.append(refusal)

    thread = Thread(target=run)
    thread.start()

    def result():
        thread.join(30)
        return outcome[0]

    return result
