"""Where the asking begins: under its heading, or without one."""

import re
from dataclasses import dataclass
from itertools import islice

from emnnet.domain.reading import landmarks as marks
from emnnet.domain.reading.labels import Kind, Label, labels
from emnnet.domain.reading.outline import Outline, Span
from emnnet.domain.reading.sentences import sentences
from emnnet.domain.reading.values import Sureness

_WH = r"(?:what|which|who|whom|whose|when|where|why|how)"
INTERROGATIVE = re.compile(
    r"[\"'\u201c\u2018(\s]*(?:(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
    rf"|may|must|{_WH})\b|(?:in|to|under|for|by|on|at|from|with|through|according\s+to|during|based\s+on)\s+"
    rf"(?:and\s+)?{_WH}\b|(?:if|in\s+case|where)\b[^.?]{{2,250}}?\b(?:{_WH}|please|is|are|do|does|can"
    r"|has|have|could)\b)",
    re.I,
)
IMPERATIVE = re.compile(
    r"[\"'\u201c\s]*(?:(?:if\s+(?:yes|so|no|not|applicable)\s*,\s*)?(?:please|kindly)\b|(?:could|can|would)"
    r"\s+you\b|(?:describe|list|indicate|specify|explain|provide|state|give|name|outline|share)\s)",
    re.I,
)
LEAD_IN = re.compile(
    r"\b(?:following|below|know|ask(?:ing)?|questions?|quer(?:y|ies)|answers?|learn|information"
    r"|find\s+out|interested|clarif\w+|respond|reply|issues|topics|points)\b[^.?!]*:\s*\Z",
    re.I,
)
LEAD_IN_WITHIN = re.compile(
    r"(?:following\s+(?:\w+\s+){0,2}questions?|following\s+(?:information|points|issues)|would\s+like"
    r"\s+to\s+(?:know|ask|learn)|(?:answer|ask|know)\s+(?:\w+\s+){0,3}following)[^.?!]{0,120}:\s*",
    re.I,
)
CLOSING = re.compile(
    r"(?:^|(?<=[.?!:] )|(?<=[.?!:]\n))[ \t]*(?:(?:We|I)\s+(?:would|will|shall"
    r"|should)\s+(?:\w+\s+){0,3}"
    r"(?:appreciate|be\s+(?:\w+\s+)?(?:grateful|thankful|obliged))\b[^.?]{0,200}?\b(?:repl|respon|answer"
    r"|input|contribut|feedback)"
    r"|Please\s+(?:send|return|submit|reply|respond|provide\s+(?:us\s+with\s+)?your\s+(?:answers?|repl"
    r"|respon)|upload|note\s+that\s+the\s+deadline"
    r"|(?:also\s+)?(?:indicate|state|specify)\b[^.?\n]{0,80}\bdisseminat)"
    r"|(?:Reply|Replies|Responses?|Answers?)\s+(?:requested|required|due)\b|Deadline\b"
    r"|\d{1,2}\s+(?:Member\s+States|countries)\b|Should\s+you\s+(?:have|need)"
    r"|(?:The\s+)?(?:EMN\s+)?NCPs\s+are\s+kindly\s+(?:asked|requested|invited)\b(?![^.?!]*:)"
    r"|For\s+(?:any\s+)?(?:further|more|additional)\s+(?:questions|information"
    r"|clarif)|In\s+case\s+of\s+(?:any\s+)?questions|Your\s+(?:\w+\s+){0,2}(?:repl|respon|answer|cooperat))",
    re.M,
)

SHORTEST = 3  # words of a question
MOST_LABELS = 500  # among which the first question must stand


@dataclass(frozen=True)
class Asking:
    """Where the questions stand, and how sure that is."""

    span: Span
    background_end: int
    sureness: Sureness


def find_asking(text: str, outline: Outline, body: Span) -> Asking | None:
    """The part of the body that asks."""
    if outline.heading and outline.heading.start >= body.start:
        start, sureness = outline.heading.end, Sureness.SURE
        background_end = outline.heading.start
    elif outline.respondents:
        return None
    else:
        begins = _without_heading(text, body)
        if begins is None:
            return None
        start, sureness = begins
        background_end = start
    return Asking(Span(start, _end(text, start, body.end)), background_end, sureness)


def asks(words: str) -> bool:
    """Does this read as a question, or as a request to answer?"""
    return "?" in words or bool(INTERROGATIVE.match(words) or IMPERATIVE.match(words))


def _end(text: str, start: int, end: int) -> int:
    """Where thanks and greetings begin."""
    endings = (marks.SIGN_OFF, marks.SECOND_DISCLAIMER, CLOSING)
    found = (pattern.search(text, start + 1, end) for pattern in endings)
    return min([end, *(match.start() for match in found if match)])


def _without_heading(text: str, body: Span) -> tuple[int, Sureness] | None:
    first = _first_label(text, body)
    if first is not None:
        return first, Sureness.LIKELY
    lead_ins = list(LEAD_IN_WITHIN.finditer(text, body.start, body.end))
    if lead_ins and asks(text[lead_ins[-1].end() : body.end]):
        return lead_ins[-1].end(), Sureness.LIKELY
    return _first_question(text, body)


def _first_label(text: str, body: Span) -> int | None:
    """The first "1." (or "a)", or bullet) whose item asks, or that a lead-in "
    "announces."""
    found = list(islice(labels(text, body.start, body.end), MOST_LABELS))
    for at, label in enumerate(found):
        if not _opens_list(label):
            continue
        announced = LEAD_IN.search(
            text[max(body.start, label.start - 300) : label.start]
        )
        item = text[label.end : _next_start(found, at, body.end)].strip()
        if asks(item) or (announced and label.kind is Kind.DECIMAL):
            return label.start
        if item.endswith(":") and _asks_below(text, found, at, body.end):
            return label.start
    return None


def _asks_below(text: str, found: list[Label], at: int, end: int) -> bool:
    """Does the first item under a heading like "1. Checks:" ask?"""
    below = next((i for i in range(at + 1, len(found)) if found[i].stands_well), None)
    if below is None or found[below].kind is found[at].kind:
        return False
    return asks(text[found[below].end : _next_start(found, below, end)].strip())


def _opens_list(label: Label) -> bool:
    if not label.stands_well or label.value != 1 or label.kind is Kind.ROMAN:
        return False
    if label.kind is Kind.DOTTED:
        return label.parent == 1
    return label.kind is not Kind.UPPER or label.at_line_start


def _next_start(found: list[Label], at: int, end: int) -> int:
    """Where the next item begins; a label that does not stand well begins none."""
    places = range(at + 1, len(found))
    following = (found[i].start for i in places if found[i].stands_well)
    return next(following, end)


def _first_question(text: str, body: Span) -> tuple[int, Sureness] | None:
    for start, end in sentences(text, body.start, body.end):
        words = text[start:end].rstrip(")\"'\u201d ")
        if words.endswith("?") and len(words.split()) >= SHORTEST:
            return start, Sureness.UNSURE
    return None
