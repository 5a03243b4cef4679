"""Registering queries: an own number, the text as it came, the first event."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.models.country_response import CountryResponse
from emnnet.models.intake import Intake
from emnnet.models.query import Query, QueryTag
from emnnet.models.question import Question
from emnnet.services.events import record
from emnnet.services.query_drafts import QueryDraft, QuestionDraft, RowDraft
from emnnet.services.search_pending import mark_pending

TRIES = 20  # so many may register at the same moment
NO_TITLE = _n("Give the query a title.")
NO_QUESTION = _n("A query needs at least one question.")
EMPTY_QUESTION = _n("Question %(label)s has no text. Write it, or take it out.")
REGISTERED_ALREADY = _n("This document was registered already, as query %(reference)s.")


def register_query(
    session: Session,
    draft: QueryDraft,
    *,
    by: Actor,
    now: datetime,
    intake: Intake | None = None,
    coordinator_id: int | None = None,
) -> Query:
    """Give the draft an own number within the office's year, and begin its history.

    Raises `DomainError` without a title or question, or for an intake used before.
    """
    check_draft(draft)
    if intake is not None and intake.query is not None:
        raise DomainError(REGISTERED_ALREADY, reference=intake.query.reference)
    query = _query(draft, now)
    query.coordinator_id = coordinator_id or draft.coordinator_id
    _insert_numbered(session, query)
    session.add_all(_country_rows(query, draft.rows, now))
    facts = {"reference": query.reference, "questions": len(query.questions)}
    if intake is not None:
        intake.query = query
        facts |= {"file": intake.file_name} if intake.file_name else {}
    record(session, EventKind.REGISTERED, query, by=by, now=now, **facts)
    mark_pending(session, query, now=now)
    return query


def check_draft(draft: QueryDraft) -> None:
    """Raise `DomainError` unless there is a title and every question has a text."""
    if not draft.title.strip():
        raise DomainError(NO_TITLE)
    if not draft.questions:
        raise DomainError(NO_QUESTION)
    for position, question in enumerate(draft.questions, 1):
        if not question.text.strip():
            raise DomainError(EMPTY_QUESTION, label=question.label or position)


def labelled(questions: Iterable[QuestionDraft]) -> list[tuple[int, str]]:
    """Position and label of each question: as printed, else our count."""
    return [
        (position, question.label.strip() or str(position))
        for position, question in enumerate(questions, 1)
    ]


def plain_tags(tags: Iterable[str]) -> list[str]:
    """Each tag once, without blanks around it, in the order given."""
    return list(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))


def _query(draft: QueryDraft, now: datetime) -> Query:
    return Query(
        title=draft.title.strip(),
        printed_title=draft.printed_title.strip() or draft.title.strip(),
        requester_kind=draft.requester_kind,
        requester_code=draft.requester_code or None,
        requester_printed=draft.requester_printed.strip(),
        originator=draft.originator or None,
        launched_on=draft.launched_on,
        reply_by=draft.reply_by,
        compiled_on=draft.compiled_on,
        background=draft.background,
        summary=draft.summary,
        stated_total=draft.stated_total,
        theme_id=draft.theme_id,
        foreign_reference=draft.foreign_reference or None,
        received_at=now,
        year=office_day(now).year,
        questions=_questions(draft.questions),
        tags=[QueryTag(tag=tag) for tag in plain_tags(draft.tags)],
    )


def _questions(drafts: tuple[QuestionDraft, ...]) -> list[Question]:
    return [
        Question(
            position=position,
            label=label,
            text=draft.text.strip(),
            depth=draft.depth,
            condition=draft.condition or None,
        )
        for draft, (position, label) in zip(drafts, labelled(drafts), strict=True)
    ]


def _insert_numbered(session: Session, query: Query) -> None:
    """Take the next number; whoever took it a moment before is passed over."""
    for tries_left in reversed(range(TRIES)):
        highest = select(func.max(Query.number)).where(Query.year == query.year)
        query.number = (session.scalar(highest) or 0) + 1
        try:
            with session.begin_nested():
                session.add(query)
        except IntegrityError:
            if not tries_left:
                raise
        else:
            return


def _country_rows(
    query: Query, rows: Iterable[RowDraft], now: datetime
) -> list[CountryResponse]:
    return [
        CountryResponse(
            query_id=query.id,
            country=row.country,
            dissemination=row.dissemination,
            text=row.text,
            received_at=now,
        )
        for row in {row.country: row for row in rows}.values()
    ]
