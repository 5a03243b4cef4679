"""The fields above the disclaimer: who asked when, by when, compiled when, the "
"theme."""

import re
from dataclasses import dataclass

from emnnet.domain.reading import landmarks as marks
from emnnet.domain.reading.dates import WrittenDate, find_date
from emnnet.domain.reading.outline import Outline, Span

LONGEST_FIELD = 300
ASKED_ON = re.compile(r"requested\s+on\b", re.I)
BY = re.compile(r"\s*,?\s*(?:by|from)\s+", re.I)
LEFTOVER = re.compile(
    r"[\s,;:\u2013-]*(?:\b(?:on|dated|date)\b)?[\s,;:(\[\u2013-]*$", re.I
)
NEXT_FIELD = re.compile(r"(?<=\S)[ \t]*\n[ \t]*[A-Z][\w /-]{2,40}:.*", re.S)
BLANK = re.compile(r"\[\s*\]|\(\s*\)|_{2,}|\.{3,}|\bXX\b|\bdd[./-]mm\b.*", re.I)
LAUNCHED = re.compile(
    r"^[ \t]*(?:(?:date\s+(?:of\s+)?(?:launch(?:ed)?|request(?:ed)?|issue)"
    r"|launch(?:ed)?\s+date"
    r"|launched(?:\s+on)?|date\s+of\s+the\s+(?:query|request)|requested\s+on)\s*:?)"
    r"|\blaunched\s+on\b",
    re.I | re.M,
)

LAUNCHED_AT_ALL = re.compile(
    rf"{LAUNCHED.pattern}|\b(?:launched|issued|initiated)\s+by\s+[^.\n]{{2,60}}?\s+on\b",
    re.I | re.M,
)
FAR = 4000  # characters of a letter in which it says when the query was launched


@dataclass(frozen=True)
class Header:
    """The parts of the line "Requested by ... on ..." and the lines beside it."""

    requester: Span | None
    launched: WrittenDate | None
    theme: Span | None
    compiled: WrittenDate | None
    compiled_blank: bool
    end: int


def read_header(text: str, outline: Outline) -> Header:
    """Take the header of the form apart."""
    requester, launched, theme, end = _asked(text, outline)
    if launched is None:
        launched = _launched_elsewhere(text, outline)
    compiled, blank, compiled_end = _compiled(text, outline.header)
    return Header(requester, launched, theme, compiled, blank, max(end, compiled_end))


def _asked(
    text: str, outline: Outline
) -> tuple[Span | None, WrittenDate | None, Span | None, int]:
    match = outline.requested
    if match is None:
        return None, None, None, 0
    end = _field_end(text, match.end(), outline)
    day = find_date(text, match.end(), end)
    if ASKED_ON.match(text, match.start()) and day:
        by = BY.match(text, day.end)
        return _part(text, by.end() if by else day.end, end), day, None, end
    if day:
        return _part(text, match.end(), day.start), day, _part(text, day.end, end), end
    return _part(text, match.end(), end), None, None, end


def _field_end(text: str, start: int, outline: Outline) -> int:
    """Where the next field begins, or the paragraph ends."""
    limit = min(start + LONGEST_FIELD, outline.header.end)
    patterns = (
        marks.REPLY_FIELD,
        marks.COMPILED,
        marks.RESPONSES_FROM,
        marks.DISCLAIMER,
    )
    ends = [match.start() for p in patterns if (match := p.search(text, start, limit))]
    if not ends and limit < outline.header.end:
        ends = [at for at in [text.find("\n\n", start, limit)] if at > 0]
    return min([limit, *ends])


def _part(text: str, start: int, end: int) -> Span | None:
    """The words between two fields, without what joins them."""
    part = BLANK.sub(lambda m: " " * len(m[0]), text[start:end])
    part = LEFTOVER.sub("", NEXT_FIELD.sub("", part))
    lead = len(part) - len(part.lstrip(" \n\t,;:.)]-\u2013"))
    return (
        Span(start + lead, start + len(part))
        if part.strip(" \n\t,;:.)]-\u2013")
        else None
    )


def _launched_elsewhere(text: str, outline: Outline) -> WrittenDate | None:
    """The day in "Launched on: ..."; without a form also in a letter's sentence."""
    pattern = LAUNCHED if outline.requested else LAUNCHED_AT_ALL
    end = outline.header.end if outline.requested else min(len(text), FAR)
    for match in pattern.finditer(text, 0, end):
        day = find_date(text, match.end(), min(match.end() + 40, end))
        if day:
            return day
    return None


def _compiled(text: str, header: Span) -> tuple[WrittenDate | None, bool, int]:
    match = marks.COMPILED.search(text, header.start, header.end)
    if match is None:
        return None, False, 0
    start = match.end()
    stop = marks.RESPONSES_FROM.search(text, start, header.end)
    end = min(start + 60, stop.start() if stop else header.end)
    day = find_date(text, start, end)
    return day, day is None, day.end if day else start
