"""The national response of a query, cut to what its reader may see, ready to leave."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from babel import Locale
from babel.dates import format_date

from emnnet.documents.response import (
    CountryRow,
    FormQuestion,
    QuestionAnswer,
    ResponseDocument,
)
from emnnet.domain.audience import (
    CLOSED_SENTENCE,
    Audience,
    Dissemination,
    may_read,
    strictest,
)
from emnnet.domain.disclaimer import DISCLAIMER
from emnnet.domain.markdown_text import paragraphs
from emnnet.models.contribution import ContributionVersion
from emnnet.models.query import Query
from emnnet.selectors.national_texts import QuestionText

TITLE = "EMN Ad-Hoc Query on {title}"  # as the compilations print it
TERRITORIES = {"EL": "GR", "UK": "GB"}  # the codes of the EMN as CLDR has them


def national_document(
    query: Query,
    texts: Sequence[QuestionText],
    *,
    country: str,
    audience: Audience,
    generated_at: datetime,
    show_sources: bool = False,
    annexes: Iterable[ContributionVersion] = (),
) -> ResponseDocument:
    """The response in the form of the EMN, with our one row.

    `country` is an EMN code, `generated_at` is aware. Below the office a closed answer
    is the fixed sentence, sources are not named, and late answers are no annexes.
    """
    inside = audience is Audience.OFFICE
    row = _row(texts, country_name(country), audience)
    if inside and not row.closed:
        late = tuple(_annex(version) for version in annexes)
        row = CountryRow(row.country, row.wider_dissemination, row.answers + late)
    return ResponseDocument(
        title=TITLE.format(title=query.title),
        reference=query.reference,
        foreign_reference=query.foreign_reference or "",
        requested_by=query.requester_printed,
        requested_on=query.launched_on,
        reply_by=query.reply_by,
        background=query.background,
        questions=tuple(
            FormQuestion(one.question.label, one.question.text, one.question.depth)
            for one in texts
        ),
        rows=(row,),
        disclaimer=DISCLAIMER.text,
        generated_at=generated_at,
        show_sources=show_sources and inside,
    )


def country_name(code: str) -> str:
    """The English name of a country by its EMN code; the code where none is known."""
    names = Locale.parse("en").territories
    return str(names.get(TERRITORIES.get(code, code), code))


def row_dissemination(texts: Iterable[QuestionText]) -> Dissemination:
    """Of the whole row: the strictest of its answers; undecided ones are closed."""
    return strictest(decided(text) for text in texts if text.paragraphs)


def decided(text: QuestionText) -> Dissemination:
    """What was decided for one answer; NO where nobody did."""
    response = text.response
    return (response.dissemination if response else None) or Dissemination.NO


def _row(texts: Sequence[QuestionText], country: str, audience: Audience) -> CountryRow:
    written = [text for text in texts if text.paragraphs]
    readable = [text for text in written if may_read(decided(text), audience)]
    allowed = row_dissemination(texts)
    if written and not readable:
        return CountryRow(country, allowed, closed=True)
    mixed = len({decided(text) for text in written}) > 1
    answers = tuple(_answer(text, audience, mixed=mixed) for text in texts)
    return CountryRow(country, allowed, answers)


def _answer(text: QuestionText, audience: Audience, *, mixed: bool) -> QuestionAnswer:
    label, question = text.question.label, text.question.text
    if text.paragraphs and not may_read(decided(text), audience):
        return QuestionAnswer(label, question, (CLOSED_SENTENCE,))
    noted = mixed and bool(text.paragraphs) and audience is Audience.OFFICE
    return QuestionAnswer(
        label=label,
        question=question,
        paragraphs=tuple(one.row.text for one in text.paragraphs),
        sources=_sources(text) if audience is Audience.OFFICE else (),
        note=_note(decided(text)) if noted else "",
    )


def _note(dissemination: Dissemination) -> str:
    word = "Yes" if dissemination.is_open else "No"
    return f"Wider dissemination of this answer: {word}"


def _sources(text: QuestionText) -> tuple[str, ...]:
    named = (_source(source.contribution_version) for source in text.sources)
    return tuple(dict.fromkeys(named))


def _source(version: ContributionVersion) -> str:
    body = version.contribution.assignment.institution
    day = format_date(version.submitted_at.date(), "long", locale="en_GB")
    return f"{body.name_en}, version {version.number} of {day}"


def _annex(version: ContributionVersion) -> QuestionAnswer:
    question = version.contribution.question
    return QuestionAnswer(
        label=f"Annex to {question.label}",
        question=question.text,
        paragraphs=tuple(paragraphs(version.text)),
        sources=(_source(version),),
        note="Received after the response was written.",
    )
