"""Search finds word forms of both languages, and betrays nothing."""

from datetime import date

import pytest
from sqlalchemy import select

from emnnet.domain.audience import Audience, Dissemination
from emnnet.jobs.search import Swept, sweep_search
from emnnet.models.national_response import NationalResponse, Paragraph
from emnnet.models.search_entry import SearchEntry
from emnnet.selectors.search import search, waiting_to_be_indexed
from emnnet.services import search_index
from emnnet.services.search_index import index_query, sweep
from emnnet.services.search_pending import mark_pending
from tests.builders import a_query
from tests.conftest import NOON


def answered(session, query, text, dissemination=Dissemination.YES):
    """Give the first question of a query a national response."""
    response = NationalResponse(
        question_id=query.questions[0].id, dissemination=dissemination
    )
    session.add(response)
    session.flush()
    session.add(
        Paragraph(
            response_id=response.id,
            position=1,
            text=text,
            saved_at=NOON,
            saved_by="Coordinator",
        )
    )
    session.commit()


def indexed(session, query):
    index_query(session, query)
    session.commit()


def titles(session, wanted, audience=Audience.OFFICE):
    found = search(session, wanted, audience)
    return ["".join(piece.text for piece in hit.title) for hit in found.hits]


@pytest.mark.parametrize(
    "wanted",
    ["užsieniečių", "uzsienieciu", "UŽSIENIEČIAMS", "reunification", "reunifications"],
)
def test_word_is_found_in_any_form(session, wanted):
    query = a_query(session, title="Family reunification")
    answered(session, query, "Taikoma visiems užsieniečiams.")
    indexed(session, query)
    assert titles(session, wanted) == ["Family reunification"]


def test_hit_in_the_title_comes_before_a_newer_hit_in_the_text(session):
    older = a_query(session, title="Detention", launched_on=date(2020, 1, 1))
    newer = a_query(session, title="Return", launched_on=date(2025, 1, 1))
    answered(session, newer, "Detention is the last resort.")
    for query in (older, newer):
        indexed(session, query)
    assert titles(session, "detention") == ["Detention", "Return"]


def test_h01_closed_answer_is_found_by_the_office_only(session):
    query = a_query(session, published_at=NOON)
    answered(session, query, "A canaryword stands here.", Dissemination.NO)
    indexed(session, query)
    assert titles(session, "canaryword") == ["Family reunification"]
    assert titles(session, "canaryword", Audience.NETWORK) == []
    assert titles(session, "canaryword", Audience.PUBLIC) == []


def test_unpublished_query_is_not_found_by_visitors(session):
    query = a_query(session)
    indexed(session, query)
    assert search(session, "reunification", Audience.PUBLIC).total == 0


def test_h05_taking_a_query_back_clears_the_index_at_once(session):
    query = a_query(session, published_at=NOON)
    indexed(session, query)
    assert titles(session, "reunification", Audience.PUBLIC) == ["Family reunification"]

    query.unpublished_at = NOON
    indexed(session, query)

    assert titles(session, "reunification", Audience.PUBLIC) == []


def test_j06_index_follows_the_commit(session):
    query = a_query(session)
    index_query(session, query)
    session.rollback()
    assert session.scalars(select(SearchEntry)).all() == []

    mark_pending(session, query, now=NOON)
    session.commit()
    assert (waiting_to_be_indexed(session), titles(session, "family")) == (1, [])

    assert sweep(session) == 1
    session.commit()
    assert (waiting_to_be_indexed(session), len(titles(session, "family"))) == (0, 1)


@pytest.mark.parametrize(
    "wanted",
    [
        '"',
        "'",
        "* OR",
        "a AND (",
        "NEAR(",
        "\x00quota",
        "-",
        ":*",
        "x" * 10_000,
        "%_\\",
    ],
)
def test_strange_signs_break_nothing(session, wanted):
    indexed(session, a_query(session))
    assert search(session, wanted, Audience.PUBLIC).total == 0


def test_page_of_hits_knows_the_total(session):
    for _ in range(5):
        indexed(session, a_query(session))
    found = search(session, "family", Audience.OFFICE, page=2, per_page=2)
    assert (len(found.hits), found.total) == (2, 5)


def test_j06_sweeper_takes_all_that_waits(app, session):
    for _ in range(3):
        mark_pending(session, a_query(session), now=NOON)
    session.commit()
    assert sweep_search(app) == Swept(indexed=3)
    session.rollback()
    assert len(titles(session, "family")) == 3


def test_b11_one_query_that_cannot_be_indexed_stops_no_other(
    app, session, monkeypatch, caplog
):
    queries = [a_query(session) for _ in range(3)]
    for query in queries:
        mark_pending(session, query, now=NOON)
    session.commit()
    broken, real = queries[0].id, search_index.index_query

    def breaks(session, query):
        if query.id == broken:
            raise LookupError("no such form")
        real(session, query)

    with monkeypatch.context() as patch:
        patch.setattr(search_index, "index_query", breaks)
        assert sweep_search(app) == Swept(indexed=2, broken=1)
    assert f"query {broken} cannot be indexed" in caplog.text
    assert sweep_search(app) == Swept(indexed=1)  # the next run tries again
