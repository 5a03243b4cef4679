"""How one wording differs from another, word by word."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_COMPARISONS = 250_000  # pairs of equal words; a comparison stays under a second
LEAST_LIKENESS = 0.3  # of a paragraph and the one it was corrected to
_WORD = re.compile(r"(?:\w+|[^\w\s])\s*")  # a comma is a piece of its own


class ChangeKind(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """Some words that follow each other, and what became of them."""

    kind: ChangeKind
    text: str


def word_changes(old: str, new: str) -> list[Change]:
    """The way from `old` to `new`; two long, unlike texts are shown one after another.

    The order of the pieces is the order of reading.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    left, right = [_bare(word) for word in before], [_bare(word) for word in after]
    if _pairs(left, right) > MOST_COMPARISONS:
        whole = ((ChangeKind.REMOVED, before), (ChangeKind.ADDED, after))
        return [Change(kind, "".join(words)) for kind, words in whole if words]
    matcher = SequenceMatcher(None, left, right, False)
    return list(_spaced(_changes(before, after, matcher)))


def marked_sides(old: str, new: str) -> tuple[str, str]:
    """Both wordings for plain text: [gone] in the old one, *new* in the new one."""
    changes = word_changes(old, new)
    return (
        _marked(changes, ChangeKind.REMOVED, "[{}]"),
        _marked(changes, ChangeKind.ADDED, "*{}*"),
    )


def closest(text: str, candidates: Sequence[str]) -> int | None:
    """The index of the candidate that shares most words with `text`, or none.

    An equal candidate comes before all others.
    """
    if text in candidates:
        return candidates.index(text)
    likeness = [_likeness(text, candidate) for candidate in candidates]
    best = max(likeness, default=0.0)
    return likeness.index(best) if best >= LEAST_LIKENESS else None


def _changes(
    before: Sequence[str], after: Sequence[str], matcher: "SequenceMatcher[str]"
) -> Iterator[Change]:
    for tag, low, high, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield Change(ChangeKind.SAME, "".join(after[start:end]))
            continue
        if high > low:
            yield Change(ChangeKind.REMOVED, "".join(before[low:high]))
        if end > start:
            yield Change(ChangeKind.ADDED, "".join(after[start:end]))


def _spaced(changes: Iterable[Change]) -> Iterator[Change]:
    """A blank between two pieces whose words would run together."""
    before = ""
    for change in changes:
        touching = before[-1:].isalnum() and change.text[:1].isalnum()
        yield Change(change.kind, f" {change.text}") if touching else change
        before = change.text


def _marked(changes: Sequence[Change], kind: ChangeKind, mark: str) -> str:
    """One side on one line: what is the same, and what is only there, marked."""
    side = (change for change in changes if change.kind in {kind, ChangeKind.SAME})
    shown = (
        _between(change.text, mark) if change.kind is kind else change.text
        for change in _spaced(side)
    )
    return " ".join("".join(shown).split())


def _between(text: str, mark: str) -> str:
    """The words in their mark, the blanks around them outside of it."""
    words = text.strip()
    before, _words, behind = text.partition(words)
    return f"{before}{mark.format(words)}{behind}"


def _bare(word: str) -> str:
    return word.strip()


def _pairs(left: Sequence[str], right: Sequence[str]) -> int:
    counted = Counter(right)
    return sum(counted[word] for word in left)


def _likeness(one: str, other: str) -> float:
    """Dice's coefficient of the words: 1 for the same, 0 for nothing in common."""
    left, right = Counter(one.split()), Counter(other.split())
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0
