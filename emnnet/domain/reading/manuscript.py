"""The text as the rules read it, each character knowing where it stood."""

import re
from array import array
from collections.abc import Callable, Iterable
from typing import TypeVar

from emnnet.domain.reading.values import Found, Passage, Sureness

V = TypeVar("V")
Edit = tuple[int, int, str]  # from, up to, what stands there instead


class Manuscript:
    """A cleaned text that can name the passage of the original for any part of it."""

    def __init__(self, text: str, places: "array[int] | None" = None) -> None:
        self.text = text
        self._places = array("l", range(len(text))) if places is None else places

    def sub(
        self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]
    ) -> "Manuscript":
        """The same with every match replaced; what is new stands where the old "
        "stood."""
        return self.edited(
            (*match.span(), new if isinstance(new, str) else new(match))
            for match in pattern.finditer(self.text)
        )

    def edited(self, edits: Iterable[Edit]) -> "Manuscript":
        """The same with parts replaced; the edits are in order and do not overlap."""
        texts: list[str] = []
        places, at = array("l"), 0
        for start, end, put in edits:
            texts += [self.text[at:start], put]
            places.extend(self._places[at:start])
            places.extend([self._places[start]] * len(put))
            at = end
        places.extend(self._places[at:])
        return Manuscript("".join([*texts, self.text[at:]]), places)

    def head(self, length: int) -> "Manuscript":
        """Its first characters."""
        return Manuscript(self.text[:length], self._places[:length])

    def passage(self, start: int, end: int) -> Passage:
        """Where the part from `start` to `end` stands in the original."""
        if not self._places or start >= end:
            return Passage(0, 0)
        return Passage(self._places[start], self._places[end - 1] + 1)

    def found(
        self, value: V, start: int, end: int, sureness: Sureness = Sureness.SURE
    ) -> Found[V]:
        """A value with the passage it was read from."""
        return Found(value, self.passage(start, end), sureness)


def flat(text: str) -> str:
    """One line: every run of white space is one blank."""
    return " ".join(text.split())


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The same part without white space at its ends."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, max(start, start + len(part.strip()))
