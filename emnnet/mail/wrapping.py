"""Letters of 72 characters a line, and their paragraphs for the HTML twin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from textwrap import wrap

WIDTH = 72
BULLET = re.compile(r"\s*(?:[-*]|\d+[.)]) +|\s+")
QUOTE = "> "
SIGNATURE = "-- "  # what follows is signature: RFC 3676, section 4.3


class ParagraphKind(StrEnum):
    """How the HTML twin shows it."""

    TEXT = "text"
    LIST = "list"  # each line begins with "- "
    LINK = "link"  # an address alone on its line
    QUOTE = "quote"  # each line begins with "> "
    SIGNATURE = "signature"  # what stands under "-- "


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together, without their marks."""

    kind: ParagraphKind
    lines: tuple[str, ...]


def wrapped(text: str) -> str:
    """`text` with long lines broken; an address stays whole, lists keep their edge.

    No two empty lines stand together, and the text ends with one line feed.
    """
    return tidy(
        "\n".join(
            line for given in text.split("\n") for line in _broken(given.rstrip())
        )
    )


def tidy(text: str) -> str:
    """No two empty lines together, none at the beginning, one line feed at the end."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a text, which empty lines part."""
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines = [line.rstrip() for line in block.split("\n") if line.strip()]
        if lines:
            yield _paragraph(lines)


def _paragraph(lines: list[str]) -> Paragraph:
    if lines[0] == SIGNATURE.strip():
        return Paragraph(ParagraphKind.SIGNATURE, tuple(lines[1:]))
    for mark, kind in (("- ", ParagraphKind.LIST), (QUOTE, ParagraphKind.QUOTE)):
        if all(line.startswith(mark) for line in lines):
            return Paragraph(kind, tuple(line.removeprefix(mark) for line in lines))
    alone = len(lines) == 1 and re.fullmatch(r"https?://\S+", lines[0].strip())
    kind = ParagraphKind.LINK if alone else ParagraphKind.TEXT
    return Paragraph(kind, tuple(line.strip() for line in lines))


def _broken(line: str) -> list[str]:
    if line == SIGNATURE.strip():
        return [SIGNATURE]
    if len(line) <= WIDTH or "://" in line:
        return [line]
    return wrap(
        line,
        WIDTH,
        subsequent_indent=_edge(line),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _edge(line: str) -> str:
    """What stands before the second line of a quotation or of an entry of a list."""
    if line.startswith(QUOTE):
        return QUOTE
    bullet = BULLET.match(line)
    return " " * bullet.end() if bullet else ""
