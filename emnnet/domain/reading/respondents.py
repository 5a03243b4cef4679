"""Which countries responded, and how many the document says they are."""

import re
from dataclasses import dataclass

from emnnet.domain.reading import countries
from emnnet.domain.reading import landmarks as marks
from emnnet.domain.reading.manuscript import Manuscript, flat, trimmed
from emnnet.domain.reading.outline import Outline, Span
from emnnet.domain.reading.values import Found, Sureness

LONGEST_LIST = 1500
TOTAL = re.compile(
    r"\(?\s*(?P<total>\d{1,2})\s+(?:countries\s+|responses\s+)?in\s+total\b\s*\)?", re.I
)
_WHO = (
    r"(?:EMN\s+)?(?:\(?Member\)?\s+)?(?:(?:and|/)\s+Observer\s+)?"
    r"(?:countries|\(?(?:member\s*)\)?\s*states|states|EMN\s+NCPs|NCPs|respondents|responses|replies)"
)
SPOKEN_TOTAL = re.compile(
    rf"\b(?:in\s+total,?\s+)?(?P<total>\d{{1,2}})\s+{_WHO}[^.]{{0,80}}?"
    r"\b(?:repl(?:ied|ies)|respond(?:ed|ing)|answer(?:ed|s)?|provided|participated|contributed"
    r"|took\s+part|submitted|gave|were\s+received|have\s+responded)\b"
    r"|\b(?:responses|replies|answers|answered)\s+(?:were\s+)?(?:received\s+)?(?:from|by)\s+(?P<other>\d{1,2})\b"
    rf"|\bin\s+total,?\s+(?P<plain>\d{{1,2}})\s+{_WHO}",
    re.I,
)
INCLUDING = re.compile(r"\(\s*includ(?:ing|es)\s+(?P<names>[^)]{1,200})\)", re.I)
FILLER = re.compile(
    r"\b(?:and|plus|as\s+well\s+as|the|including|in|total|also|EU|EMN|Member|States?|NCPs?"
    r"|Observers?|Countries|of|Republic)\b|[\d(),;:.&+/\[\]|\u2022*-]",
    re.I,
)
HEADING = re.compile(
    r"\bDisclaimer\b|\bBackground\b|\bReply\s+requested|\bCompilation\b"
)
LIST_END = re.compile(rf"{HEADING.pattern}|\n\s*\n")


@dataclass(frozen=True)
class Respondents:
    """Who responded; `full` says that the document lists them all."""

    codes: Found[tuple[str, ...]] | None
    stated: Found[int] | None
    full: bool
    asked_only: bool = False
    unknown: tuple[str, ...] = ()


def read_respondents(script: Manuscript, outline: Outline) -> Respondents:
    """The list behind "Responses from", or what a summary says of its respondents."""
    listed = _listed(script, outline.header)
    if listed:
        return listed
    part = outline.respondents or Span(0, outline.body.end)
    return _spoken(script, part, named=outline.respondents is not None)


def _listed(script: Manuscript, header: Span) -> Respondents | None:
    opening = marks.RESPONSES_FROM.search(script.text, header.start, header.end)
    if opening is None:
        return None
    start = opening.end()
    limit = min(start + LONGEST_LIST, len(script.text))
    total = TOTAL.search(script.text, start, limit)
    wall = HEADING.search(script.text, start, limit)
    if total and wall and wall.start() < total.start():
        total = None
    stop = wall if total else LIST_END.search(script.text, start, limit)
    end = total.start() if total else stop.start() if stop else limit
    codes = _codes(script.text, start, end)
    stated = script.found(int(total["total"]), *total.span("total")) if total else None
    if not codes and not stated:
        return None
    return Respondents(
        codes=script.found(codes, *trimmed(script.text, start, end)) if codes else None,
        stated=stated,
        full=bool(codes),
        asked_only=bool(opening["wanted"]),
        unknown=_unknown(script.text[start:end]),
    )


def _spoken(script: Manuscript, part: Span, *, named: bool) -> Respondents:
    match = SPOKEN_TOTAL.search(script.text, part.start, part.end)
    stated = None
    if match:
        group = next(key for key in ("total", "other", "plain") if match[key])
        sureness = Sureness.SURE if named else Sureness.LIKELY
        stated = script.found(int(match[group]), *match.span(group), sureness)
    if not named:
        return Respondents(None, stated, full=False)
    including = INCLUDING.search(script.text, part.start, part.end)
    codes = _codes(script.text, part.start, part.end)
    agreed = stated is None or stated.value == len(codes)
    full = len(codes) > 2 or (len(codes) > 0 and including is None and agreed)
    found = (
        script.found(codes, *trimmed(script.text, part.start, part.end))
        if codes
        else None
    )
    return Respondents(found, stated, full=full)


def _codes(text: str, start: int, end: int) -> tuple[str, ...]:
    """Each country named in a list, once, in its order."""
    mentioned = countries.mentions(text[start:end], countries.NAMED_OR_CODE)
    return tuple(dict.fromkeys(mention.code for mention in mentioned))


def _unknown(words: str) -> tuple[str, ...]:
    """Names in the list that are no country's known here."""
    rest = countries.NAMED_OR_CODE.sub(",", words)
    parts = (flat(FILLER.sub(" ", part)) for part in re.split(r"[,;\n]", rest))
    return tuple(part for part in parts if len(part) > 2 and part[0].isupper())
