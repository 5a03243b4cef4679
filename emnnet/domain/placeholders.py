"""Texts with gaps: "[title]" is filled in when a mail is written.

Nothing in such a text is ever run: a gap is a name from a fixed list and no more.
"[[" and "]]" stand for the signs themselves. A block, such as the list of questions,
stands alone on its line; a line on which all gaps stay empty is left out.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from emnnet.domain.messages import Message, _n, message

PIECE = re.compile(r"\[\[|\]\]|\[(?P<gap>[^\[\]\n]{1,40})\]|[\[\]]|[^\[\]]+")
SIGNS = {"[[": "[", "]]": "]"}
CURLY = re.compile(r"\{\{|\{%|\{#")

UNCLOSED = _n(
    "Line %(line)s: a bracket [ is opened and not closed. For a bracket in the text"
    " write [[."
)
UNOPENED = _n(
    "Line %(line)s: a bracket ] closes nothing. For a bracket in the text write ]]."
)
UNKNOWN = _n("Line %(line)s: there is no placeholder [%(name)s] in this mail.")
UNKNOWN_LIKE = _n(
    "Line %(line)s: there is no placeholder [%(name)s] in this mail."
    " Did you mean [%(other)s]?"
)
NOT_ALONE = _n("Line %(line)s: [%(name)s] must stand alone on its line.")
MISSING = _n("[%(name)s] is missing: without it the mail is of no use.")
CURLY_SEEN = _n(
    "Line %(line)s: placeholders are written in square brackets, such as [title];"
    " curly brackets mean nothing here."
)


@dataclass(frozen=True)
class Gap:
    """A placeholder in a line."""

    name: str


class Unbalanced(Exception):
    """A bracket without its other half; `opens` says which half it is."""

    def __init__(self, *, opens: bool) -> None:
        super().__init__("a bracket without its other half")
        self.opens = opens


def pieces(line: str) -> Iterator[str | Gap]:
    """Text and gaps of one line, in order. Raises `Unbalanced`."""
    for found in PIECE.finditer(line):
        gap, text = found["gap"], found[0]
        if gap is not None:
            yield Gap(" ".join(gap.split()).lower())
        elif text in ("[", "]"):
            raise Unbalanced(opens=text == "[")
        else:
            yield SIGNS.get(text, text)


def problem_of(
    text: str,
    *,
    allowed: Collection[str],
    blocks: Collection[str] = (),
    required: Collection[str] = (),
) -> Message | None:
    """Why this text cannot be used, for the person who wrote it; none if it can."""
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if CURLY.search(line):
            return message(CURLY_SEEN, line=number)
        try:
            found = list(pieces(line))
        except Unbalanced as error:
            return message(UNCLOSED if error.opens else UNOPENED, line=number)
        for gap in (one for one in found if isinstance(one, Gap)):
            if gap.name not in allowed:
                return _unknown(gap.name, allowed, number)
            if gap.name in blocks and line.strip().lower() != f"[{gap.name}]":
                return message(NOT_ALONE, line=number, name=gap.name)
            seen.add(gap.name)
    missing = [name for name in required if name not in seen]
    return message(MISSING, name=missing[0]) if missing else None


def filled(
    text: str, values: Mapping[str, str], *, blocks: Collection[str] = ()
) -> str:
    """The text with its gaps filled, once: what is put in is not looked at again.

    Raises `KeyError` for a gap without a value and `Unbalanced`.
    """
    lines = []
    for line in text.split("\n"):
        parts = list(pieces(line))
        gaps = [part for part in parts if isinstance(part, Gap)]
        if len(gaps) == 1 and gaps[0].name in blocks:
            lines += ["", *values[gaps[0].name].strip("\n").split("\n"), ""]
            continue
        whole = "".join(
            " ".join(values[part.name].split()) if isinstance(part, Gap) else part
            for part in parts
        )
        if gaps:
            whole = " ".join(whole.split())
        if whole or not gaps:
            lines.append(whole)
    return "\n".join(lines)


def _unknown(name: str, allowed: Collection[str], line: int) -> Message:
    near = get_close_matches(name, allowed, 1)
    if near:
        return message(UNKNOWN_LIKE, line=line, name=name, other=near[0])
    return message(UNKNOWN, line=line, name=name)
