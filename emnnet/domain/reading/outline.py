"""Where the parts of a query begin and end, whatever the form."""

import re
from dataclasses import dataclass

from emnnet.domain.reading import landmarks as marks
from emnnet.domain.reading.values import COVERING_LETTER

LONGEST_HEADER = 6000  # characters in which "Requested by" is looked for


@dataclass(frozen=True)
class Span:
    """From `start` up to `end` in the cleaned text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """That part of the text."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Outline:
    """The parts of a document that its headings show; None where there is no such part.

    `header` goes up to the disclaimer or the background; `body` from there to the
    responses; `heading` is the word "Questions" itself.
    """

    requested: re.Match[str] | None
    header: Span
    disclaimer: Span | None
    background_at: int | None
    body: Span
    heading: Span | None
    table: Span | None
    respondents: Span | None
    letter: Span | None


def outline(text: str) -> Outline:
    """The parts of a cleaned text."""
    letter = text.find(COVERING_LETTER)
    end = letter if letter >= 0 else len(text)
    requested = _requested(text, end)
    after = requested.end() if requested else 0
    disclaimer = marks.DISCLAIMER.search(text, after, end)
    background = marks.BACKGROUND.search(text, after, end)
    stops = [found.start() for found in (disclaimer, background) if found]
    greeting = marks.GREETING.search(text, after, end)
    header_end = min([*stops, greeting.start() if greeting else end])
    notice = _disclaimer(text, disclaimer, background, end)
    body_start = _body_start(header_end, notice, background, greeting)
    body_end = _body_end(text, body_start, end)
    heading = marks.QUESTIONS.search(text, body_start, body_end)
    return Outline(
        requested=requested,
        header=Span(0, header_end),
        disclaimer=notice,
        background_at=background.end() if background else None,
        body=Span(body_start, body_end),
        heading=Span(*heading.span()) if heading else None,
        table=_table(text, body_start, end),
        respondents=_respondents(text, body_start, end),
        letter=Span(letter + len(COVERING_LETTER), len(text)) if letter >= 0 else None,
    )


def _requested(text: str, end: int) -> re.Match[str] | None:
    """The "Requested by" of the form; not "Reply requested by", nor a sentence's."""
    for match in marks.REQUESTED.finditer(text, 0, min(end, LONGEST_HEADER)):
        if match["reply"]:
            continue
        if match["field"] or match["word"][0] == "R" or _is_form(text, match):
            return match
    return None


def _is_form(text: str, match: re.Match[str]) -> bool:
    line_start = text[: match.start()].rstrip(" ")[-1:] in {"\n", ""}
    return line_start or bool(marks.FORM_REQUESTER.match(text, match.end()))


def _disclaimer(
    text: str,
    opening: re.Match[str] | None,
    background: re.Match[str] | None,
    end: int,
) -> Span | None:
    if opening is None:
        return None
    closing = marks.DISCLAIMER_END.search(text, opening.end(), end)
    ends = (
        [background.start()]
        if background and background.start() > opening.start()
        else []
    )
    if closing and closing.end() - opening.end() < 1200:
        ends.append(closing.end())
    paragraph = text.find("\n\n", opening.end(), end)
    return Span(opening.end(), min(ends) if ends else max(paragraph, opening.end()))


def _body_start(
    header_end: int,
    notice: Span | None,
    background: re.Match[str] | None,
    greeting: re.Match[str] | None,
) -> int:
    if background:
        return background.end()
    if notice:
        return notice.end
    return greeting.end() if greeting else 0


def _body_end(text: str, start: int, end: int) -> int:
    """Where questions can no longer stand."""
    patterns = (marks.TABLE, marks.STARS, marks.RESPONDENTS, marks.FINDINGS)
    found = (pattern.search(text, start, end) for pattern in patterns)
    return min([end, *(match.start() for match in found if match)])


def _table(text: str, start: int, end: int) -> Span | None:
    match = marks.TABLE.search(text, start, end)
    return Span(match.start(), end) if match else None


def _respondents(text: str, start: int, end: int) -> Span | None:
    match = marks.RESPONDENTS.search(text, start, end)
    if match is None:
        return None
    findings = marks.FINDINGS.search(text, match.end(), end)
    return Span(
        match.end(), findings.start() if findings else min(end, match.end() + 800)
    )
