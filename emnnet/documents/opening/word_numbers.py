"""The numbers that a word processor shows before paragraphs but does not store."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# fmt: off
ROMANS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)
# fmt: on


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered: "%1.%2", from `start` on."""

    shape: str
    pattern: str
    start: int


@dataclass
class Numbering:
    """The lists of a document; counts on while paragraphs go by."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def label(self, paragraph: Element) -> str:
        """The number before this paragraph, with a blank; '' if it has none."""
        place = self.place(paragraph)
        if place is None:
            return ""
        number_id, depth = place
        abstract = self.lists.get(number_id)
        level = self.levels.get((abstract or "", depth))
        if abstract is None or level is None:
            return ""
        counts = self._counted(number_id, abstract, depth, level)
        if level.shape == "bullet":
            return "\u2022 "
        return self._written(abstract, level, counts)

    def place(self, paragraph: Element) -> tuple[str, int] | None:
        """The list a paragraph belongs to and its depth there; None outside lists."""
        numbers = paragraph.find(f"{W}pPr/{W}numPr")
        style = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        inherited = self.styles.get(style or "")
        if numbers is None:
            return inherited
        number_id = value(numbers.find(f"{W}numId")) or (inherited or ("", 0))[0]
        depth = value(numbers.find(f"{W}ilvl"))
        return (number_id, int(depth or 0)) if number_id not in {"", "0"} else None

    def _counted(
        self, number_id: str, abstract: str, depth: int, level: Level
    ) -> dict[int, int]:
        restart = self.restarts.pop((number_id, depth), None)
        counts = self.counts[abstract]
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        if restart is not None:
            counts[depth] = restart
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        return counts

    def _written(self, abstract: str, level: Level, counts: dict[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shape = self.levels.get((abstract, at), level).shape
            return shaped(counts.get(at, 1), shape)

        text = re.sub(r"%(\d)", number, level.pattern)
        return f"{text} " if text.strip() else ""


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists as the parts `numbering.xml` and `styles.xml` describe them."""
    read = Numbering()
    for number in _children(numbering, "num"):
        number_id = number.get(f"{W}numId", "")
        read.lists[number_id] = value(number.find(f"{W}abstractNumId")) or ""
        for override in number.findall(f"{W}lvlOverride"):
            start = value(override.find(f"{W}startOverride"))
            if start:
                read.restarts[number_id, int(override.get(f"{W}ilvl", 0))] = int(start)
    for abstract in _children(numbering, "abstractNum"):
        for level in abstract.findall(f"{W}lvl"):
            key = (abstract.get(f"{W}abstractNumId", ""), int(level.get(f"{W}ilvl", 0)))
            read.levels[key] = _level(level)
    for style in _children(styles, "style"):
        list_id = value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
        depth = value(style.find(f"{W}pPr/{W}numPr/{W}ilvl"))
        if list_id:
            read.styles[style.get(f"{W}styleId", "")] = (list_id, int(depth or 0))
    return read


def shaped(number: int, shape: str) -> str:
    """A number as a list shows it: 2, b, B, ii or II."""
    if shape in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if shape == "lowerLetter" else letter.upper()
    if shape in {"lowerRoman", "upperRoman"}:
        roman, rest = "", number
        for worth, letters in ROMANS:
            roman += letters * (rest // worth)
            rest %= worth
        return roman if shape == "lowerRoman" else roman.upper()
    return str(number)


def value(element: Element | None) -> str | None:
    """The attribute `w:val`."""
    return None if element is None else element.get(f"{W}val")


def _level(level: Element) -> Level:
    return Level(
        shape=value(level.find(f"{W}numFmt")) or "decimal",
        pattern=value(level.find(f"{W}lvlText")) or "",
        start=int(value(level.find(f"{W}start")) or 1),
    )


def _children(root: Element | None, name: str) -> list[Element]:
    return [] if root is None else root.findall(f"{W}{name}")
