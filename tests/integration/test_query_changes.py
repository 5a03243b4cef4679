"""Changing, relating, withdrawing and deleting a query."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, StaleVersion
from emnnet.models.event import Event
from emnnet.models.query import Query, QueryRelation, RelationKind, RequesterKind
from emnnet.models.question import FormerQuestion
from emnnet.services.query_changes import change_query, relate, unrelate
from emnnet.services.query_drafts import QueryDraft, QuestionDraft
from tests.builders import COORDINATOR, a_query, an_assignment

LATER = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)
WHO = {"by": COORDINATOR, "now": LATER}


def as_draft(query: Query) -> QueryDraft:
    """What the form holds before anybody types."""
    return QueryDraft(
        title=query.title,
        printed_title=query.printed_title,
        requester_kind=RequesterKind.NCP,
        requester_code="NL",
        requester_printed="NL EMN NCP",
        launched_on=query.launched_on,
        reply_by=query.reply_by,
        questions=tuple(
            QuestionDraft(row.label, row.text, question_id=row.id)
            for row in query.questions
        ),
    )


def test_saving_what_is_there_changes_nothing(session: Session):
    query = a_query(session, questions=2)

    change_query(session, query, as_draft(query), version=1, **WHO)
    session.commit()

    assert query.version == 1
    assert session.scalar(select(func.count(Event.id))) == 0


def test_the_history_says_what_stood_there_before(session: Session):
    query = a_query(session)
    draft = replace(as_draft(query), reply_by=date(2026, 4, 17), background="New.")

    change_query(session, query, draft, version=1, **WHO)
    session.commit()

    event = session.scalars(select(Event)).one()
    assert event.facts == {
        "reply_by": ["2026-04-10", "2026-04-17"],
        "background": "changed",
    }
    assert query.version > 1


def test_the_second_of_two_who_save_is_told(session: Session):
    query = a_query(session)
    draft = replace(as_draft(query), title="Family unity")
    change_query(session, query, draft, version=1, **WHO)
    session.commit()

    with pytest.raises(StaleVersion):
        change_query(session, query, as_draft(query), version=1, **WHO)

    assert query.title == "Family unity"


def test_g03_the_old_wording_of_a_corrected_question_is_kept(session: Session):
    query = a_query(session, questions=3)
    first, second, third = query.questions
    was, untouched = second.text, (first.text, third.text)
    texts = list(as_draft(query).questions)
    texts[1] = replace(texts[1], text="How many, by year?")

    change_query(
        session,
        query,
        replace(as_draft(query), questions=tuple(texts)),
        version=1,
        **WHO,
    )
    session.commit()

    kept = session.scalars(select(FormerQuestion)).one()
    assert (kept.question_id, kept.number, kept.text) == (second.id, 1, was)
    assert (second.text, second.number) == ("How many, by year?", 2)
    assert (first.text, third.text) == untouched
    assert session.scalars(select(Event.kind)).all() == ["question_corrected"]
    assert query.version > 1


def test_questions_change_places_and_one_comes_between(session: Session):
    query = a_query(session, questions=2)
    one, two = as_draft(query).questions
    drafts = (two, QuestionDraft("1a", "And since when?", depth=1), one)

    change_query(
        session, query, replace(as_draft(query), questions=drafts), version=1, **WHO
    )
    session.commit()

    assert [question.label for question in query.questions] == ["2", "1a", "1"]
    assert [question.position for question in query.questions] == [1, 2, 3]
    facts = session.scalars(select(Event)).one().facts
    assert facts == {"questions_added": 1}


def test_a_question_that_was_asked_stays(session: Session):
    query = a_query(session, questions=2)
    an_assignment(session, query=query)
    fewer = replace(as_draft(query), questions=as_draft(query).questions[:1])

    with pytest.raises(DomainError, match="put to institutions already"):
        change_query(session, query, fewer, version=1, **WHO)


def test_a_question_nobody_was_asked_can_go(session: Session):
    query = a_query(session, questions=2)
    fewer = replace(as_draft(query), questions=as_draft(query).questions[1:])

    change_query(session, query, fewer, version=1, **WHO)
    session.commit()

    assert [question.label for question in query.questions] == ["2"]


def test_a_query_is_related_once_and_not_to_itself(session: Session):
    query, earlier = a_query(session), a_query(session)
    relation = relate(session, query, earlier, RelationKind.UPDATE, **WHO)

    with pytest.raises(DomainError, match="recorded already"):
        relate(session, query, earlier, RelationKind.UPDATE, **WHO)
    with pytest.raises(DomainError, match="not related to itself"):
        relate(session, query, query, RelationKind.PART, **WHO)
    unrelate(session, relation, **WHO)
    session.commit()

    assert session.scalars(select(QueryRelation)).all() == []
