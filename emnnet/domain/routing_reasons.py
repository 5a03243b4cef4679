"""What speaks for asking a body, as a number and in words.

Four things are weighed: its competence for the themes of the question, words of the
question that stand in its functions, what it answered before, and its present load.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from emnnet.domain.candidates import (
    AskedQuestion,
    Candidate,
    Competent,
    EarlierAnswer,
)
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.network import Level
from emnnet.domain.question_themes import QuestionTheme
from emnnet.domain.wording import Word

LEVELS = {Level.LEAD: 1.0, Level.CONTRIBUTING: 0.4}
SCOPE = 0.15  # the question is on the side of the theme that the body works on
FUNCTION, FUNCTION_MOST = 0.12, 0.18
MEMORY_MOST, MEMORY_ENOUGH, ALIKE = 0.3, 3.0, 0.35
FEWEST_FORMS = 4  # about three words
LOAD, LOAD_MOST = 0.005, 0.05
MOST_POSSIBLE = LEVELS[Level.LEAD] + SCOPE + FUNCTION_MOST + MEMORY_MOST
WORDS_SHOWN = 4


@dataclass(frozen=True)
class Reasons:
    """How much speaks for a body (0 to 1), and what."""

    score: float
    words: tuple[Message, ...]


@dataclass(frozen=True)
class Evidence:
    """What is the same for all questions of one proposal: the day, the past, rarity."""

    on: date
    earlier: Mapping[str, Sequence[EarlierAnswer]]
    bodies_with: Mapping[str, int]


def evidence(
    candidates: Iterable[Candidate], earlier: Sequence[EarlierAnswer], on: date
) -> Evidence:
    """Count in how many functions each word stands: a rare word says more."""
    counts = Counter(form for one in candidates for form in one.function.forms)
    by_body: dict[str, list[EarlierAnswer]] = {}
    for answer in earlier:
        by_body.setdefault(answer.institution, []).append(answer)
    return Evidence(on, by_body, counts)


def reasons_for(
    candidate: Candidate,
    question: AskedQuestion,
    about: Sequence[QuestionTheme],
    known: Evidence,
) -> Reasons:
    """All that speaks for asking this body this question."""
    parts = [
        _by_competence(candidate, question, about, known.on),
        _by_function(candidate, question, known),
        _by_memory(candidate, question, known),
    ]
    score = sum(part.score for part in parts)
    words = [word for part in parts for word in part.words]
    if words and candidate.open_cells is not None:
        score -= min(LOAD * candidate.open_cells, LOAD_MOST)
        text = _n("open questions at present: %(count)d")
        words.append(message(text, count=candidate.open_cells))
    return Reasons(max(score, 0.0) / MOST_POSSIBLE, tuple(words))


def parts_in(
    candidate: Candidate, about: Sequence[QuestionTheme], on: date
) -> list[tuple[QuestionTheme, Competent]]:
    """The themes of the question that the body is competent for on the day."""
    return [
        (theme, part)
        for theme in about
        for part in candidate.competences
        if part.theme == theme.slug and part.period.holds(on)
    ]


def _by_competence(
    candidate: Candidate,
    question: AskedQuestion,
    about: Sequence[QuestionTheme],
    on: date,
) -> Reasons:
    parts = parts_in(candidate, about, on)
    score = sum(
        theme.share
        * (
            LEVELS[part.level]
            + SCOPE * bool(part.wording.shared_with(question.wording))
        )
        for theme, part in parts
    )
    return Reasons(score, tuple(_competence(theme, part) for theme, part in parts))


def _competence(theme: QuestionTheme, part: Competent) -> Message:
    lead = part.level is Level.LEAD
    if theme.words:
        text = (
            _n("leads on %(theme)s; words that speak for it: %(words)s")
            if lead
            else _n("contributes to %(theme)s; words that speak for it: %(words)s")
        )
    else:
        text = (
            _n("leads on %(theme)s; the query as a whole speaks for it")
            if lead
            else _n("contributes to %(theme)s; the query as a whole speaks for it")
        )
    name = f"{theme.name} ({part.scope.rstrip('.')})" if part.scope else theme.name
    return message(text, theme=name, words=theme.words[:WORDS_SHOWN])


def _by_function(
    candidate: Candidate, question: AskedQuestion, known: Evidence
) -> Reasons:
    shared = question.wording.shared_with(candidate.function)
    telling = sorted(shared, key=lambda word: _spread(word, known))
    score = sum(FUNCTION / _spread(word, known) for word in telling)
    if not telling or score < FUNCTION / 4:
        return Reasons(0.0, ())
    text = _n("words of the question that stand in its functions: %(words)s")
    words = tuple(word.text for word in telling[:WORDS_SHOWN])
    return Reasons(min(score, FUNCTION_MOST), (message(text, words=words),))


def _spread(word: Word, known: Evidence) -> int:
    return max(known.bodies_with.get(form, 1) for form in word.forms)


def _by_memory(
    candidate: Candidate, question: AskedQuestion, known: Evidence
) -> Reasons:
    alike = [
        answer
        for answer in known.earlier.get(candidate.institution, ())
        if _likeness(question.wording.forms, answer.forms) >= ALIKE
    ]
    if not alike:
        return Reasons(0.0, ())
    in_time = sum(answer.in_time for answer in alike)
    enough = min(len(alike) / MEMORY_ENOUGH, 1.0)
    punctual = 0.5 + 0.5 * in_time / len(alike)
    text = _n("answered similar questions before: %(count)d, in time: %(in_time)d")
    reason = message(text, count=len(alike), in_time=in_time)
    return Reasons(MEMORY_MOST * enough * punctual, (reason,))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared forms in relation to the shorter text (0 to 1); too few say nothing."""
    shared, least = len(one & other), min(len(one), len(other))
    return shared / least if shared >= FEWEST_FORMS else 0.0
