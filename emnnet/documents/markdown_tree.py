"""Markdown as a small tree of blocks: DOCX and PDF are both written from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from emnnet.documents.markdown_parser import parse


@dataclass(frozen=True)
class Run:
    """A piece of a line in one manner of type; `text` "\\n" is a line break."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    runs: Line


@dataclass(frozen=True)
class Heading:
    """A heading inside a text; level 1 to 6 as written."""

    level: int
    runs: Line


@dataclass(frozen=True)
class Listing:
    """A list; `start` is the first number, or None for bullets."""

    start: int | None
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True)
class Quote:
    """Quoted blocks."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class Code:
    """Text whose blanks and lines count."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A table: the head row, then the others, all of the same length."""

    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Rule:
    """A line across."""


Block = Paragraph | Heading | Listing | Quote | Code | Grid | Rule


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of `text` (Markdown) in their order."""
    return _Reader(parse(text)).read("")


@dataclass
class _Reader:
    """Walks the tokens once; `at` is the next one."""

    tokens: list[Token]
    at: int = field(default=0)

    def read(self, until: str) -> tuple[Block, ...]:
        """The blocks up to the token `until`, which is passed over."""
        found: list[Block] = []
        while (token := self._next()) is not None and token.type != until:
            block = self._block(token)
            if block is not None:
                found.append(block)
        return tuple(found)

    def _next(self) -> Token | None:
        if self.at == len(self.tokens):
            return None
        self.at += 1
        return self.tokens[self.at - 1]

    def _block(self, token: Token) -> Block | None:
        match token.type:
            case "inline":
                return Paragraph(line(token.children or []))
            case "heading_open":
                return self._heading(int(token.tag[1]))
            case "bullet_list_open" | "ordered_list_open":
                return self._listing(token)
            case "blockquote_open":
                return Quote(self.read("blockquote_close"))
            case "fence" | "code_block":
                return Code(token.content.rstrip("\n"))
            case "table_open":
                return self._grid()
            case "hr":
                return Rule()
        return None  # paragraph_open and paragraph_close say nothing more

    def _heading(self, level: int) -> Block | None:
        """The heading; None for one without a word, which no reader could be told."""
        (inside,) = self.read("heading_close")
        if isinstance(inside, Paragraph) and any(r.text.strip() for r in inside.runs):
            return Heading(level, inside.runs)
        return None

    def _listing(self, opening: Token) -> Listing:
        if opening.type == "bullet_list_open":
            return Listing(None, self._items("bullet_list_close"))
        start = opening.attrGet("start")
        first = 1 if start is None else int(start)  # a list may begin with 0
        return Listing(first, self._items("ordered_list_close"))

    def _items(self, until: str) -> tuple[tuple[Block, ...], ...]:
        items = []
        while (token := self._next()) is not None and token.type != until:
            items.append(self.read("list_item_close"))
        return tuple(items)

    def _grid(self) -> Grid:
        rows: list[list[Line]] = []
        while (token := self._next()) is not None and token.type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(line(token.children or []))
        return Grid(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))


def line(children: Iterable[Token]) -> Line:
    """The runs of one inline token."""
    runs: list[Run] = []
    manner = Run("")
    linked_at = 0
    for child in children:
        if child.type == "link_open":
            linked_at = len(runs)
        elif child.type == "link_close" and linked_at == len(runs):
            runs.append(replace(manner, text=manner.href))  # "[](address)"
        manner = _manner(manner, child)
        if child.type in {"softbreak", "hardbreak"}:
            runs.append(Run("\n"))
        elif child.type == "code_inline":
            runs.append(replace(manner, text=child.content, code=True))
        elif child.content:
            runs.append(replace(manner, text=child.content))
    return tuple(runs)


def _manner(manner: Run, child: Token) -> Run:
    match child.type:
        case "strong_open" | "strong_close":
            return replace(manner, bold=child.nesting == 1)
        case "em_open" | "em_close":
            return replace(manner, italic=child.nesting == 1)
        case "link_open" | "link_close":
            return replace(manner, href=str(child.attrGet("href") or ""))
    return manner
