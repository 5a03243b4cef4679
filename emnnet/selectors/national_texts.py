"""The national text of a query with its questions and sources, in one statement."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, defer

from emnnet.domain.response_text import AnsweredQuestion, text_digest, text_mark
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.institution import Institution
from emnnet.models.national_response import (
    NationalResponse,
    Paragraph,
    ParagraphSource,
)
from emnnet.models.question import Question
from emnnet.selectors.responses import is_changed


@dataclass(frozen=True)
class NationalParagraph:
    """One paragraph; `number` counts from 1 within its question."""

    row: Paragraph
    sources: tuple[ParagraphSource, ...]
    number: int

    @property
    def mark(self) -> str:
        """Changes with the wording; to be given as `seen` with a change."""
        return text_mark(self.row.text)

    @property
    def changed_sources(self) -> list[ParagraphSource]:
        """Sources that were corrected, and nobody has compared them yet."""
        return [source for source in self.sources if is_changed(source)]


@dataclass(frozen=True)
class QuestionText:
    """A question and its national text; without a response nobody has begun."""

    question: Question
    response: NationalResponse | None
    paragraphs: tuple[NationalParagraph, ...]

    @property
    def sources(self) -> Iterator[ParagraphSource]:
        """All that the text stands on."""
        for paragraph in self.paragraphs:
            yield from paragraph.sources

    @property
    def changed(self) -> int:
        """How many sources were corrected since they were compared."""
        return sum(is_changed(source) for source in self.sources)

    @property
    def is_decided(self) -> bool:
        """Did somebody decide on wider dissemination?"""
        return self.response is not None and self.response.dissemination is not None


def question_texts(session: Session, query_id: int) -> list[QuestionText]:
    """The questions of a query in their order, each with its national text.

    Versions come without their text and contributions without their draft.
    """
    rows = session.execute(_statement(query_id))
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row[0].id, []).append(row)
    return [_question_text(group) for group in grouped.values()]


def answered(texts: Iterable[QuestionText]) -> list[AnsweredQuestion]:
    """The same text as a clearance covers it."""
    return [
        AnsweredQuestion(
            text.question.id,
            text.response.dissemination,
            tuple(paragraph.row.text for paragraph in text.paragraphs),
        )
        for text in texts
        if text.response is not None
    ]


def digest_of(texts: Iterable[QuestionText]) -> str | None:
    """The digest that a clearance of this text has; none where nothing was begun."""
    found = answered(texts)
    return text_digest(found) if found else None


def _statement(query_id: int) -> Any:
    to_body = contains_eager(Contribution.assignment).contains_eager(
        Assignment.institution
    )
    to_contribution = contains_eager(ContributionVersion.contribution).options(
        defer(Contribution.draft, raiseload=True), to_body
    )
    to_version = contains_eager(ParagraphSource.contribution_version).options(
        defer(ContributionVersion.text), to_contribution
    )
    return (
        select(Question, NationalResponse, Paragraph, ParagraphSource)
        .join(
            NationalResponse, NationalResponse.question_id == Question.id, isouter=True
        )
        .join(Paragraph, Paragraph.response_id == NationalResponse.id, isouter=True)
        .join(
            ParagraphSource, ParagraphSource.paragraph_id == Paragraph.id, isouter=True
        )
        .join(ParagraphSource.contribution_version, isouter=True)
        .join(ContributionVersion.contribution, isouter=True)
        .join(Contribution.assignment, isouter=True)
        .join(Institution, Institution.id == Assignment.institution_id, isouter=True)
        .where(Question.query_id == query_id)
        .order_by(
            Question.position, Paragraph.position, Paragraph.id, ParagraphSource.id
        )
        .options(to_version)
    )


def _question_text(rows: Sequence[Any]) -> QuestionText:
    question, response = rows[0][0], rows[0][1]
    found: dict[int, tuple[Paragraph, list[ParagraphSource]]] = {}
    for _, _, paragraph, source in rows:
        if paragraph is None:
            continue
        _, sources = found.setdefault(paragraph.id, (paragraph, []))
        if source is not None:
            sources.append(source)
    paragraphs = tuple(
        NationalParagraph(paragraph, tuple(sources), number)
        for number, (paragraph, sources) in enumerate(found.values(), start=1)
    )
    return QuestionText(question, response, paragraphs)
