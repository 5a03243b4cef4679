"""Plain cutting of Markdown text; nothing here knows what the marks mean."""

import re

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


def paragraphs(text: str) -> list[str]:
    """The pieces of `text` that blank lines part, without outer blank space."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    pieces = _BLANK_LINES.split(unified)
    return [piece.strip("\n").rstrip() for piece in pieces if piece.strip()]
