"""Labels of questions as they stand in running text: 1. 1) (1) Q1: 1.1 1a) a) i. A."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
LABEL = re.compile(
    r"(?<![\w./()@-])(?:"
    r"(?:Question|QUESTION|Q)\s?(?:no\.?\s?)?(?P<q>\d{1,2})(?:\.(?P<qd>\d{1,2})|(?P<ql>[a-h]))?\s?(?P<qs>[.:)\u2013-]?)(?=\s)"
    r"|(?P<d1>\d{1,2})\.(?P<d2>\d{1,2})(?P<ds>[.)]?)(?=\s+\S)"
    r"|\(?(?P<cn>\d{1,2})\.?(?P<cl>[a-h])(?P<cs>[.):])(?=\s|[A-Z])"
    r"|(?P<ns0>\(?)(?P<n>\d{1,2})(?P<ns>\.\)|[.):]|\s?[\u2013-](?=\s)|/(?=\s))(?=\s|[A-Z\"\u201c])"
    r"|(?P<ls0>\(?)(?P<l>[ivx]{1,4}|[a-z])(?P<ls>\.\)|[.)])(?=\s|[A-Z])"
    r"|(?P<u>[A-H])(?P<us>[.)])(?=\s)"
    r"|(?P<b>[\u2022\u00b7\u25aa\u25a0\u25cf\u25e6\u25cb\u2023\u2043\uf0b7\uf0a7])(?=\s?\S)"
    r"|(?P<lb>(?<=\n)(?:[\u2013\u2014*-]|o)(?=[ \t]+\S))"
    r")"
)
STOPS = frozenset(".?!:;)]\"'\u201d\u2019\u2026")
REFERENCE = re.compile(
    r"\b(?:articles?|art\.?|paragraphs?|para\.?|sections?|points?|questions?|q"
    r"|(?<!yes/)(?<!yes\sor\s)nos?\.?|nr\.?|number|annex|chapter|parts?|steps?|phase|protocol|case|directive|regulation|pages?|tables?|figure"
    r"|tier|category|type|level|schedule|least|most|than|age|under|letter|item|see|to|of|in|by"
    r"|from|and|or|the|a|an|about|approximately|between|for|with|after|within|is|are|was|were)$",
    re.I,
)


class Kind(StrEnum):
    """Kinds of labels; a level of a list has one kind."""

    DECIMAL = "decimal"
    DOTTED = "dotted"
    LETTER = "letter"
    ROMAN = "roman"
    UPPER = "upper"
    BULLET = "bullet"


@dataclass(frozen=True)
class Label:
    """A label that may begin a question: what it says and how well it stands.

    `parent` is the number before the point of "1.2" and before the letter of "1a".
    """

    start: int
    end: int
    kind: Kind
    value: int
    style: str
    parent: int | None
    at_line_start: bool
    after_stop: bool
    before_capital: bool
    after_reference: bool

    @property
    def stands_well(self) -> bool:
        """Does it stand where an item of a list begins?"""
        if self.after_reference:
            return False
        return self.at_line_start or self.after_stop or self.before_capital

    def as_letter(self) -> "Label":
        """The letter i, v or x read as a letter, not as a number."""
        letter = ord(ROMAN[self.value - 1]) - ord("a") + 1
        return Label(**{**vars(self), "kind": Kind.LETTER, "value": letter})


def labels(text: str, start: int, end: int) -> Iterator[Label]:
    """Everything in a part of the text that could be a label, in order."""
    last_end = start
    for match in LABEL.finditer(text, start, end):
        read = _read(match)
        if read is None:
            continue
        kind, value, style, parent = read
        if style == ")" and _closes(
            text[max(start, match.start() - 80) : match.start()]
        ):
            continue
        before = text[max(start, match.start() - 30) : match.start()]
        kept = before.rstrip()
        adjacent = not text[last_end : match.start()].strip() and last_end > start
        following = text[match.end() : match.end() + 3].lstrip(" \n\t\"'\u201c\u2018(")
        yield Label(
            start=match.start(),
            end=match.end(),
            kind=kind,
            value=value,
            style=style,
            parent=parent,
            at_line_start=not kept or "\n" in before[len(kept) :],
            after_stop=adjacent or kept[-1:] in STOPS,
            before_capital=following[:1].isupper(),
            after_reference=bool(REFERENCE.search(kept)) and not adjacent,
        )
        last_end = match.end()


def _read(match: re.Match[str]) -> tuple[Kind, int, str, int | None] | None:
    if match["qd"]:
        return Kind.DOTTED, int(match["qd"]), ".", int(match["q"])
    if match["q"]:
        return _numbered(match["q"], match["ql"], "Q")
    if match["d1"]:
        return Kind.DOTTED, int(match["d2"]), ".", int(match["d1"])
    if match["cn"]:
        return Kind.LETTER, _letter(match["cl"]), match["cs"], int(match["cn"])
    if match["n"]:
        return Kind.DECIMAL, int(match["n"]), match["ns0"] + match["ns"].strip(), None
    if match["l"]:
        return _lettered(match["l"], match["ls0"] + match["ls"])
    if match["u"]:
        return Kind.UPPER, _letter(match["u"].lower()), match["us"], None
    return Kind.BULLET, 1, (match["b"] or match["lb"]), None


def _closes(before: str) -> bool:
    """Is a bracket open, so that "a)" only ends what it holds?"""
    return before.rfind("(") > before.rfind(")")


def _numbered(
    number: str, letter: str | None, style: str
) -> tuple[Kind, int, str, int | None]:
    if letter:
        return Kind.LETTER, _letter(letter), style, int(number)
    return Kind.DECIMAL, int(number), style, None


def _lettered(word: str, style: str) -> tuple[Kind, int, str, int | None] | None:
    if word in ROMAN:
        return Kind.ROMAN, ROMAN.index(word) + 1, style, None
    return (Kind.LETTER, _letter(word), style, None) if len(word) == 1 else None


def _letter(word: str) -> int:
    return ord(word) - ord("a") + 1
