"""The pages of a query: overview, list and its files, changing, ending, relating."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.lifecycle import CellRole, DeclineReason
from emnnet.domain.roles import Role
from emnnet.models.query import Query, QueryRelation
from emnnet.services.holidays import load_year
from emnnet.services.query_questions import correct_question
from emnnet.services.search_index import index_query
from tests.builders import COORDINATOR, a_query, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.test_intake_pages import typed, words

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def coordinator(session: Session, signed_in: SignIn) -> FlaskClient:
    """A coordinator's browser; the test's session has nothing open beside it."""
    client = signed_in(Role.COORDINATOR)
    session.rollback()
    return client


def test_a_query_shows_who_stands_where(session: Session, coordinator: FlaskClient):
    query = a_query(session, questions=2)
    leads = an_institution(session, abbreviation="MD")
    late = an_institution(session, abbreviation="SBGS")
    first, second = an_assignment(session, query=query, institution=leads).contributions
    first.latest_number = 1
    second.declined_at, second.decline_reason = NOON, DeclineReason.NO_DATA
    an_assignment(
        session,
        query=query,
        institution=late,
        role=CellRole.CONTRIBUTES,
        due_on=date(2026, 3, 13),
    )
    session.commit()
    page = words(coordinator.get(f"/desk/queries/{query.id}").text)

    assert "waiting for answers" in page
    assert "MD leads to read" in page
    assert "SBGS 3 days late" in page
    assert "MD leads no data" in page


def test_the_plan_leads_backwards_from_the_reply_by_date(
    session: Session, coordinator: FlaskClient
):
    easter = [(date(2026, 4, 6), "Easter Monday", "Antroji Velykų diena")]
    told = {"source": "test", "version": "1", "by": COORDINATOR, "now": NOON}
    load_year(session, "LT", 2026, easter, **told)
    query = a_query(session, reply_by=date(2026, 4, 10))
    page = words(coordinator.get(f"/desk/queries/{query.id}").text)

    assert "Institutions answer (next) Thu 2 Apr 2026 in 13 working days" in page
    assert "Reply by Fri 10 Apr 2026 in 18 working days" in page


def test_a_query_page_asks_three_times_however_much_hangs_on_it(
    session: Session, coordinator: FlaskClient, statements
):
    small, large = a_query(session), a_query(session, questions=50)
    an_assignment(session, query=small)
    for number in range(5):
        role = CellRole.CONTRIBUTES if number else CellRole.LEAD
        an_assignment(session, query=large, role=role)
        session.add(
            QueryRelation(query_id=large.id, earlier_id=small.id, kind=KINDS[number])
        )
    session.commit()
    for query_id in (small.id, large.id):
        with statements("SELECT") as seen:
            assert coordinator.get(f"/desk/queries/{query_id}").status_code == 200
        assert len(seen) == 3


KINDS = ("update", "follow_up", "part", "feeds_inform", "updates_study")


def test_changing_gives_everything_back_and_saves(
    session: Session, coordinator: FlaskClient
):
    query = a_query(session, questions=2)
    address = f"/desk/queries/{query.id}/change"
    session.rollback()
    fields = typed(coordinator.get(address).text)
    assert fields["title"] == "Family reunification"

    reply = coordinator.post(address, data=fields | {"reply_by": "17.4.2026"})

    assert reply.location == f"/desk/queries/{query.id}"
    session.rollback()
    assert query.reply_by == date(2026, 4, 17)
    assert len(query.questions) == 2


def test_the_second_who_saves_sees_both_and_loses_nothing(
    session: Session, coordinator: FlaskClient
):
    query = a_query(session)
    address = f"/desk/queries/{query.id}/change"
    session.rollback()
    fields = typed(coordinator.get(address).text)
    coordinator.post(address, data=fields | {"title": "That of the first"})

    second = coordinator.post(address, data=fields | {"title": "That of the second"})

    assert second.status_code == 409
    assert "Somebody else changed this query" in words(second.text)
    kept = typed(second.text)
    assert kept["title"] == "That of the second"
    assert coordinator.post(address, data=kept).status_code == 303


def test_a_date_that_is_cleared_is_gone(session: Session, coordinator: FlaskClient):
    query = a_query(session)
    address = f"/desk/queries/{query.id}/change"
    session.rollback()
    fields = typed(coordinator.get(address).text) | {"reply_by": ""}

    coordinator.post(address, data=fields)

    assert session.scalars(select(Query.reply_by)).one() is None


@pytest.mark.parametrize("ending", ["withdraw", "delete"])
def test_ending_asks_for_a_reason_first(
    session: Session, coordinator: FlaskClient, ending: str
):
    query = a_query(session)
    address = f"/desk/queries/{query.id}/{ending}"
    session.rollback()

    assert coordinator.get(address).status_code == 200
    assert coordinator.post(address, data={"reason": " "}).status_code == 422
    assert coordinator.post(address, data={"reason": "A mistake."}).status_code == 303

    where = {"withdraw": f"/desk/queries/{query.id}", "delete": "/desk/queries/deleted"}
    assert "A mistake." in words(coordinator.get(where[ending]).text)


def test_g08_a_deleted_query_is_restored_from_the_page_of_the_deleted(
    session: Session, coordinator: FlaskClient
):
    query = a_query(session)
    session.rollback()
    url, why = f"/desk/queries/{query.id}", {"reason": "Registered twice."}
    assert coordinator.post(f"{url}/delete", data={"reason": " "}).status_code == 422
    coordinator.post(f"{url}/delete", data=why)
    for part in ("", "/change", "/earlier", "/wordings", "/routing", "/dates/stop"):
        assert coordinator.get(url + part).status_code == 404
    page = words(coordinator.get("/desk/queries/deleted").text)
    assert "Registered twice. Wed 15 Apr 2026, 13:00 Restore the query" in page

    coordinator.post(
        f"/desk/queries/{query.id}/restore", data={"reason": "It was one."}
    )

    session.rollback()
    assert query.deleted_at is None


def test_a_query_that_was_sent_cannot_be_withdrawn(
    session: Session, coordinator: FlaskClient
):
    query = a_query(session, sent_on=date(2026, 3, 12))
    session.rollback()

    reply = coordinator.get(f"/desk/queries/{query.id}/withdraw")

    assert reply.status_code == 409


def test_queries_are_related_both_ways(session: Session, coordinator: FlaskClient):
    earlier, query = a_query(session, title="Entry bans"), a_query(session)
    address = f"/desk/queries/{query.id}/relations"
    reference, ids = earlier.reference, (query.id, earlier.id)
    session.rollback()

    wrong = coordinator.post(address, data={"kind": "update", "reference": "1999.1"})
    assert (wrong.status_code, "1999.1" in wrong.text) == (422, True)
    coordinator.post(address, data={"kind": "update", "reference": reference})

    here, there = (words(coordinator.get(f"/desk/queries/{id_}").text) for id_ in ids)
    assert f"is an update of {reference} Entry bans" in here
    assert "has an update:" in there
    relation = session.scalars(select(QueryRelation.id)).one()
    session.rollback()
    coordinator.post(f"{address}/{relation}/remove")
    assert session.scalars(select(QueryRelation)).all() == []


def test_what_we_answered_before_is_shown_with_its_date(
    session: Session, coordinator: FlaskClient, statements
):
    before = a_query(
        session,
        title="Quotas for seasonal workers in agriculture",
        launched_on=date(2023, 5, 2),
        sent_on=date(2023, 6, 1),
        closed_at=datetime(2023, 7, 1, tzinfo=UTC),
    )
    other = a_query(session, title="Age assessment of minors")
    query = a_query(session, title="Seasonal workers: quota and agricultural work")
    for each in (before, other, query):
        index_query(session, each)
    session.commit()
    address = f"/desk/queries/{query.id}/earlier"

    with statements("SELECT") as seen:
        page = words(coordinator.get(address).text)

    assert "Quotas for seasonal workers in agriculture" in page
    assert "our response of Thu 1 Jun 2023" in page
    assert "Age assessment" not in page
    assert len(seen) == 4


def test_a_corrected_question_shows_what_changed(
    session: Session, coordinator: FlaskClient
):
    query = a_query(session)
    correct_question(
        session,
        query.questions[0],
        "How does your Member State treat case 2?",
        by=COORDINATOR,
        now=NOON,
    )
    session.commit()
    session.rollback()

    page = coordinator.get(f"/desk/queries/{query.id}/wordings").text

    assert "treat case <del>1?</del><ins>2?</ins>" in page


@pytest.mark.parametrize(
    "page",
    ["", "/change", "/earlier", "/wordings", "/withdraw", "/relations", "/history"],
)
def test_a_query_that_is_not_there_is_not_found(coordinator: FlaskClient, page: str):
    assert coordinator.get(f"/desk/queries/4711{page}").status_code == 404


def test_approvers_read_and_do_not_change(session: Session, signed_in: SignIn):
    query = a_query(session)
    approver = signed_in(Role.APPROVER)
    session.rollback()

    assert approver.get(f"/desk/queries/{query.id}").status_code == 200
    for page in ("change", "withdraw", "delete", "relations"):
        assert approver.get(f"/desk/queries/{query.id}/{page}").status_code == 403
