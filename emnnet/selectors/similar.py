"""Answered before? Similar earlier queries and what we said then. For the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any

from sqlalchemy import column, desc, func, select, table, text
from sqlalchemy.orm import Session

from emnnet.domain.audience import Audience
from emnnet.models.national_response import NationalResponse, Paragraph
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.search_entry import SearchEntry
from emnnet.selectors.search import VECTOR, terms_query
from emnnet.words import terms, word_terms

CANDIDATES = 60  # the best of the index, looked at more closely
WORDS = 24  # of the query that are searched for
MOST = 6
ENOUGH = 0.3  # of 1, which is the same words
SHOWN_TEXT = 1_200  # characters of an earlier answer
COMMON = (
    "member state country national ncp emn query ad hoc please provide information yes"
    " explain describe specify question apply practice legislation"
)
EVERYWHERE = frozenset(terms(COMMON))
"""Words of nearly every query: they make none similar."""


@dataclass(frozen=True)
class EarlierAnswer:
    """What the office once said to one question."""

    label: str
    question: str
    text: str


@dataclass(frozen=True)
class SimilarQuery:
    """An earlier query like this one; `answers` are our own national ones."""

    query_id: int
    reference: str
    title: str
    dated: date | None
    sent_on: date | None
    likeness: float
    answers: tuple[EarlierAnswer, ...] = ()


def similar_to_query(
    session: Session, query: Query, *, most: int = MOST
) -> list[SimilarQuery]:
    """Earlier queries like a registered one, with our answers."""
    asked = " ".join(question.text for question in query.questions)
    found = similar_queries(session, query.title, asked, except_id=query.id, most=most)
    return with_answers(session, found)


def similar_queries(
    session: Session,
    title: str,
    asked: str,
    *,
    except_id: int | None = None,
    most: int = MOST,
) -> list[SimilarQuery]:
    """Queries like this title and these questions, the most alike first.

    One statement: the index gives its best candidates, they are compared here.
    """
    wanted = _wanted(title, asked)
    if not wanted:
        return []
    rows = session.execute(_candidates(session, wanted, except_id)).all()
    scored = [_similar(row, title, asked) for row in rows]
    near = [similar for similar in scored if similar.likeness >= ENOUGH]
    near.sort(key=lambda similar: (-similar.likeness, -similar.query_id))
    return near[:most]


def with_answers(session: Session, found: Sequence[SimilarQuery]) -> list[SimilarQuery]:
    """The same, each with the national answers we gave. One statement."""
    texts = _answers(session, [similar.query_id for similar in found])
    return [
        SimilarQuery(**{**vars(similar), "answers": texts.get(similar.query_id, ())})
        for similar in found
    ]


def likeness(words: set[str], others: set[str]) -> float:
    """1 for the same words, 0 for none in common."""
    if not words or not others:
        return 0.0
    return len(words & others) / sqrt(len(words) * len(others))


def subject(text: str) -> set[str]:
    """The forms of the words that say what a text is about."""
    return set(terms(text)) - EVERYWHERE


def _wanted(title: str, asked: str) -> list[str]:
    """The words to search for: the title's first, then those asked most often."""
    words = [*word_terms(title), *word_terms(asked)]
    counted: dict[frozenset[str], int] = {}
    for word in words:
        if not word & EVERYWHERE:
            counted[word] = counted.get(word, 0) + 1
    in_title = [word for word in dict.fromkeys(word_terms(title)) if word in counted]
    others = sorted(counted, key=lambda word: -counted[word])
    chosen = list(dict.fromkeys([*in_title, *others]))[:WORDS]
    return sorted({form for word in chosen for form in word})


def _candidates(session: Session, wanted: list[str], except_id: int | None) -> Any:
    base = select(
        SearchEntry.query_id,
        SearchEntry.title,
        func.substr(SearchEntry.terms, 1, 20_000).label("terms"),
        SearchEntry.dated,
        Query.year,
        Query.number,
        Query.sent_on,
    ).join(Query, Query.id == SearchEntry.query_id)
    base = base.where(
        SearchEntry.audience == Audience.OFFICE, Query.id != (except_id or 0)
    )
    if session.get_bind().dialect.name == "sqlite":
        index = table("search_index", column("rowid"), column("rank"))
        match = text("search_index MATCH :wanted").bindparams(
            wanted=" OR ".join(f'"{form}"' for form in wanted)
        )
        joined = base.join(index, index.c.rowid == SearchEntry.id).where(match)
        return joined.order_by(index.c.rank).limit(CANDIDATES)
    asked = terms_query(" | ".join(f"'{form}'" for form in wanted))
    ranked = base.where(VECTOR.op("@@", is_comparison=True)(asked))
    return ranked.order_by(desc(func.ts_rank(VECTOR, asked, 1))).limit(CANDIDATES)


def _similar(row: Any, title: str, asked: str) -> SimilarQuery:
    words = subject(f"{title} {asked}")
    shared = len(words & set(row.terms.split())) / len(words) if words else 0.0
    titles = likeness(subject(title), subject(row.title))
    return SimilarQuery(
        query_id=row.query_id,
        reference=f"{row.year}.{row.number}",
        title=row.title,
        dated=row.dated,
        sent_on=row.sent_on,
        likeness=round(0.6 * titles + 0.4 * shared, 3),
    )


def _answers(
    session: Session, query_ids: list[int]
) -> dict[int, tuple[EarlierAnswer, ...]]:
    rows = session.execute(
        select(Question.query_id, Question.label, Question.text, Paragraph.text)
        .join(NationalResponse, NationalResponse.question_id == Question.id)
        .join(Paragraph, Paragraph.response_id == NationalResponse.id)
        .where(Question.query_id.in_(query_ids))
        .order_by(Question.query_id, Question.position, Paragraph.position)
    ).all()
    paragraphs: dict[tuple[int, str, str], list[str]] = {}
    for query_id, label, question, paragraph in rows:
        paragraphs.setdefault((query_id, label, question), []).append(paragraph)
    found: dict[int, tuple[EarlierAnswer, ...]] = {}
    for (query_id, label, question), texts in paragraphs.items():
        answer = EarlierAnswer(label, question, "\n\n".join(texts)[:SHOWN_TEXT])
        found[query_id] = (*found.get(query_id, ()), answer)
    return found
