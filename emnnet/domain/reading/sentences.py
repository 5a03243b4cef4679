"""Sentences, without being misled by abbreviations."""

import re
from collections.abc import Iterator

from emnnet.domain.reading.wordlists import words

ABBREVIATIONS = words(
    "e.g i.e art arts no nr dr prof mr mrs ms etc cf p pp approx incl vs resp para "
    "paras "
    "sec st o.z jan feb mar apr jun jul aug sept sep oct nov dec ref reg dir fig c.f "
    "ca "
    "max min tel ie eg dir u.k u.s"
)
END = re.compile(r"[.?!]+[)\]\"'\u201d\u2019]*(?=\s+[\"'\u201c\u2018(\[]*[^\W_]|\s*\Z)")
LAST_WORD = re.compile(r"([\w.]+?)\.?$")


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each sentence of a part begins and ends."""
    at = start
    for match in END.finditer(text, start, end):
        if _is_abbreviation(text, at, match):
            continue
        yield at, match.end()
        at = match.end()
    if text[at:end].strip():
        yield at, end


def _is_abbreviation(text: str, at: int, match: re.Match[str]) -> bool:
    if match[0] != ".":
        return False
    following = text[match.end() :].lstrip()[:1]
    word = LAST_WORD.search(text[max(at, match.start() - 20) : match.start()])
    if word is None:
        return False
    low = word[1].lower()
    one_letter = len(low) == 1 and low.isalpha() and word[1].isupper()
    return low in ABBREVIATIONS or one_letter or following.islower()
