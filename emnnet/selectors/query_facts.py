"""The facts that decide where queries stand: one statement for any number of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Dissemination
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.query_lifecycle import QueryFacts, QueryStatus, query_status
from emnnet.domain.response_text import AnsweredQuestion, text_digest
from emnnet.models.clearance import Clearance, ClearanceOutcome
from emnnet.models.contribution import Contribution
from emnnet.models.national_response import NationalResponse, Paragraph
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.selectors.reading import Reading, Rows, Selection

LIVE = and_(Contribution.role != CellRole.INFORMED, Contribution.released_at.is_(None))
SAID = and_(
    Contribution.declined_at.is_(None),
    Contribution.latest_number > Contribution.returned_number,
)
OWED = and_(
    LIVE,
    Contribution.declined_at.is_(None),
    Contribution.latest_number <= Contribution.returned_number,
)
DECLINED = and_(LIVE, Contribution.declined_at.is_not(None))
"""The same rules as `domain/lifecycle`, for counting in the data base."""

COVERING = {ClearanceOutcome.APPROVED, ClearanceOutcome.EXCEPTION}


def has_text() -> ColumnElement[bool]:
    """The condition that a question has a national answer.

    A subquery with a limit is asked for each question by its index. PostgreSQL makes
    a table of all paragraphs there are out of an EXISTS.
    """
    first = (
        select(Paragraph.id)
        .join(NationalResponse, NationalResponse.id == Paragraph.response_id)
        .where(NationalResponse.question_id == Question.id)
        .limit(1)
    )
    return first.scalar_subquery().is_not(None)


def query_facts(session: Session, query_ids: Collection[int]) -> dict[int, QueryFacts]:
    """The facts of some queries, by id, in one statement."""
    return facts_reading(query_ids).take(session)


def facts_reading(query_ids: Collection[int]) -> Reading[dict[int, QueryFacts]]:
    """The same, to be read together with other things."""
    cleared = select(Clearance.query_id).where(Clearance.query_id.in_(query_ids))

    def made(counts: Rows, clearances: Rows, texts: Rows) -> dict[int, QueryFacts]:
        latest = {row.query_id: row for row in sorted(clearances, key=_id)}
        digests = {id_: text_digest(found) for id_, found in _answered(texts).items()}
        return {row.id: _facts(row, latest, digests) for row in counts}

    selections = _counts(query_ids), _clearances(query_ids), _texts(cleared)
    return Reading(selections, made)


def _id(row: Any) -> int:
    return int(row.id)


def get_query_facts(session: Session, query: Query) -> QueryFacts:
    """The facts of one query."""
    return query_facts(session, [query.id])[query.id]


def status_of(session: Session, query: Query) -> QueryStatus:
    """Where one query stands."""
    return query_status(get_query_facts(session, query))


def text_digests(session: Session, query_ids: Collection[int]) -> dict[int, str]:
    """The digest of the national text of each query as it stands now."""
    answered = answered_questions(session, query_ids)
    return {query_id: text_digest(answers) for query_id, answers in answered.items()}


def answered_questions(
    session: Session, query_ids: Collection[int]
) -> dict[int, list[AnsweredQuestion]]:
    """The national text of each query as it stands now, in one statement."""
    return Reading((_texts(query_ids),), _answered).take(session) if query_ids else {}


def _texts(query_ids: Collection[int] | Select[int]) -> Selection:
    return (
        select(
            Question.query_id,
            Question.id,
            NationalResponse.dissemination,
            Paragraph.position,
            Paragraph.id.label("paragraph"),
            Paragraph.text,
        )
        .join(NationalResponse, NationalResponse.question_id == Question.id)
        .join(Paragraph, Paragraph.response_id == NationalResponse.id, isouter=True)
        .where(Question.query_id.in_(query_ids))
    )


def _answered(rows: Rows) -> dict[int, list[AnsweredQuestion]]:
    texts: dict[int, dict[tuple[int, Dissemination | None], list[str]]]
    texts = defaultdict(dict)
    for row in sorted(rows, key=_place):
        key = (row.id, row.dissemination)
        paragraphs = texts[row.query_id].setdefault(key, [])
        if row.text is not None:
            paragraphs.append(row.text)
    return {
        query_id: [
            AnsweredQuestion(question_id, dissemination, tuple(paragraphs))
            for (question_id, dissemination), paragraphs in answers.items()
        ]
        for query_id, answers in texts.items()
    }


def _place(row: Any) -> tuple[int, int, int, int]:
    return row.query_id, row.id, row.position or 0, row.paragraph or 0


def _counts(query_ids: Collection[int]) -> Select[Any]:
    """A row for each query: its moments, and what was asked, owed and written."""
    cells, questions = _cells(query_ids), _questions(query_ids)
    return (
        select(
            Query.id,
            Query.sent_on,
            Query.closed_at,
            Query.withdrawn_at,
            Query.deleted_at,
            cells.c.asked,
            cells.c.owed,
            questions.c.questions,
            questions.c.answered,
            questions.c.refused,
        )
        .join(cells, cells.c.query_id == Query.id, isouter=True)
        .join(questions, questions.c.query_id == Query.id, isouter=True)
        .where(Query.id.in_(query_ids))
    )


def _cells(query_ids: Collection[int]) -> Subquery:
    return (
        select(
            Question.query_id,
            func.count(case((LIVE, 1))).label("asked"),
            func.count(case((OWED, 1))).label("owed"),
        )
        .join(Contribution, Contribution.question_id == Question.id)
        .where(Question.query_id.in_(query_ids))
        .group_by(Question.query_id)
        .subquery()
    )


def _questions(query_ids: Collection[int]) -> Subquery:
    return (
        select(
            Question.query_id,
            func.count().label("questions"),
            func.count(case((has_text(), 1))).label("answered"),
            func.count(case((and_(_all_declined(), ~has_text()), 1))).label("refused"),
        )
        .where(Question.query_id.in_(query_ids))
        .group_by(Question.query_id)
        .subquery()
    )


def _all_declined() -> Any:
    declined = exists().where(Contribution.question_id == Question.id, DECLINED)
    others = exists().where(
        Contribution.question_id == Question.id,
        LIVE,
        Contribution.declined_at.is_(None),
    )
    return and_(declined, ~others)


def _clearances(query_ids: Collection[int]) -> Selection:
    return select(
        Clearance.id, Clearance.query_id, Clearance.digest, Clearance.outcome
    ).where(Clearance.query_id.in_(query_ids))


def _facts(
    row: Any, clearances: Mapping[int, Any], digests: dict[int, str]
) -> QueryFacts:
    clearance = clearances.get(row.id)
    covers = clearance is not None and clearance.digest == digests.get(row.id)
    outcome = clearance.outcome if clearance and covers else None
    return QueryFacts(
        asked=row.asked or 0,
        owed=row.owed or 0,
        refused_questions=row.refused or 0,
        questions=row.questions or 0,
        answered_questions=row.answered or 0,
        clearance_asked=covers and outcome is None,
        cleared=outcome in COVERING,
        sent_on=row.sent_on,
        closed_at=row.closed_at,
        withdrawn_at=row.withdrawn_at,
        deleted_at=row.deleted_at,
    )
