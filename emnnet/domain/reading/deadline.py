"""By when replies are wanted: a field of the form, or a sentence."""

import re
from datetime import date, timedelta

from emnnet.domain.reading import landmarks as marks
from emnnet.domain.reading.dates import WrittenDate, find_date, written_dates
from emnnet.domain.reading.manuscript import Manuscript
from emnnet.domain.reading.sentences import sentences
from emnnet.domain.reading.values import Found, Sureness

LONGEST_TERM = timedelta(days=400)
FAR_BEFORE, FAR_BEHIND = 300, 120  # characters of a sentence around a date
BEHIND_FIELD = 45  # characters within which a field's date stands
BLANK = (
    r"\s*(?:the\s+)?"
    r"(?:end\s+of\s+|close\s+of\s+business\s*,?\s*|COB\s+|noon\s+|midday\s+)?"
)
BY = re.compile(
    r"\b(?:by|before|until|till|than|latest\s+(?:by|on)|due\s+(?:on|by)?|deadline\b[^.]{0,40}?"
    rf"(?:\bis|:|\bon|\bof)|at\s+the\s+latest\s+(?:by|on)){BLANK}(?:\(?on\s+)?"
    r"(?:(?:the\s+)?\d{1,2}[.:]\d{2}\s*(?:h|CET|CEST|hrs)?\s*,?\s*(?:on\s+)?)?$",
    re.I,
)
ABOUT_REPLIES = re.compile(
    r"\b(?:repl(?:y|ies|ied|ying)|respon(?:d|ds|ding)|(?<!in )responses?|answers?"
    r"|feedback|contributions?"
    r"|inputs?|deadline|latest|(?:submit|send|return)\s+(?:us|them|it|your|the)|return\s+(?:it|this|the\s+(?:form|template|table))"
    r"|grateful|appreciat\w+|hear\s+from|thank\s*ful|provide\s+(?:us|your))\b",
    re.I,
)
ABOUT_LAWS = re.compile(
    r"\b(?:transpos\w+|adopt\w*|implement\w*|entered|enters?|into\s+force|appl(?:y|ies|ied)"
    r"|ratif\w+|amend\w*|expire[sd]?|valid|issued|born|arriv\w+|establish\w*|lodged|registered"
    r"|appeal\w*|reside\w*)\b",
    re.I,
)


def read_deadline(
    script: Manuscript, launched: date | None, parts: list[tuple[int, int]]
) -> tuple[Found[date] | None, WrittenDate | None]:
    """The day replies are wanted by; and the words, where they make no full date.

    `parts` are searched for a field first, then for a sentence. A date without a year
    takes the first after `launched`, and is unsure.
    """
    unresolved: WrittenDate | None = None
    for finder in (_fields, _sentences):
        for start, end in parts:
            for written, sureness in finder(script.text, start, end):
                found = _resolved(script, written, sureness, launched)
                if found:
                    return found, None
                if launched is None and written.year is None:
                    unresolved = unresolved or written
    return None, unresolved


def _resolved(
    script: Manuscript, written: WrittenDate, sureness: Sureness, launched: date | None
) -> Found[date] | None:
    day = written.on()
    if day is None and launched and written.year is None:
        day, sureness = written.after(launched), Sureness.UNSURE
    if day is None:
        return None
    if launched and not launched <= day <= launched + LONGEST_TERM:
        return None
    return script.found(day, written.start, written.end, sureness)


def _fields(text: str, start: int, end: int) -> list[tuple[WrittenDate, Sureness]]:
    found = []
    for match in marks.REPLY_FIELD.finditer(text, start, end):
        limit = min(match.end() + BEHIND_FIELD, end)
        stop = re.search(
            r"\bCompil|\bResponses\s+from|\n\s*\n", text[match.end() : limit]
        )
        limit = match.end() + stop.start() if stop else limit
        written = find_date(text, match.end(), limit)
        if written and not re.search(r"[.?!]\s", text[match.end() : written.start]):
            found.append((written, written.sureness))
    return found


def _sentences(text: str, start: int, end: int) -> list[tuple[WrittenDate, Sureness]]:
    found = []
    for first, last in sentences(text, start, end):
        for written in written_dates(text, first, last):
            if _is_wanted_by(text, first, last, written):
                found.append((written, Sureness.LIKELY))
    return found


def _is_wanted_by(text: str, first: int, last: int, written: WrittenDate) -> bool:
    before = text[max(first, written.start - FAR_BEFORE) : written.start]
    after = text[written.end : min(last, written.end + FAR_BEHIND)]
    by = BY.search(before)
    if by is None:
        return bool(re.match(r"\s*,?\s*at\s+the\s+latest", after))
    if re.match(r"\s*,?\s*(?:at\s+the\s+)?latest\b", after, re.I) or "eadline" in by[0]:
        return True
    asked = list(ABOUT_REPLIES.finditer(before))
    if not asked:
        return bool(re.match(r"\s*(?:would|will|is)\b.*appreciat", after, re.I | re.S))
    return not ABOUT_LAWS.search(before[asked[-1].end() : by.start()])
