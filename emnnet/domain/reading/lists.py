"""Lists of queries: pages that name many and hold none."""

import re

from emnnet.domain.reading import landmarks as marks
from emnnet.domain.reading.outline import Outline

FEWEST = 4
ENTRY = re.compile(
    rf"^[ \t\u2022*-]*(?:\d{{1,3}}[.)]\s*)?{marks.PREFIX}(?i:\s+(?:on|regarding"
    rf"|concerning)\b|\s*:)",
    re.M,
)
INLINE_ENTRY = re.compile(
    rf"{marks.PREFIX}(?i:\s+on\b)[^\n]{{5,300}}?(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
)
TITLED = re.compile(r"^[ \t]*publication\s+date\s*:", re.M | re.I)


def is_list(text: str, outline: Outline) -> bool:
    """Does the document name several queries, with dates or line by line?"""
    if outline.disclaimer or outline.heading or outline.table:
        return False
    if len(TITLED.findall(text)) >= FEWEST - 1:
        return True
    entries = {_folded(match, text) for match in ENTRY.finditer(text)}
    dated = {_folded(match, text) for match in INLINE_ENTRY.finditer(text)}
    return len(entries) >= FEWEST or len(dated) >= FEWEST


def _folded(match: re.Match[str], text: str) -> str:
    return text[match.end() : match.end() + 40].casefold()
