"""What visitors read: published queries, rendered for a circle of readers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.audience import (
    Audience,
    Dissemination,
    may_read,
)
from emnnet.models.assignment import Assignment
from emnnet.models.attachment import Attachment
from emnnet.models.contribution import Contribution
from emnnet.models.country_response import CountryResponse
from emnnet.models.national_response import NationalResponse, Paragraph
from emnnet.models.query import Query, QueryRelation
from emnnet.models.question import Question
from emnnet.models.stored_file import StoredFile
from emnnet.selectors.reading import Reading, Rows, Selection

ASKED: BindParameter[int] = bindparam("query_id")
IS_PUBLIC = Query.published_at.is_not(None) & Query.unpublished_at.is_(None)


@dataclass(frozen=True)
class Annex:
    """A file that is published with an answer."""

    id: int
    name: str
    size: int
    media_type: str


@dataclass(frozen=True)
class Answer:
    """The national answer to one question as a circle of readers may see it."""

    label: str
    question: str
    depth: int
    condition: str | None
    paragraphs: tuple[str, ...]
    closed: bool

    @property
    def is_given(self) -> bool:
        """Is there an answer, open or closed?"""
        return self.closed or bool(self.paragraphs)


@dataclass(frozen=True)
class PublishedQuery:
    """One query with the answers that the reader may see."""

    id: int
    reference: str
    title: str
    summary: str
    background: str
    requester_code: str | None
    requester_printed: str
    launched_on: date | None
    sent_on: date | None
    published_at: datetime | None
    theme_en: str | None
    theme_lt: str | None
    answers: tuple[Answer, ...]
    annexes: tuple[Annex, ...]
    closed_annexes: int
    countries: tuple[str, ...]
    related: tuple[tuple[str, str], ...]  # reference and title

    @property
    def closed_answers(self) -> int:
        """How many answers are not disseminated further."""
        return sum(answer.closed for answer in self.answers)


def find_reference(session: Session, reference: str) -> Query | None:
    """The query of a reference such as 2026.12, published or not."""
    year, _, number = reference.partition(".")
    if not (year.isdecimal() and number.isdecimal() and len(reference) < 16):
        return None
    return session.scalar(
        select(Query)
        .where(Query.year == int(year), Query.number == int(number))
        .options(joinedload(Query.theme))
    )


def as_published(session: Session, query: Query, audience: Audience) -> PublishedQuery:
    """The query as that circle reads it: closed answers keep their row, not a word.

    One statement, where the theme was loaded with the query.
    """

    def made(*rows: Rows) -> PublishedQuery:
        return _rendered(query, audience, *rows)

    return Reading(_selections(), made, {"query_id": query.id}).take(session)


@lru_cache
def _selections() -> tuple[Selection, ...]:
    return _answers(), _files(), _countries(), _related()


def _rendered(
    query: Query,
    audience: Audience,
    answers: Rows,
    files: Rows,
    countries: Rows,
    related: Rows,
) -> PublishedQuery:
    theme = query.theme
    shown = [row for row in files if audience.includes(row.audience)]
    tied = sorted(related, key=lambda row: (row.year, row.number, row.title))
    return PublishedQuery(
        id=query.id,
        reference=query.reference,
        title=query.title,
        summary=query.summary,
        background=query.background,
        requester_code=query.requester_code,
        requester_printed=query.requester_printed,
        launched_on=query.launched_on,
        sent_on=query.sent_on,
        published_at=query.published_at,
        theme_en=theme.name_en if theme else None,
        theme_lt=theme.name_lt if theme else None,
        answers=_rendered_answers(answers, audience),
        annexes=tuple(
            Annex(row.id, row.safe_name, row.size, row.media_type)
            for row in sorted(shown, key=lambda row: int(row.id))
        ),
        closed_annexes=len(files) - len(shown),
        countries=tuple(sorted(row.country for row in countries)),
        related=tuple((f"{row.year}.{row.number}", row.title) for row in tied),
    )


def find_public_annex(
    session: Session, query: Query, attachment_id: int
) -> Attachment | None:
    """A file that visitors may fetch now: published with a published query."""
    if not query.is_public:
        return None
    return session.scalar(
        attached_files(query).where(
            Attachment.id == attachment_id, Attachment.audience == Audience.PUBLIC
        )
    )


def public_annexes(session: Session, query: Query) -> Sequence[Attachment]:
    """All files that visitors may fetch with a published query."""
    if not query.is_public:
        return []
    wanted = attached_files(query).where(Attachment.audience == Audience.PUBLIC)
    return session.scalars(wanted.order_by(Attachment.id)).all()


def national_answers(
    session: Session, query: Query, audience: Audience
) -> tuple[Answer, ...]:
    """The answers in the order of the questions; a closed one without a word."""

    def made(rows: Rows) -> tuple[Answer, ...]:
        return _rendered_answers(rows, audience)

    return Reading((_answers(),), made, {"query_id": query.id}).take(session)


@lru_cache
def _answers() -> Selection:
    return (
        select(
            Question.id,
            Question.position,
            Question.label,
            Question.text.label("question"),
            Question.depth,
            Question.condition,
            NationalResponse.dissemination,
            Paragraph.position.label("place"),
            Paragraph.id.label("paragraph"),
            Paragraph.text,
        )
        .join(
            NationalResponse, NationalResponse.question_id == Question.id, isouter=True
        )
        .join(Paragraph, Paragraph.response_id == NationalResponse.id, isouter=True)
        .where(Question.query_id == ASKED)
    )


def _rendered_answers(rows: Rows, audience: Audience) -> tuple[Answer, ...]:
    said: dict[int, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.place or 0, row.paragraph or 0)):
        if row.text is not None:
            said[row.id].append(row.text)
    questions = {row.id: row for row in sorted(rows, key=lambda row: row.position)}
    return tuple(_answer(row, said[id_], audience) for id_, row in questions.items())


def _answer(question: Any, paragraphs: list[str], audience: Audience) -> Answer:
    readable = may_read(question.dissemination or Dissemination.NO, audience)
    return Answer(
        label=question.label,
        question=question.question,
        depth=question.depth,
        condition=question.condition,
        paragraphs=tuple(paragraphs) if readable else (),
        closed=bool(paragraphs) and not readable,
    )


def attached_files(query: Query) -> Select[Attachment]:
    """The files that came with answers handed in, and those published by hand."""
    wanted = select(Attachment).options(joinedload(Attachment.stored_file))
    return wanted.where(Attachment.id.in_(_of(query.id)))


def _files() -> Selection:
    columns = (
        Attachment.id,
        Attachment.safe_name,
        Attachment.audience,
        StoredFile.size,
        StoredFile.media_type,
    )
    wanted = select(*columns).join(Attachment.stored_file)
    return wanted.where(Attachment.id.in_(_of(ASKED)))


def _of(query_id: Any) -> Select[int]:
    """The files that came with answers to a query, or were published with it."""
    return (
        select(Attachment.id)
        .join(Contribution, Contribution.id == Attachment.contribution_id)
        .join(Assignment, Assignment.id == Contribution.assignment_id)
        .where(
            Assignment.query_id == query_id,
            Attachment.removed_at.is_(None),
            or_(Contribution.latest_number > 0, Attachment.audience == Audience.PUBLIC),
        )
    )


def _countries() -> Selection:
    return (
        select(CountryResponse.country)
        .where(CountryResponse.query_id == ASKED)
        .distinct()
    )


def _related() -> Selection:
    """The published queries tied to this one."""
    other = or_(
        and_(QueryRelation.query_id == ASKED, Query.id == QueryRelation.earlier_id),
        and_(QueryRelation.earlier_id == ASKED, Query.id == QueryRelation.query_id),
    )
    return (
        select(Query.title, Query.year, Query.number)
        .join(QueryRelation, other)
        .where(IS_PUBLIC)
        .distinct()
    )
