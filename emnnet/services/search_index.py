"""Keeping the search index: what each circle of readers may find of a query."""

import logging
from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from emnnet.domain.audience import Audience
from emnnet.models.contribution import Contribution
from emnnet.models.national_response import NationalResponse
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.search_entry import SearchEntry, SearchPending
from emnnet.words import terms

BATCH = 50  # queries a sweep
TITLE_MARK = "0"  # before the forms of a title: a hit there comes first

log = logging.getLogger(__name__)


def index_query(session: Session, query: Query) -> None:
    """Write the entries of a query anew, in this very transaction.

    A public entry holds what its public page shows and nothing else; it goes as
    soon as the query is not public.
    """
    session.flush()
    session.execute(delete(SearchEntry).where(SearchEntry.query_id == query.id))
    session.execute(delete(SearchPending).where(SearchPending.query_id == query.id))
    if query.deleted_at is None:
        responses = _responses(session, query)
        own = _contribution_texts(session, query)
        _add(session, query, Audience.OFFICE, [*_asked(query), *responses, *own])
        if query.is_public:
            _add(session, query, Audience.PUBLIC, _public_texts(session, query))
    session.flush()


def sweep(
    session: Session, *, limit: int = BATCH, broken: set[int] | None = None
) -> int:
    """Index the queries that wait longest; returns how many.

    One that cannot be indexed stops no other: it is logged, put into `broken`,
    passed over while it stands there, and waits for the next run.
    """
    broken = set() if broken is None else broken
    waiting = session.scalars(
        select(SearchPending.query_id)
        .where(SearchPending.query_id.not_in(broken))
        .order_by(SearchPending.since)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for query_id in waiting:
        try:
            with session.begin_nested():
                index_query(session, session.get_one(Query, query_id))
        except Exception:
            log.exception("query %d cannot be indexed", query_id)
            broken.add(query_id)
    return len(waiting)


def _add(
    session: Session, query: Query, audience: Audience, texts: Iterable[str]
) -> None:
    title, body = query.title, "\n\n".join(text for text in texts if text)
    in_title = [TITLE_MARK + form for form in terms(title)]
    found_by = [*in_title, *terms(f"{title} {query.reference} {body}")]
    entry = SearchEntry(
        query_id=query.id,
        audience=audience,
        language="en",
        title=title,
        body=body,
        terms=" ".join(found_by),
        dated=query.launched_on or query.received_at.date(),
    )
    session.add(entry)


def _asked(query: Query) -> list[str]:
    """What the asking country wrote, and how the query is known."""
    questions = [question.text for question in query.questions]
    known_as = [query.foreign_reference or "", query.printed_title, query.summary]
    tags = " ".join(tag.tag for tag in query.tags)
    return [query.background, *questions, *known_as, tags]


def _responses(session: Session, query: Query) -> list[str]:
    return [
        paragraph.text
        for response in _national(session, query)
        for paragraph in response.paragraphs
    ]


def _public_texts(session: Session, query: Query) -> list[str]:
    """The words of the public page: closed answers are not among them."""
    questions = [question.text for question in query.questions]
    open_answers = [
        paragraph.text
        for response in _national(session, query)
        if response.dissemination is not None and response.dissemination.is_open
        for paragraph in response.paragraphs
    ]
    return [query.summary, query.background, *questions, *open_answers]


def _national(session: Session, query: Query) -> Iterable[NationalResponse]:
    return session.scalars(
        select(NationalResponse)
        .join(Question, Question.id == NationalResponse.question_id)
        .where(Question.query_id == query.id)
        .options(selectinload(NationalResponse.paragraphs))
        .order_by(Question.position)
    ).all()


def _contribution_texts(session: Session, query: Query) -> list[str]:
    """The newest submitted version of each contribution, for the office only."""
    contributions = session.scalars(
        select(Contribution)
        .join(Question, Question.id == Contribution.question_id)
        .where(Question.query_id == query.id)
        .options(selectinload(Contribution.versions))
        .order_by(Contribution.id)
    )
    return [
        contribution.versions[-1].text
        for contribution in contributions
        if contribution.versions
    ]
