"""What visitors read: published queries, rendered for a circle of readers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, literal, or_, select, text, union
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
    """The query as that circle reads it: closed answers keep their row, not a word."""
    theme = query.theme
    annexes, closed = _annexes(session, query, audience)
    countries, related = _beside(session, query)
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
        answers=national_answers(session, query, audience),
        annexes=annexes,
        closed_annexes=closed,
        countries=countries,
        related=related,
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
    rows = session.execute(
        select(Question, NationalResponse.dissemination, Paragraph.text)
        .join(
            NationalResponse, NationalResponse.question_id == Question.id, isouter=True
        )
        .join(Paragraph, Paragraph.response_id == NationalResponse.id, isouter=True)
        .where(Question.query_id == query.id)
        .order_by(Question.position, Paragraph.position, Paragraph.id)
    ).all()
    said: dict[int, list[str]] = defaultdict(list)
    decided: dict[int, tuple[Question, Dissemination | None]] = {}
    for question, dissemination, words in rows:
        decided[question.id] = (question, dissemination)
        if words is not None:
            said[question.id].append(words)
    return tuple(
        _answer(question, dissemination, said[id_], audience)
        for id_, (question, dissemination) in decided.items()
    )


def _answer(
    question: Question,
    decided: Dissemination | None,
    paragraphs: list[str],
    audience: Audience,
) -> Answer:
    readable = may_read(decided or Dissemination.NO, audience)
    return Answer(
        label=question.label,
        question=question.text,
        depth=question.depth,
        condition=question.condition,
        paragraphs=tuple(paragraphs) if readable else (),
        closed=bool(paragraphs) and not readable,
    )


def attached_files(query: Query) -> Select[Attachment]:
    """The files that came with answers handed in, and those published by hand."""
    return (
        select(Attachment)
        .join(Contribution, Contribution.id == Attachment.contribution_id)
        .join(Assignment, Assignment.id == Contribution.assignment_id)
        .where(
            Assignment.query_id == query.id,
            Attachment.removed_at.is_(None),
            or_(Contribution.latest_number > 0, Attachment.audience == Audience.PUBLIC),
        )
        .options(joinedload(Attachment.stored_file))
    )


def _annexes(
    session: Session, query: Query, audience: Audience
) -> tuple[tuple[Annex, ...], int]:
    """The files this circle may fetch, and how many there are besides."""
    found = session.scalars(attached_files(query).order_by(Attachment.id)).all()
    shown = [row for row in found if audience.includes(row.audience)]
    annexes = tuple(
        Annex(row.id, row.safe_name, row.stored_file.size, row.stored_file.media_type)
        for row in shown
    )
    return annexes, len(found) - len(shown)


def _beside(
    session: Session, query: Query
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The countries that took part, and the published queries tied to this one."""
    countries = select(
        literal("country"), CountryResponse.country, literal(0), literal(0)
    ).where(CountryResponse.query_id == query.id)
    other = or_(
        and_(QueryRelation.query_id == query.id, Query.id == QueryRelation.earlier_id),
        and_(QueryRelation.earlier_id == query.id, Query.id == QueryRelation.query_id),
    )
    related = (
        select(literal("related"), Query.title, Query.year, Query.number)
        .join(QueryRelation, other)
        .where(IS_PUBLIC)
    )
    rows = session.execute(union(countries, related).order_by(text("1, 3, 4, 2"))).all()
    return (
        tuple(name for kind, name, _, _ in rows if kind == "country"),
        tuple((f"{y}.{n}", title) for kind, title, y, n in rows if kind == "related"),
    )
