"""The questions: numbered, nested, conditional, or one after the other without a "
"number."""

import re
from bisect import bisect_left, bisect_right

from emnnet.domain.reading.asking import IMPERATIVE, INTERROGATIVE, Asking
from emnnet.domain.reading.conditions import read_condition
from emnnet.domain.reading.labels import labels
from emnnet.domain.reading.lines import hard_breaks
from emnnet.domain.reading.manuscript import Manuscript, flat, trimmed
from emnnet.domain.reading.numbering import Item, numbered
from emnnet.domain.reading.outline import Span
from emnnet.domain.reading.sentences import sentences
from emnnet.domain.reading.values import ReadQuestion, Sureness

LEAD_IN = re.compile(r"\s*[^.?!:]{0,300}:\s+(?=\S)")
LOOSE_CONDITION = re.compile(
    r"(?<=[^\s.?!:;,(\"'\u201c\u2018-])\s+(?=If\s+(?:yes|no|so|not)\b(?:\s+to\s+Q\w*\s?\d{1,2})?\s*[,:])"
)
FOLLOW_UP = re.compile(
    r"\s*(?:[(\[]|(?:if\s+(?:yes|so|no|not|applicable)\s*,\s*)?please\s+(?:also\s+)?(?:include|specify"
    r"|elaborate|explain|provide|give|note|see|answer|attach|refer|add|mention|clarify|detail)\b"
    r"|e\.g\.|for\s+example|for\s+instance|note\b|yes\b|no\b|why\b|and\b|or\b)",
    re.I,
)
SHORTEST = 3  # words of a question that stands alone


def read_questions(
    script: Manuscript, asking: Asking | None
) -> tuple[ReadQuestion, ...]:
    """The questions in their order; by their numbers, else sentence by sentence."""
    if asking is None:
        return ()
    items = numbered(labels(script.text, asking.span.start, asking.span.end))
    if items:
        return _by_number(script, items, asking)
    return _by_sentence(script, asking)


def _by_number(
    script: Manuscript, items: list[Item], asking: Asking
) -> tuple[ReadQuestion, ...]:
    ends = [item.label.start for item in items[1:]] + [asking.span.end]
    questions: list[ReadQuestion] = []
    conditions: list[str | None] = []
    for item, end in zip(items, ends, strict=True):
        start, end = trimmed(script.text, item.label.end, end)
        text = flat(script.text[start:end])
        own = read_condition(text)
        del conditions[item.depth :]
        conditions += [None] * (item.depth - len(conditions)) + [own]
        if not text:
            continue
        inherited = next((c for c in reversed(conditions) if c), None)
        questions.append(
            ReadQuestion(
                label=item.number,
                text=text,
                depth=item.depth,
                condition=own or inherited,
                passage=script.passage(item.label.start, end),
                sureness=asking.sureness,
            )
        )
    return tuple(questions)


def _by_sentence(script: Manuscript, asking: Asking) -> tuple[ReadQuestion, ...]:
    text, span = script.text, asking.span
    lead_in = LEAD_IN.match(text, span.start, span.end)
    start = span.start
    if lead_in and not INTERROGATIVE.match(lead_in[0]):
        start = lead_in.end()
    parts = _parts(text, start, span.end)
    return tuple(
        ReadQuestion(
            label=str(number),
            text=flat(text[part.start : part.end]),
            depth=0,
            condition=read_condition(flat(text[part.start : part.end])),
            passage=script.passage(part.start, part.end),
            sureness=max(asking.sureness, Sureness.LIKELY, key=list(Sureness).index),
        )
        for number, part in enumerate(parts, start=1)
    )


def _parts(text: str, start: int, end: int) -> list[Span]:
    """One part a question: its sentence, what leads up to it and what adds to it."""
    parts: list[Span] = []
    waiting: int | None = None
    breaks = hard_breaks(text)
    for first, last in _pieces(text, start, end, breaks):
        words = text[first:last]
        alone = _begins_line(breaks, text, first) if parts else True
        if _is_question(words, alone=alone, previous=_words(text, parts)):
            parts.append(Span(first if waiting is None else waiting, last))
            waiting = None
        elif parts and (waiting is None and FOLLOW_UP.match(words)):
            parts[-1] = Span(parts[-1].start, last)
        elif waiting is None:
            waiting = first
    if parts and waiting is not None:
        parts[-1] = Span(parts[-1].start, trimmed(text, waiting, end)[1])
    return parts


def _words(text: str, parts: list[Span]) -> str:
    return text[parts[-1].start : parts[-1].end] if parts else ""


def _pieces(
    text: str, start: int, end: int, breaks: list[int]
) -> list[tuple[int, int]]:
    """Sentences, also cut at the writer's line ends and before a loose "If yes, "."""
    cuts = {match.start() for match in LOOSE_CONDITION.finditer(text, start, end)}
    cuts |= set(breaks[bisect_left(breaks, start) : bisect_right(breaks, end)])
    pieces = []
    for first, last in sentences(text, start, end):
        at = first
        for cut in sorted(cut for cut in cuts if first < cut < last):
            pieces.append(trimmed(text, at, cut))
            at = cut
        pieces.append(trimmed(text, at, last))
    return [(first, last) for first, last in pieces if last > first]


def _begins_line(breaks: list[int], text: str, start: int) -> bool:
    at = bisect_left(breaks, start)
    return at > 0 and not text[breaks[at - 1] : start].strip()


def _is_question(words: str, *, alone: bool, previous: str) -> bool:
    if len(words.split()) < SHORTEST and previous:
        return False
    if words.rstrip(")]\"'\u201d ").endswith("?"):
        return not re.match(r"\s*[(\[]", words) or alone
    if FOLLOW_UP.match(words):
        return False
    if IMPERATIVE.match(words):
        return alone or "?" not in previous
    return bool(INTERROGATIVE.match(words)) and not words.rstrip().endswith(".")
