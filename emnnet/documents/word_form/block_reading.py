"""Paragraphs, lists and tables of a Word file as the tree that Markdown has."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from emnnet.documents.markdown_runs import tidy
from emnnet.documents.markdown_tree import (
    Block,
    Code,
    Grid,
    Heading,
    Line,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Run,
)
from emnnet.documents.opening.word_numbers import W
from emnnet.documents.word_form.line_reading import line_of
from emnnet.documents.word_form.parts import WordParts

_BULLET = "\u2022"
_NUMBER = re.compile(r"(\d{1,9})[.)]")
_HEADING = re.compile(r"heading (\d)")
_OWN_HEADINGS = 2  # the form's own; those of an answer stand below


@dataclass
class _Open:
    """A list that may still grow."""

    depth: int
    start: int | None
    items: list[list[Block]] = field(default_factory=list)

    def takes(self, depth: int, number: int | None) -> bool:
        """Is this its next item?"""
        expected = None if self.start is None else self.start + len(self.items)
        return self.depth == depth and number == expected

    def closed(self) -> Listing:
        """The list as it has become."""
        return Listing(self.start, tuple(tuple(item) for item in self.items))


@dataclass
class Reader:
    """Reads one answer; lists stay open until something else comes."""

    parts: WordParts
    found: list[Block] = field(default_factory=list)
    lists: list[_Open] = field(default_factory=list)

    def read(self, elements: Iterable[Element]) -> tuple[Block, ...]:
        """All blocks, in their order."""
        for element in elements:
            self._element(element)
        self._close(-1)
        return tuple(self.found)

    def _element(self, element: Element) -> None:
        if element.tag == f"{W}tbl":
            self._add(_grid(element, self.parts))
        elif element.tag == f"{W}p":
            self._paragraph(element)

    def _paragraph(self, paragraph: Element) -> None:
        label = self.parts.numbering.label(paragraph).strip()
        place = self.parts.numbering.place(paragraph)
        runs, style = line_of(paragraph, self.parts), self.parts.style(paragraph)
        if not runs:
            if style == "rule":
                self._add(Rule())
            return
        number = _NUMBER.fullmatch(label)
        if place is not None and (label == _BULLET or number):
            self._item(place[1], int(number[1]) if number else None, runs)
        elif style == "list paragraph" and self.lists and not label:
            self.lists[-1].items[-1].append(Paragraph(runs))
        else:
            labelled = tidy((Run(f"{label} "), *runs)) if label else runs
            self._add(_styled(style, labelled))

    def _item(self, depth: int, number: int | None, runs: Line) -> None:
        self._close(depth)
        if not (self.lists and self.lists[-1].takes(depth, number)):
            if self.lists and self.lists[-1].depth == depth:
                self._close(depth - 1)
            self.lists.append(_Open(depth, number))
        self.lists[-1].items.append([Paragraph(runs)])

    def _close(self, depth: int) -> None:
        """Close the lists that lie deeper than `depth`."""
        while self.lists and self.lists[-1].depth > depth:
            listing = self.lists.pop().closed()
            if self.lists:
                self.lists[-1].items[-1].append(listing)
            else:
                self.found.append(listing)

    def _add(self, block: Block) -> None:
        self._close(-1)
        before = self.found[-1] if self.found else None
        if isinstance(block, Quote) and isinstance(before, Quote):
            self.found[-1] = Quote((*before.blocks, *block.blocks))
        elif isinstance(block, Code) and isinstance(before, Code):
            self.found[-1] = Code(f"{before.text}\n{block.text}")
        else:
            self.found.append(block)


def _styled(style: str, runs: Line) -> Block:
    heading = _HEADING.fullmatch(style)
    if heading:
        return Heading(max(int(heading[1]) - _OWN_HEADINGS, 1), runs)
    if style in {"quote", "intense quote"}:
        return Quote((Paragraph(runs),))
    if style == "code":
        return Code("".join(run.text for run in runs))
    return Paragraph(runs)


def _grid(table: Element, parts: WordParts) -> Block:
    """A table; merged cells become empty ones beside the one that has the words."""
    rows = [_row(row, parts) for row in table.findall(f"{W}tr")]
    columns = max((len(row) for row in rows), default=0)
    filled = [(*row, *[()] * (columns - len(row))) for row in rows]
    head, *rest = filled or [((),)]
    return Grid(tuple(_plain(line) for line in head), tuple(rest))


def _row(row: Element, parts: WordParts) -> tuple[Line, ...]:
    cells: list[Line] = []
    for cell in row.findall(f"{W}tc"):
        cells.append(_cell(cell, parts))
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        width = span.get(f"{W}val", "1") if span is not None else "1"
        cells.extend([()] * (min(int(width), 60) - 1 if width.isdigit() else 0))
    return tuple(cells)


def _cell(cell: Element, parts: WordParts) -> Line:
    """The paragraphs of a cell, parted by strokes: a cell holds one line."""
    runs: list[Run] = []
    for paragraph in cell.iter(f"{W}p"):
        label = parts.numbering.label(paragraph)
        line = line_of(paragraph, parts)
        if line:
            runs += [Run(" / ")] if runs else []
            runs += [Run(label), *line]
    return tidy(Run(" / ") if run.text == "\n" else run for run in runs)


def _plain(line: Line) -> Line:
    """A head is bold by itself."""
    return tidy(replace(run, bold=False) for run in line)
