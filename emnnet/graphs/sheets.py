"""The drawing on a sheet of its own: title, legend, drawing and source in one SVG.

It needs nothing beside it: colours are written out, no font and no address is loaded.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from emnnet.graphs.boxes import text_width
from emnnet.graphs.reading import second_ties
from emnnet.graphs.shapes import MARK, mark_path
from emnnet.graphs.standalone import style
from emnnet.graphs.values import NCP, PARTNER, Drawing
from emnnet.graphs.words import DrawingWords

_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
_MARGIN, _ROW, _GAP = 24, 22, 28
_WORDS = 12
_ARROWED = frozenset({"appeal_to", "coordinates", "successor_of"})


@dataclass(frozen=True)
class Sheet:
    """What stands around the drawing; without a title the page has one already."""

    words: DrawingWords
    title: str = ""
    line: str = ""
    source: str = ""


@dataclass(frozen=True)
class _Entry:
    """One entry of the legend: its sign, so many pixels wide, and its words."""

    sign: str
    words: str
    sign_width: int = 40

    @property
    def width(self) -> float:
        """Letters are a little narrower than `text_width` says."""
        return self.sign_width + 8 + 0.9 * text_width(self.words, _WORDS) + _GAP


def sheet_svg(svg: str, drawing: Drawing, sheet: Sheet) -> str:
    """`svg` of `organogram_svg`, made of `drawing`, as a whole file."""
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("not one of our drawings")
    width, height = (int(size) for size in found.groups())
    width = max(width, 480)
    rows = _rows(_entries(drawing, sheet.words), width)
    head = (60 if sheet.title else 0) + (4 if sheet.line else 0)
    legend = len(rows) * _ROW + 14
    foot = 34 if sheet.source else 0
    whole = (width + 2 * _MARGIN, head + legend + height + foot + 2 * _MARGIN)
    placed = svg.replace(
        "<svg ", f'<svg x="{_MARGIN}" y="{_MARGIN + head + legend}" ', 1
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" class="organogram" '
        f'width="{whole[0]}" height="{whole[1]}" viewBox="0 0 {whole[0]} {whole[1]}">'
        f"<title>{escape(sheet.title)}</title><style>{_plain_style()}</style>"
        '<rect class="ground" width="100%" height="100%"></rect>'
        f"{_head(sheet)}{_legend(rows, _MARGIN + head)}{placed}"
        f"{_text('source', whole[1] - _MARGIN, sheet.source)}</svg>\n"
    )


def _plain_style() -> str:
    """The style as typst's reader of SVG knows it: it minds the capital letter."""
    return style().replace("currentcolor", "currentColor")


def _head(sheet: Sheet) -> str:
    title = _text("heading", _MARGIN + 22, sheet.title)
    return title + _text("source", _MARGIN + 46, sheet.line)


def _text(kind: str, y: float, words: str) -> str:
    if not words:
        return ""
    return f'<text class="{kind}" x="{_MARGIN + 8}" y="{y}">{escape(words)}</text>'


def _entries(drawing: Drawing, words: DrawingWords) -> Iterable[_Entry]:
    """Sectors, marks and kinds of tie that are in the drawing."""
    for sector in words.sectors:
        if any(node.sector == sector for node in drawing.nodes):
            sign = (
                f'<g class="sector-{sector}"><path class="mark" transform="translate('
                f'0 {-MARK + 1})" d="{mark_path(sector)}"></path></g>'
            )
            yield _Entry(sign, words.sector(sector), MARK)
    marks = {mark for node in drawing.nodes for mark in node.marks}
    if PARTNER in marks:
        yield _Entry(_PARTNER_SIGN, words.partner, 26)
    if NCP in marks:
        yield _Entry(_ncp_sign(words.ncp_tag), words.ncp, 30)
    second = second_ties(drawing)
    drawn = {edge.kind for edge in drawing.known_edges() if edge not in second}
    for kind in words.ties:
        if kind in drawn:
            yield _Entry(_line(f"tie-{kind}", kind in _ARROWED), words.line(kind))
    if second:
        yield _Entry(_line("is-second"), words.second)


_PARTNER_SIGN = (
    '<g class="body is-partner sector-government"><rect class="box" x="0" y="-12" '
    'width="26" height="14" rx="3"></rect><path class="bar" '
    'd="M4 -12V2A4 4 0 0 1 0 -2V-8A4 4 0 0 1 4 -12Z"></path></g>'
)


def _ncp_sign(word: str) -> str:
    return (
        '<rect class="tag" x="0" y="-12" width="30" height="15" rx="3"></rect>'
        f'<text class="tag-word" x="15" y="-1">{escape(word)}</text>'
    )


def _line(kind: str, arrowed: bool = False) -> str:
    head = '<path class="head" d="M40 -4L32 -7.5V-0.5Z"></path>'
    end = 33 if arrowed else 40
    return (
        f'<g class="tie {escape(kind)}"><path class="line" d="M0 -4H{end}"></path>'
        f"{head if arrowed else ''}</g>"
    )


def _rows(entries: Iterable[_Entry], width: float) -> list[list[_Entry]]:
    """The legend in as many lines as it needs."""
    rows: list[list[_Entry]] = [[]]
    for entry in entries:
        taken = sum(each.width for each in rows[-1])
        if rows[-1] and taken + entry.width > width:
            rows.append([])
        rows[-1].append(entry)
    return rows


def _legend(rows: list[list[_Entry]], top: float) -> str:
    drawn = []
    for number, row in enumerate(rows):
        x, y = _MARGIN + 8, top + (number + 1) * _ROW - 6
        for entry in row:
            drawn.append(
                f'<g transform="translate({x:g} {y:g})">{entry.sign}<text '
                f'class="legend-word" x="{entry.sign_width + 6}" y="0">'
                f"{escape(entry.words)}</text></g>"
            )
            x += round(entry.width)
    return "".join(drawn)
