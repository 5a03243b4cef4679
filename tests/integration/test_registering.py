"""Registering a query: its number, what is refused, what the history says."""

from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError
from emnnet.models.event import Event
from emnnet.models.query import Query, RequesterKind
from emnnet.models.search_entry import SearchPending
from emnnet.services.queries import register_query
from emnnet.services.query_drafts import QueryDraft, QuestionDraft
from emnnet.transaction import committing
from tests.builders import COORDINATOR, a_query
from tests.conftest import NOON

DRAFT = QueryDraft(
    title="Seasonal workers",
    requester_kind=RequesterKind.NCP,
    requester_code="EE",
    requester_printed="EE EMN NCP",
    questions=(QuestionDraft("1", "Is there a quota?"), QuestionDraft("", "How high?")),
    tags=("work", " quota ", "work"),
)


def test_a_query_gets_the_next_number_of_the_year(session: Session):
    a_query(session, year=2025, number=40)
    a_query(session, year=2026, number=11)

    query = register_query(session, DRAFT, by=COORDINATOR, now=NOON)

    assert query.reference == "2026.12"
    assert [question.label for question in query.questions] == ["1", "2"]
    assert sorted(tag.tag for tag in query.tags) == ["quota", "work"]
    event = session.scalars(select(Event)).one()
    assert (event.kind, event.facts["reference"]) == ("registered", "2026.12")
    assert session.scalars(select(SearchPending.query_id)).all() == [query.id]


def test_the_year_is_the_one_of_the_office(session: Session):
    """Ten minutes past midnight in Vilnius it is still last year in UTC."""
    new_year = datetime(2026, 12, 31, 22, 10, tzinfo=UTC)

    query = register_query(session, DRAFT, by=COORDINATOR, now=new_year)

    assert query.reference == "2027.1"


@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        pytest.param(replace(DRAFT, title=" "), "Give the query a title.", id="title"),
        pytest.param(
            replace(DRAFT, questions=()),
            "A query needs at least one question.",
            id="questions",
        ),
        pytest.param(
            replace(DRAFT, questions=(QuestionDraft("2a", " "),)),
            "Question 2a has no text. Write it, or take it out.",
            id="text of a question",
        ),
    ],
)
def test_what_is_missing_is_named(session: Session, draft: QueryDraft, refusal: str):
    with pytest.raises(DomainError) as refused:
        register_query(session, draft, by=COORDINATOR, now=NOON)

    assert str(refused.value) == refusal


def test_four_who_register_at_once_get_four_numbers(app: Flask, session: Session):
    together = Barrier(4)

    def register() -> None:
        with app.app_context():
            together.wait()
            with committing() as work:
                register_query(work, DRAFT, by=COORDINATOR, now=NOON)

    threads = [Thread(target=register) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = session.scalars(select(Query.number).order_by(Query.number)).all()
    assert numbers == [1, 2, 3, 4]
