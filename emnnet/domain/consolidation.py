"""Consolidating: where each question stands, and what became of what partners gave."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from emnnet.domain.word_changes import closest


class QuestionState(StrEnum):
    """Where the national text of one question stands."""

    UNASKED = "unasked"  # nobody was asked, nothing is written
    WAITING = "waiting"  # nothing is in yet
    REFUSED = "refused"  # all who were asked declined
    TO_WRITE = "to_write"  # answers are in, no national text
    SOURCE_CHANGED = "source_changed"
    UNDECIDED = "undecided"  # written; nobody decided on wider dissemination
    COMPLETE = "complete"


@dataclass(frozen=True)
class QuestionFacts:
    """All that decides the state of a question."""

    is_written: bool = False
    is_decided: bool = False
    changed_sources: int = 0
    asked: int = 0
    given: int = 0  # answers with a text
    declined: int = 0


def question_state(facts: QuestionFacts) -> QuestionState:
    """Where the question stands; what blocks it most is told first."""
    if facts.is_written:
        return _written(facts)
    if facts.given:
        return QuestionState.TO_WRITE
    if not facts.asked:
        return QuestionState.UNASKED
    refused = facts.declined == facts.asked
    return QuestionState.REFUSED if refused else QuestionState.WAITING


def _written(facts: QuestionFacts) -> QuestionState:
    if facts.changed_sources:
        return QuestionState.SOURCE_CHANGED
    return QuestionState.COMPLETE if facts.is_decided else QuestionState.UNDECIDED


class Use(StrEnum):
    """What became of one paragraph of a contribution."""

    NOT_YET = "not_yet"
    USED = "used"
    CORRECTS = "corrects"  # the new wording of a paragraph in the national text
    PASSED_OVER = "passed_over"  # somebody looked at it and kept the earlier wording


@dataclass(frozen=True)
class Taken:
    """A paragraph that the national text took from a contribution."""

    source_id: int
    quote: str
    number: int  # of the version it was taken from
    seen: int  # the newest version somebody compared it with


@dataclass(frozen=True)
class PieceUse:
    """What became of a paragraph, and by which source it is tied to the text."""

    use: Use = Use.NOT_YET
    source_id: int | None = None


def uses(
    pieces: Sequence[str], newest: int, taken: Collection[Taken]
) -> tuple[PieceUse, ...]:
    """What became of each paragraph of the newest version, in its order."""
    found = [PieceUse()] * len(pieces)
    for one in taken:
        here = closest(one.quote, pieces)
        if here is None or found[here].use is Use.USED:
            continue
        use = _use(one, pieces[here], newest)
        found[here] = PieceUse(use, one.source_id) if use else found[here]
    return tuple(found)


def _use(one: Taken, piece: str, newest: int) -> Use | None:
    if piece == one.quote:
        return Use.USED
    if one.number == newest:
        return None  # alike by chance: it was taken from this very version
    return Use.CORRECTS if one.seen < newest else Use.PASSED_OVER
