"""The title: the line as printed, and without the prefixes that users repeat."""

import re
from dataclasses import dataclass, replace

from emnnet.domain.reading import landmarks as marks
from emnnet.domain.reading.lines import hard_breaks, next_hard_break
from emnnet.domain.reading.manuscript import Manuscript, flat, trimmed
from emnnet.domain.reading.outline import Outline
from emnnet.domain.reading.values import Found, Sureness

LONGEST, FAR = 400, 3000
_SIGN, _DIGITS = r"\s+(?:no\.?\s*|nr\.?\s*|#)?", r"\d{1,4}(?:\.\d{1,3})?\.?"
_AFTER = r"(?=\s+on\b|\s*[:\u2013-])"
_NUMBER = rf"(?:{_SIGN}{_DIGITS}{_AFTER})?"
_PART = r"(?:\s*\((?:part\s+)?\d+(?:\s*(?:of|/)\s*\d+)?\)|\s+part\s+\d+(?=\s+on\b))?"
_LINK = (
    r"(?:\s*(?:[:\u2013\u2014]|\s-)|\s+(?:on|regarding|concerning|about|related\s+to"
    r"|relating\s+to|in\s+relation\s+to|with\s+regard\s+to)\b(?:\s*:)?)"
)
RUN = re.compile(
    rf"{marks.PREFIX}(?i:{_NUMBER}{_PART})(?:(?i:{_LINK})(?:\s*{marks.PREFIX}"
    rf"(?i:{_NUMBER}{_PART})(?=(?i:{_LINK})))?)*"
)
ONE_PREFIX = re.compile(
    rf"\s*{marks.PREFIX}(?i:{_NUMBER})(?P<part>(?i:{_PART}))(?:(?i:{_LINK})+|(?=\s))\s*"
)
NUMBERED = re.compile(rf"\s*{marks.PREFIX}(?i:{_SIGN}(?P<number>{_DIGITS}){_AFTER})")
SECOND_PREFIX = re.compile(
    rf"\s*{marks.PREFIX}(?i:{_NUMBER})(?P<part>(?i:{_PART}))(?i:{_LINK})+\s*"
)
_ASKERS = r"(?:[A-Z]{2}|COM)(?:\s*(?:,|&|and)\s*(?:[A-Z]{2}|COM))*"
REFERENCE = re.compile(  # "2020.3 COM, LU & NL AHQ ..."; not "2019.5 and more on ..."
    r"\s*(?P<number>20\d\d\.\d{1,3})\b(?!\s*(?:and\b|[&,/]|\W{0,3}(?:update|follow)))"
    rf"[\s.:\u2013-]*(?:{_ASKERS}\s+(?={marks.PREFIX}))?"
)
STOPS = (
    marks.REPLY_FIELD,
    marks.COMPILED,
    marks.RESPONSES_FROM,
    marks.DISCLAIMER,
    marks.BACKGROUND,
    marks.GREETING,
    marks.RESPONDENTS,
    re.compile(
        r"\bThis\s+(?:EMN\s+)?(?:ad[\s-]*hoc\s+query|AHQ|query)\b"
        r"|^[ \t]*(?:Launched|Deadline|Date|Publication\s+date|Main\s+theme|Theme"
        r"|Keywords"
        r"|Requester|From|To|Sent|Cc|Author|Summary|Questions)\b[^\n]{0,30}?(?::|\n)",
        re.I | re.M,
    ),
    re.compile(r"\n\s*\n"),
)
SUBJECT = re.compile(
    r"^[ \t]*(?:Subject|Tema|Betreff|Objet)\s*:[ \t]*(?P<title>[^\n]+)", re.M
)
REPLY_SIGNS = re.compile(
    r"^(?:\s*(?:(?:re|fw|fwd|ats|pers)\s*:|\[[^\]]{1,20}\]))+\s*", re.I
)
SUBJECT_TAIL = re.compile(
    r"\s*[-\u2013\u2014,;(\[]+\s*(?:launch(?:ed)?\b|deadline|reply|replies|due|urgent|please|for\s+reply)\b.*$",
    re.I,
)
SPOKEN = re.compile(
    rf"{marks.PREFIX}\s+(?i:on|regarding|concerning|about)\s+(?P<title>[^.;:\n][^.;:]{{8,250}}?)"
    r"(?=[.;:]|\n\s*\n|,?\s+(?:that|which)\b|,?\s+(?:launched|requested|issued|initiated|sent"
    r"|prepared|submitted|proposed|with\s+(?:a\s+)?deadline|by\s+the|from\s+the)\b)"
)
FILE_NOTE = re.compile(r"\s*\((?:pdf|docx?|word)\b[^()]*\)$", re.I)


@dataclass(frozen=True)
class Titles:
    """The title, the title as printed, and where the text below it begins."""

    title: Found[str]
    printed: Found[str]
    end: int


def read_title(script: Manuscript, outline: Outline) -> Titles | None:
    """The title and the title as printed; None if none stands where titles stand."""
    return (
        _above_the_request(script, outline)
        or _heading(script, outline)
        or _subject(script)
        or _spoken(script)
    )


def bare_title(printed: str) -> str:
    """The title without "EMN Ad-Hoc Query on", however often and however spelt."""
    title, part = printed, ""
    pattern = ONE_PREFIX
    while (match := pattern.match(title)) and match.end() < len(title):
        title, part = title[match.end() :], part or flat(match["part"])
        reference = REFERENCE.match(title)
        title = title[reference.end() :] if reference else title
        pattern = ONE_PREFIX if reference else SECOND_PREFIX
    title = flat(title).strip(" .,;:-\u2013\u2014")
    title = title if part.lower() in title.lower() else f"{title} {part}"
    return title or flat(printed)


def number_of(printed: str) -> str | None:
    """The number that a title gives its own query ("588.", "2020.3"), if it does.

    One that stands within the title belongs to another query.
    """
    prefix = ONE_PREFIX.match(printed)
    if prefix is None:
        return None
    own = NUMBERED.match(printed) or REFERENCE.match(printed, prefix.end())
    return own["number"] if own else None


def _above_the_request(script: Manuscript, outline: Outline) -> Titles | None:
    """What stands between the last prefix at a line's start and "Requested by"."""
    if outline.requested is None:
        return None
    end = outline.requested.start()
    runs = list(RUN.finditer(script.text, 0, end))
    starting = [run for run in runs if _at_line_start(script.text, run.start())]
    if starting or runs:
        start = starting[-1].start() if starting else runs[0].start()
        if end - start <= LONGEST * 2:
            return _titles(script, start, end, Sureness.SURE)
    return None


def _heading(script: Manuscript, outline: Outline) -> Titles | None:
    """A title without "Requested by" below it: up to the next part or line end."""
    text = script.text
    breaks = hard_breaks(text)
    for run in RUN.finditer(text, 0, FAR):
        if not _at_line_start(text, run.start()) or _is_subject(text, run.start()):
            continue
        limit = min(run.start() + LONGEST, len(text))
        found = (stop.search(text, run.end(), limit) for stop in STOPS)
        end = min([limit, *(match.start() for match in found if match)])
        end = next_hard_break(breaks, run.end(), end)
        if end - run.end() >= 5:
            return _titles(script, run.start(), end, Sureness.LIKELY)
    return None


def _subject(script: Manuscript) -> Titles | None:
    for match in SUBJECT.finditer(script.text, 0, FAR * 2):
        line = match["title"]
        start = REPLY_SIGNS.match(line)
        skipped = start.end() if start else 0
        kept = SUBJECT_TAIL.sub("", line[skipped:]).rstrip()
        if RUN.search(kept):
            begin = match.start("title") + skipped
            subject = _titles(script, begin, begin + len(kept), Sureness.LIKELY)
            return subject if match.start() == 0 else replace(subject, end=0)
    return None


def _spoken(script: Manuscript) -> Titles | None:
    match = SPOKEN.search(script.text, 0, FAR)
    if match is None:
        return None
    spoken = _titles(script, match.start(), match.end(), Sureness.UNSURE)
    return replace(spoken, end=0)


def _titles(script: Manuscript, start: int, end: int, sureness: Sureness) -> Titles:
    start, end = trimmed(script.text, start, end)
    words = FILE_NOTE.sub("", script.text[start:end]).rstrip(" \n,;:-\u2013\u2014")
    end = start + len(words)
    printed = flat(words)
    return Titles(
        script.found(bare_title(printed), start, end, sureness),
        script.found(printed, start, end, sureness),
        end,
    )


def _at_line_start(text: str, start: int) -> bool:
    return (
        not text[:start]
        .rstrip(" \t\"'\u201c\u201e")
        .rpartition("\n")[2]
        .strip("0123456789. ")
    )


def _is_subject(text: str, start: int) -> bool:
    return ":" in text[:start].rpartition("\n")[2]
