"""Excerpts: the place in a text where what was searched for stands."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH = 240  # characters
LETTERS = {
    "a": "aąàáâãäå", "c": "cčçć", "e": "eęėèéêë", "i": "iįìíîï", "l": "lł", "n": "nńñ",
    "o": "oòóôõöø", "s": "sšś", "u": "uųūùúûü", "y": "yý", "z": "zžźż", "d": "dđ",
}  # fmt: skip
WORD = re.compile(r"\w+")

Forms = frozenset[str]


@dataclass(frozen=True)
class Piece:
    """A stretch of an excerpt: said in passing, or what was searched for."""

    text: str
    hit: bool


def excerpt(
    body: str, wanted: Sequence[Forms], forms_of: Callable[[str], Forms]
) -> tuple[Piece, ...]:
    """The stretch of `body` around the first hit, hits marked; else its beginning.

    `wanted` holds the forms of each word searched for, `forms_of` gives the forms
    of a word of the text.
    """
    hits = _hits(body, wanted, forms_of)
    start, end = _window(body, hits[0][0] if hits else 0)
    pieces, at = [Piece("… ", False)] if start else [], start
    for first, last in hits:
        if first >= at and last <= end:
            pieces += [Piece(body[at:first], False), Piece(body[first:last], True)]
            at = last
    pieces.append(Piece(body[at:end] + (" …" if end < len(body) else ""), False))
    return tuple(piece for piece in pieces if piece.text)


def _hits(
    body: str, wanted: Sequence[Forms], forms_of: Callable[[str], Forms]
) -> list[tuple[int, int]]:
    """Where words stand that were searched for: near the first one, in order."""
    if not wanted:
        return []
    found: list[tuple[int, int]] = []
    for match in _rough(wanted).finditer(body):
        if found and match.start() > found[0][0] + WIDTH:
            break
        forms = forms_of(match.group())
        if any(forms & word for word in wanted):
            found.append(match.span())
    return found


def _rough(wanted: Sequence[Forms]) -> re.Pattern[str]:
    """Words that begin like a form: letters with and without diacritics alike."""
    beginnings = sorted({_beginning(form) for word in wanted for form in word})
    return re.compile(rf"\b(?:{'|'.join(beginnings)})\w*", re.IGNORECASE)


def _beginning(form: str) -> str:
    kept = form[:-1] if len(form) > 4 else form  # a stem may end in a changed letter
    return "".join(
        f"[{LETTERS[letter]}]" if letter in LETTERS else re.escape(letter)
        for letter in kept
    )


def _window(body: str, hit: int) -> tuple[int, int]:
    """The stretch around a place, from word to word."""
    start = max(0, hit - WIDTH // 3)
    if start:
        blank = body.find(" ", start, hit)
        start = blank + 1 if blank >= 0 else hit
    end = min(len(body), start + WIDTH)
    if end < len(body):
        blank = body.rfind(" ", start, end)
        end = blank if blank > hit else end
    return start, end
