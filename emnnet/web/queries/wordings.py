"""The difference between two wordings, word by word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from emnnet.selectors.wordings import Correction

WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Part:
    """Some words: kept, taken out or put in."""

    text: str
    kind: str


@dataclass(frozen=True)
class Compared:
    """One correction with its difference."""

    label: str
    replaced_at: datetime
    parts: tuple[Part, ...]


def compared(corrections: Iterable[Correction]) -> list[Compared]:
    """Each correction with what was taken out and put in."""
    return [
        Compared(each.label, each.replaced_at, difference(each.before, each.after))
        for each in corrections
    ]


def difference(before: str, after: str) -> tuple[Part, ...]:
    """The words of both texts in order; neighbours of one kind together."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    parts: list[Part] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            parts.append(Part("".join(old[old_from:old_to]), "kept"))
            continue
        if old_to > old_from:
            parts.append(Part("".join(old[old_from:old_to]), "out"))
        if new_to > new_from:
            parts.append(Part("".join(new[new_from:new_to]), "in"))
    return tuple(parts)
