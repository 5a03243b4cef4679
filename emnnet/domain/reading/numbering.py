"""Which labels really begin an item: those that continue a list, or open a deeper "
"one."""

from collections.abc import Iterable
from dataclasses import dataclass

from emnnet.domain.reading.labels import ROMAN, Kind, Label

DEEPEST = 4
FAR = 40  # labels within which a list must go on


@dataclass(frozen=True)
class Item:
    """A label that was accepted, its number in full and its depth (0 is outermost)."""

    label: Label
    number: str
    depth: int


@dataclass
class _Level:
    kind: Kind
    style: str
    value: int
    number: str
    printed: bool = True  # False: only told by "1.2" or "1b"


def numbered(found: Iterable[Label]) -> list[Item]:
    """The items of a list, from all that looks like a label."""
    numbering, seen = _Numbering(), list(found)
    places = range(len(seen))
    labels = [
        seen[at] for at in places if seen[at].stands_well or _is_followed(seen, at)
    ]
    return [item for label in labels if (item := numbering.item(label))]


def _is_followed(seen: list[Label], at: int) -> bool:
    """Does "then a) how many; b) why" go on with its b), before the next number?"""
    first = seen[at]
    if first.value != 1 or first.after_reference or not first.style.endswith(")"):
        return False
    for label in seen[at + 1 : at + 1 + FAR]:
        if label.kind is Kind.DECIMAL and label.stands_well:
            return False
        if (label.kind, label.style, label.value) == (first.kind, first.style, 2):
            return label.stands_well
    return False


class _Numbering:
    """Keeps the levels that are open while a list is read."""

    def __init__(self) -> None:
        self.levels: list[_Level] = []
        self.last: dict[tuple[Kind, str], int] = {}

    def item(self, label: Label) -> Item | None:
        """The item this label begins; None if it is no label of the list."""
        if label.parent is not None:
            return self._with_parent(label)
        label = self._as_continued(label)
        at = self._continued(label)
        if at is None:
            at = self._opened(label)
        if at is None:
            return None
        return self._put(label, at)

    def _as_continued(self, label: Label) -> Label:
        """i, v and x are letters where the letters have come that far."""
        if label.kind is not Kind.ROMAN or len(ROMAN[label.value - 1]) > 1:
            return label
        letter = label.as_letter()
        return letter if self._follows(letter) and not self._follows(label) else label

    def _follows(self, label: Label) -> bool:
        at = self._find(label.kind, label.style)
        return at is not None and self.levels[at].value + 1 == label.value

    def _find(self, kind: Kind, style: str | None) -> int | None:
        for at in reversed(range(len(self.levels))):
            level = self.levels[at]
            if level.kind is kind and style in {None, level.style}:
                return at
        return None

    def _continued(self, label: Label) -> int | None:
        """The open level that this label continues."""
        if label.kind is Kind.BULLET:
            return self._find(Kind.BULLET, label.style)
        at = self._find(label.kind, label.style)
        if at is not None and self._goes_on(label, self.levels[at].value):
            return at
        other = self._find(label.kind, None)
        if other is not None and label.at_line_start:
            return other if label.value == self.levels[other].value + 1 else None
        return None

    def _goes_on(self, label: Label, last: int) -> bool:
        if label.value == last + 1:
            return True
        well = label.at_line_start and label.before_capital
        return well and (
            last < label.value <= last + 3 or (label.value == 1 and last > 1)
        )

    def _opened(self, label: Label) -> int | None:
        """The depth of a list that begins with this label."""
        if len(self.levels) >= DEEPEST:
            return None
        if label.value != 1 and not self._goes_on_in_section(label):
            return None
        if self._find(label.kind, label.style) is not None:
            return None
        if label.kind is Kind.UPPER and (self.levels or not label.at_line_start):
            return None
        if label.kind is Kind.ROMAN and self._find(Kind.ROMAN, None) is not None:
            return None
        return len(self.levels)

    def _goes_on_in_section(self, label: Label) -> bool:
        """Under a new "B." the numbers may go on where those under "A." ended."""
        in_section = bool(self.levels) and self.levels[-1].kind is Kind.UPPER
        return (
            in_section and self.last.get((label.kind, label.style)) == label.value - 1
        )

    def _put(self, label: Label, at: int) -> Item:
        parent = self.levels[at - 1].number if at else ""
        value = label.value
        if label.kind is Kind.BULLET and at < len(self.levels):
            value = self.levels[at].value + 1
        number = _number(parent, label.kind, value)
        self.last[label.kind, label.style] = value
        del self.levels[at:]
        self.levels.append(_Level(label.kind, label.style, value, number))
        return Item(label, number, sum(level.printed for level in self.levels) - 1)

    def _with_parent(self, label: Label) -> Item | None:
        """ "1.2" and "1b": they say themselves where they belong."""
        parent = label.parent or 0
        outer = self._find(Kind.DECIMAL, None)
        last = self.levels[outer].value if outer is not None else 0
        if not last <= parent <= last + 1 or parent == 0:
            return None
        if label.value != self._inner(outer, label.kind, parent) + 1:
            return None
        if outer is None or parent != last:
            self.levels = [_Level(Kind.DECIMAL, "", parent, str(parent), printed=False)]
            outer = 0
        del self.levels[outer + 1 :]
        number = _number(self.levels[outer].number, label.kind, label.value)
        self.levels.append(_Level(label.kind, label.style, label.value, number))
        return Item(label, number, sum(level.printed for level in self.levels) - 1)

    def _inner(self, outer: int | None, kind: Kind, parent: int) -> int:
        """How far the list inside the item `parent` has come."""
        if outer is None or parent != self.levels[outer].value:
            return 0
        inner = self.levels[outer + 1 : outer + 2]
        return inner[0].value if inner and inner[0].kind is kind else 0


def _number(parent: str, kind: Kind, value: int) -> str:
    if kind is Kind.LETTER:
        return f"{parent}{chr(ord('a') + value - 1)}"
    if kind is Kind.UPPER:
        return chr(ord("A") + value - 1)
    part = ROMAN[min(value, len(ROMAN)) - 1] if kind is Kind.ROMAN else str(value)
    return f"{parent}.{part}" if parent else part
