"""Blocks as WordprocessingML; every text passes `printable` and is escaped here."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

from emnnet.documents.docx_package import link_id
from emnnet.documents.docx_styles import list_indent
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
from emnnet.documents.printable import printable

_DEEPEST_LIST = 8
_HEAD_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E9EFF5"/>'


@dataclass(frozen=True)
class Place:
    """Where a block stands: its paragraph style, list level and numbering."""

    style: str = ""
    level: int = -1
    list_number: int | None = None

    def properties(self) -> str:
        """The paragraph properties of that place, in the order of the schema."""
        style = f'<w:pStyle w:val="{self.style}"/>' if self.style else ""
        return f"<w:pPr>{style}{self._list()}</w:pPr>" if style or self._list() else ""

    def _list(self) -> str:
        if self.level < 0:
            return ""
        if self.list_number is None:
            return f'<w:ind w:left="{list_indent(self.level)}"/>'
        return (
            f'<w:numPr><w:ilvl w:val="{self.level}"/>'
            f'<w:numId w:val="{self.list_number}"/></w:numPr>'
        )


@dataclass
class Body:
    """The text as it grows, with the links and lists that its package must name."""

    links: dict[str, str] = field(default_factory=dict)
    list_starts: list[int | None] = field(default_factory=list)

    def blocks(self, blocks: Iterable[Block], place: Place = Place()) -> str:
        """All blocks at that place."""
        return "".join(self.block(block, place) for block in blocks)

    def block(self, block: Block, place: Place) -> str:
        """One block."""
        match block:
            case Paragraph(runs):
                return self.paragraph(runs, place)
            case Heading(level, runs):
                return self.paragraph(runs, Place(f"Heading{level}"))
            case Listing():
                return self._listing(block, place)
            case Quote(inner):
                return self.blocks(inner, Place("Quote", place.level))
            case Code(text):
                return self.paragraph((Run(text),), Place("Code", place.level))
            case Grid(head, rows):
                return self.table([head, *rows]) + "<w:p/>"
            case Rule():
                return self.paragraph((), Place("Rule"))

    def paragraph(self, runs: Line, place: Place = Place()) -> str:
        """One paragraph."""
        inner = "".join(self._run(run) for run in runs)
        return f"<w:p>{place.properties()}{inner}</w:p>"

    def _listing(self, listing: Listing, place: Place) -> str:
        self.list_starts.append(listing.start)
        level = min(place.level + 1, _DEEPEST_LIST)
        first = Place("ListParagraph", level, len(self.list_starts))
        return "".join(self._item(item, first) for item in listing.items)

    def _item(self, item: tuple[Block, ...], first: Place) -> str:
        """A list item: its first paragraph has the mark, what follows is set in."""
        if not item or not isinstance(item[0], Paragraph):
            item = (Paragraph(()), *item)
        later = Place("ListParagraph", first.level)
        return self.block(item[0], first) + self.blocks(item[1:], later)

    def table(self, rows: list[tuple[Line, ...]]) -> str:
        """A table of lines, the first row its head."""
        columns = max(len(row) for row in rows)
        head = tuple(tuple(replace(r, bold=True) for r in line) for line in rows[0])
        inside = Place("Cell")
        cells = [
            [self.paragraph(line, inside) for line in row] for row in (head, *rows[1:])
        ]
        return grid([_even(columns)] * columns, cells)

    def _run(self, run: Run) -> str:
        properties = _manner(run)
        text = f"<w:r>{properties}{_text(run.text)}</w:r>"
        if not run.href:
            return text
        return f'<w:hyperlink r:id="{self._link(run.href)}">{text}</w:hyperlink>'

    def _link(self, href: str) -> str:
        """The name of the relation to `href`, the same for the same address."""
        return self.links.setdefault(href, link_id(len(self.links)))


def grid(widths: list[int], rows: list[list[str]], caption: str = "") -> str:
    """A table of ready cells; the first row is its head. Widths in 1/20 pt."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    named = f'<w:tblCaption w:val="{_attribute(caption)}"/>' if caption else ""
    lines = "".join(_row(widths, cells, number) for number, cells in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(widths)}" '
        'w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" '
        f'w:firstRow="1"/>{named}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{lines}'
        "</w:tbl>"
    )


def field_run(instruction: str) -> str:
    """A field that Word fills in, such as PAGE."""
    return f'<w:fldSimple w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def plain(text: str) -> str:
    """A run of plain text."""
    return f"<w:r>{_text(text)}</w:r>"


def _row(widths: list[int], cells: list[str], number: int) -> str:
    head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if number == 0 else ""
    shade = _HEAD_SHADE if number == 0 else ""
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f"{cell}</w:tc>"
        for width, cell in zip(widths, cells, strict=False)
    )
    return f"<w:tr>{head}{inner}</w:tr>"


def _even(columns: int) -> int:
    return 6000 // max(columns, 1)


def _manner(run: Run) -> str:
    parts = [
        '<w:rStyle w:val="Hyperlink"/>' if run.href else "",
        '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>' if run.code else "",
        "<w:b/>" if run.bold else "",
        "<w:i/>" if run.italic else "",
    ]
    return f"<w:rPr>{''.join(parts)}</w:rPr>" if any(parts) else ""


def _text(text: str) -> str:
    """Text elements; a line break and a tab are elements of their own."""
    lines = ("<w:tab/>".join(map(_piece, line.split("\t"))) for line in _lines(text))
    return "<w:br/>".join(lines)


def _lines(text: str) -> list[str]:
    return printable(text).split("\n")


def _piece(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def _attribute(text: str) -> str:
    return escape(printable(text), {'"': "&quot;"})
