"""The desk: what needs somebody, what runs, in the order of today."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from emnnet.domain.lifecycle import CellRole, DeclineReason
from emnnet.domain.query_lifecycle import query_status
from emnnet.domain.roles import Role
from emnnet.models.query import Query
from emnnet.models.task import TaskKind
from emnnet.selectors.desk_needs import open_needs
from emnnet.selectors.desk_rows import open_queries, sorted_for_today
from emnnet.selectors.query_facts import query_facts
from emnnet.services.tasks import open_task
from tests.builders import a_query, a_user, an_assignment, an_institution
from tests.conftest import NOON

TODAY = date(2026, 3, 16)
SignIn = Callable[..., FlaskClient]


def waiting_until(session: Session, days: int, **given) -> Query:
    """A query that waits for one institution until `days` from today."""
    query = a_query(session, **given)
    an_assignment(session, query=query, due_on=TODAY + timedelta(days=days))
    return query


def test_today_comes_first_then_the_nearest_future_then_what_is_late(session: Session):
    late, soon = waiting_until(session, -3), waiting_until(session, 2)
    today, very_late = waiting_until(session, 0), waiting_until(session, -9)
    later, dateless = waiting_until(session, 20), a_query(session, reply_by=None)

    rows = sorted_for_today(open_queries(session, TODAY).rows, TODAY)

    expected = [today, soon, later, dateless, late, very_late]
    assert [row.query_id for row in rows] == [query.id for query in expected]


def test_progress_counts_what_was_asked_and_not_who_is_only_told(session: Session):
    query = a_query(session, questions=2)
    answers = an_assignment(session, query=query).contributions
    an_assignment(session, query=query, role=CellRole.INFORMED)
    answers[0].latest_number = 1
    session.commit()

    (row,) = open_queries(session, TODAY).rows

    assert (row.done, row.facts.asked, row.to_read) == (1, 2, 1)
    assert row.due_on == date(2026, 3, 31)


def all_kinds_of_queries(session: Session) -> None:
    """Answered, declined, returned, released and not asked; one closed."""
    for number in range(4):
        query = a_query(session, questions=2)
        first, second = an_assignment(session, query=query).contributions
        first.latest_number = 1
        if number == 1:
            first.returned_number = 1
        if number == 2:
            decline(first)
            decline(second)
        if number == 3:
            second.released_at = NOON
    a_query(session)
    waiting_until(session, 1, closed_at=NOON)
    session.commit()


def decline(contribution, **given) -> None:
    contribution.declined_at = NOON
    contribution.decline_reason = DeclineReason.NOT_COMPETENT
    for name, value in given.items():
        setattr(contribution, name, value)


def test_f07_the_desk_and_the_rules_count_alike(session: Session):
    all_kinds_of_queries(session)

    rows = open_queries(session, TODAY).rows

    facts = query_facts(session, [row.query_id for row in rows])
    assert {row.query_id: row.facts for row in rows} == facts
    assert len(rows) == 5


def test_f07_a_returned_answer_takes_the_state_back(session: Session):
    query = a_query(session)
    (contribution,) = an_assignment(session, query=query).contributions
    contribution.latest_number = 1
    session.commit()
    assert state_of(session) == "to_consolidate"

    contribution.returned_number = 1
    session.commit()

    assert state_of(session) == "waiting"


def state_of(session: Session) -> str:
    (row,) = open_queries(session, TODAY).rows
    assert row.status is query_status(row.facts)
    return row.status


def test_a_declined_question_stays_until_the_suggested_one_is_asked(session: Session):
    query, other = a_query(session), an_institution(session, abbreviation="SBGS")
    (declined,) = an_assignment(session, query=query).contributions
    decline(declined, suggested_institution_id=other.id)
    session.commit()

    (need,) = open_needs(session, [query.id])
    assert (need.label, need.suggested) == ("1", "SBGS")

    declined.released_at = NOON
    an_assignment(session, query=query, institution=other)
    assert open_needs(session, [query.id]) == []


def test_the_desk_says_what_to_do(session: Session, signed_in: SignIn):
    waiting_until(session, 0, title="Entry bans")
    a_query(session, title="Seasonal workers")
    open_task(session, TaskKind.NO_CONTACT, "no-contact:1", now=NOON)
    session.commit()

    page = words(signed_in(Role.COORDINATOR).get("/desk").text)

    assert "2 need you 1 due today" in page
    assert "An institution has no contact to write to" in page
    assert "Seasonal workers Not routed yet" in page
    assert "Entry bans · NL due today waiting for answers" in page


def words(html: str) -> str:
    """The text of a page, without marks and doubled blanks."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_the_desk_is_narrowed(session: Session, signed_in: SignIn):
    waiting_until(session, 1, title="Entry bans")
    a_query(session, title="Seasonal workers")
    client = signed_in(Role.APPROVER)

    by_word = words(client.get("/desk?q=seasonal").text)
    by_state = words(client.get("/desk?status=waiting").text)
    by_both = words(client.get("/desk?q=seasonal&status=waiting").text)

    assert "Seasonal workers" in by_word
    assert "Entry bans" not in by_word
    assert "Entry bans" in by_state
    assert "No open query fits." in by_both


def test_an_empty_desk_shows_the_next_step(signed_in: SignIn):
    page = words(signed_in(Role.COORDINATOR).get("/desk").text)

    assert "No query is open" in page
    assert "Register a query" in page


def test_the_desk_asks_three_times_however_many_queries_run(
    session: Session, signed_in: SignIn, statements
):
    coordinator = a_user(session, Role.COORDINATOR)
    client = signed_in(coordinator)
    for count in (1, 49):
        for _ in range(count):
            waiting_until(session, 3, coordinator_id=coordinator.id)
        with statements("SELECT") as seen:
            assert client.get("/desk").status_code == 200
        assert len(seen) == 3


def test_the_desk_is_the_offices(signed_in: SignIn, client: FlaskClient):
    assert signed_in(Role.CONTACT).get("/desk").status_code == 403
    assert client.get("/desk").status_code == 303
