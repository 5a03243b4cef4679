"""Who should answer which question: a proposal with its reasons in words.

Nothing here is sent: the coordinator ticks what is right. Only partners of the network
on the day are proposed; others that are competent are named beside the proposal.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from emnnet.domain.candidates import AskedQuestion, Candidate, EarlierAnswer
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.network import Level
from emnnet.domain.question_themes import (
    COUNTING,
    QueryWords,
    QuestionTheme,
    ThemeWords,
    question_themes,
)
from emnnet.domain.routing_reasons import Evidence, evidence, parts_in, reasons_for

MOST, LEAST_PART = 6, 0.2
OUTSIDE_SHARE = 0.2
FALLBACK = "miscellaneous"


@dataclass(frozen=True)
class Suggestion:
    """A body, the part it should have, how strongly (0 to 1), and why."""

    institution: str
    role: CellRole
    score: float
    reasons: tuple[Message, ...]


@dataclass(frozen=True)
class RoutingProposal:
    """For one question: its themes, whom to ask, and who is competent but outside."""

    label: str
    text: str
    themes: tuple[QuestionTheme, ...]
    suggestions: tuple[Suggestion, ...]
    outside: tuple[Message, ...]


@dataclass(frozen=True)
class _Scored:
    candidate: Candidate
    score: float
    reasons: tuple[Message, ...]
    counts: bool


def suggest(
    questions: Sequence[AskedQuestion],
    candidates: Sequence[Candidate],
    themes: Sequence[ThemeWords],
    earlier: Sequence[EarlierAnswer] = (),
    *,
    query: QueryWords,
    on: date,
) -> tuple[RoutingProposal, ...]:
    """Propose for each question who leads and who contributes, the best first.

    `on` is the day of asking, `query` what stands around the questions. Of two bodies
    for which as much speaks, the one that comes first among the candidates is first.
    """
    asked = [one for one in candidates if one.may_be_asked(on)]
    known = evidence(asked, earlier, on)
    texts = [question.wording for question in questions]
    proposals = []
    found = question_themes(texts, query, themes)
    for question, themes_found in zip(questions, found, strict=True):
        about = themes_found or _fallback(themes)
        scored = [_scored(one, question, about, known) for one in asked]
        proposals.append(
            RoutingProposal(
                label=question.label,
                text=question.text,
                themes=about,
                suggestions=_ranked(scored),
                outside=tuple(_outside(candidates, question, about, on)),
            )
        )
    return tuple(proposals)


def _fallback(themes: Iterable[ThemeWords]) -> tuple[QuestionTheme, ...]:
    """No word names a theme: the one for what fits nowhere."""
    return tuple(
        QuestionTheme(theme.slug, theme.name, 1.0, (), is_own=False)
        for theme in themes
        if theme.slug == FALLBACK
    )


def _scored(
    candidate: Candidate,
    question: AskedQuestion,
    about: Sequence[QuestionTheme],
    known: Evidence,
) -> _Scored:
    found = reasons_for(candidate, question, about, known)
    counts = any(
        theme.slug == COUNTING and theme.is_own and part.level is Level.LEAD
        for theme, part in parts_in(candidate, about, known.on)
    )
    return _Scored(candidate, found.score, found.words, counts)


def _ranked(scored: Iterable[_Scored]) -> tuple[Suggestion, ...]:
    """The best few, and whoever is to deliver the numbers that are asked for."""
    best = sorted((one for one in scored if one.reasons), key=lambda one: -one.score)
    kept = [
        one
        for place, one in enumerate(best)
        if one.counts or (place < MOST and one.score >= LEAST_PART * best[0].score)
    ]
    return tuple(
        Suggestion(
            institution=one.candidate.institution,
            role=CellRole.CONTRIBUTES if place else CellRole.LEAD,
            score=round(one.score, 3),
            reasons=one.reasons,
        )
        for place, one in enumerate(kept)
    )


def _outside(
    candidates: Iterable[Candidate],
    question: AskedQuestion,
    about: Sequence[QuestionTheme],
    on: date,
) -> Iterator[Message]:
    """Bodies that exist and are competent, but are not asked: who should know them."""
    main = [theme for theme in about if theme.share >= OUTSIDE_SHARE]
    for one in candidates:
        if one.may_be_asked(on) or not one.existed.holds(on):
            continue
        named = bool(question.wording.shared_with(one.function))
        for theme, part in parts_in(one, main, on)[:1]:
            if part.level is Level.LEAD or named:
                text = (
                    _n("%(name)s is competent too (%(theme)s): it coordinates")
                    if one.is_coordinator
                    else _n("%(name)s is competent (%(theme)s) but outside the network")
                )
                yield message(text, name=one.name, theme=theme.name)
