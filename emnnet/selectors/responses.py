"""Reading national responses: paragraphs, sources, and what changed under them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from emnnet.domain.audience import Dissemination, strictest
from emnnet.domain.consolidation import PieceUse, Taken, uses
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.national_response import (
    NationalResponse,
    Paragraph,
    ParagraphSource,
)
from emnnet.models.query import Query
from emnnet.models.question import Question

TO_CONTRIBUTION = (
    selectinload(NationalResponse.paragraphs)
    .selectinload(Paragraph.sources)
    .joinedload(ParagraphSource.contribution_version)
    .joinedload(ContributionVersion.contribution)
)
TO_SOURCE = (
    TO_CONTRIBUTION.joinedload(Contribution.assignment).joinedload(
        Assignment.institution
    ),
    TO_CONTRIBUTION.selectinload(Contribution.versions),
)


@dataclass(frozen=True)
class ChangedSource:
    """A paragraph whose source was corrected after it was taken over."""

    question_label: str
    paragraph_id: int
    source_id: int
    institution: str
    used: int  # number of the version that was taken over
    newest: int


def responses(session: Session, query: Query) -> dict[int, NationalResponse]:
    """The national responses of a query with paragraphs and sources, by question id."""
    rows = session.scalars(
        select(NationalResponse)
        .join(Question, Question.id == NationalResponse.question_id)
        .where(Question.query_id == query.id)
        .options(*TO_SOURCE)
    )
    return {row.question_id: row for row in rows}


def find_response(session: Session, question_id: int) -> NationalResponse | None:
    """The national response to a question, once somebody began it."""
    return session.scalar(
        select(NationalResponse)
        .where(NationalResponse.question_id == question_id)
        .options(*TO_SOURCE)
    )


def find_paragraph(session: Session, paragraph_id: int) -> Paragraph | None:
    """A paragraph with its response and question."""
    return session.scalar(
        select(Paragraph)
        .where(Paragraph.id == paragraph_id)
        .options(
            joinedload(Paragraph.response).joinedload(NationalResponse.question),
            selectinload(Paragraph.sources),
        )
    )


def proposed_dissemination(response: NationalResponse) -> Dissemination:
    """What the strictest used source allows; the office's own text alone is closed."""
    return strictest(allowed_by(source) for source in _sources(response))


def sources_allow(response: NationalResponse) -> Dissemination:
    """What the sources used so far allow; everything where there are none."""
    return strictest(
        [Dissemination.YES, *(allowed_by(source) for source in _sources(response))]
    )


def allowed_by(source: ParagraphSource) -> Dissemination:
    """The strictest that its institution has said since the version that was used."""
    used = source.contribution_version
    return strictest(
        version.dissemination
        for version in used.contribution.versions
        if version.number >= used.number
    )


def allowed_before(source: ParagraphSource) -> Dissemination:
    """What its institution had allowed when somebody last compared the two."""
    used = source.contribution_version
    return strictest(
        version.dissemination
        for version in used.contribution.versions
        if used.number <= version.number <= source.seen_number
    )


def is_changed(source: ParagraphSource) -> bool:
    """Is there a newer version of the contribution that nobody compared with yet?"""
    contribution = source.contribution_version.contribution
    return contribution.latest_number > source.seen_number


def changed_sources(
    found: Sequence[NationalResponse], labels: dict[int, str]
) -> list[ChangedSource]:
    """All paragraphs that stand on a version that was corrected meanwhile."""
    return [
        ChangedSource(
            question_label=labels[response.question_id],
            paragraph_id=paragraph.id,
            source_id=source.id,
            institution=source.contribution_version.contribution.assignment.institution.short,
            used=source.contribution_version.number,
            newest=source.contribution_version.contribution.latest_number,
        )
        for response in found
        for paragraph in response.paragraphs
        for source in paragraph.sources
        if is_changed(source)
    ]


def used_quotes(response: NationalResponse | None) -> dict[int, set[str]]:
    """What was taken over from each contribution: its id, and the quotes."""
    used: dict[int, set[str]] = {}
    for paragraph in response.paragraphs if response else ():
        for source in paragraph.sources:
            contribution_id = source.contribution_version.contribution_id
            used.setdefault(contribution_id, set()).add(source.quote)
    return used


def taken_from(sources: Iterable[ParagraphSource]) -> dict[int, list[Taken]]:
    """What was taken over, by the id of the contribution it was taken from."""
    found: dict[int, list[Taken]] = {}
    for source in sources:
        version = source.contribution_version
        one = Taken(source.id, source.quote, version.number, source.seen_number)
        found.setdefault(version.contribution_id, []).append(one)
    return found


def piece_uses(
    response: NationalResponse | None,
    contribution_id: int,
    pieces: Sequence[str],
    newest: int,
) -> tuple[PieceUse, ...]:
    """What became of the paragraphs of an answer in this national response."""
    taken = taken_from(_sources(response)) if response else {}
    return uses(pieces, newest, taken.get(contribution_id, []))


def _sources(response: NationalResponse) -> Iterator[ParagraphSource]:
    for paragraph in response.paragraphs:
        yield from paragraph.sources
