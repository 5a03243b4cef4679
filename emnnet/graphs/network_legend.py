"""The legend under a network that is a file: its sectors, marks and lines."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from emnnet.graphs.boxes import text_width
from emnnet.graphs.light import light
from emnnet.graphs.network import is_arrow, line_dashes
from emnnet.graphs.network_parts import COUNTRY, THEME
from emnnet.graphs.shapes import MARK, mark_path
from emnnet.graphs.values import NCP, PARTNER, Drawing, Edge
from emnnet.graphs.words import drawing_words

SECTORS = ("government", "ngo", "academia", "international", "judiciary")
BESIDE = {
    THEME: "M6 0 7.6 4.3 12 4.6 8.6 7.3 9.7 12 6 9.2 2.3 12 3.4 7.3 0 4.6 4.4 4.3z",
    COUNTRY: "M.2 1h11.6L6 11.5z",
}
_ROW, _GAP, _LINE = 22, 26, 34


@dataclass(frozen=True)
class Entry:
    """One sign, so many pixels wide and drawn around the height 0, and its words."""

    sign: str
    width: int
    words: str

    @property
    def whole(self) -> float:
        """With its words and the gap to the next one."""
        return self.width + 8 + text_width(self.words, 13) + _GAP


def entries(
    drawing: Drawing, language: str, ties: Mapping[str, str]
) -> Iterator[Entry]:
    """What is drawn; `ties` are the words of the kinds, in their order."""
    words, there = drawing_words(language), {node.sector for node in drawing.nodes}
    for name in (*SECTORS, THEME, COUNTRY):
        if name in there:
            colour = light(name if name in SECTORS else "muted")
            yield Entry(_mark(name, colour, colour), MARK, words.sector(name))
    marks = {mark for node in drawing.nodes for mark in node.marks}
    if NCP in marks:
        yield Entry(_mark("government", light("muted"), light("ink")), MARK, words.ncp)
    if any(not n.marks & {NCP, PARTNER} for n in drawing.nodes if n.sector in SECTORS):
        outline = _mark("government", light("panel"), light("muted"))
        yield Entry(outline, MARK, words.outsider)
    drawn = {edge.kind: edge for edge in drawing.known_edges()}
    for kind, said in ties.items():
        if kind in drawn:
            yield Entry(_line(drawn[kind]), _LINE, said)


def rows(found: Iterable[Entry], width: float) -> list[list[Entry]]:
    """The entries side by side, as many as find room in a row."""
    lines: list[list[Entry]] = []
    room = 0.0
    for entry in found:
        if not lines or entry.whole > room:
            lines.append([])
            room = width
        lines[-1].append(entry)
        room -= entry.whole
    return lines


def height(lines: list[list[Entry]]) -> int:
    """How many pixels they need."""
    return _ROW * len(lines)


def drawn_legend(lines: list[list[Entry]], left: float, top: float) -> str:
    """The rows as parts of an SVG."""
    parts = []
    for number, line in enumerate(lines):
        x, y = left, top + _ROW * number
        for entry in line:
            parts.append(
                f'<g transform="translate({x:.1f} {y:.1f})">{entry.sign}'
                f'<text x="{entry.width + 8}" y="4.5">{escape(entry.words)}</text></g>'
            )
            x += entry.whole
    return "".join(parts)


def _mark(sector: str, fill: str, edge: str) -> str:
    shape = BESIDE.get(sector) or mark_path(sector)
    return (
        f'<path d="{shape}" transform="translate(0 {-MARK / 2})" fill="{fill}" '
        f'stroke="{edge}" stroke-width="2"/>'
    )


def _line(edge: Edge) -> str:
    dashes = " ".join(map(str, line_dashes(edge)))
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    end = _LINE - 8 if is_arrow(edge) else _LINE
    head = f'<path d="M{_LINE} 0L{end} -3.5V3.5Z" fill="{light("line")}"/>'
    return (
        f'<path d="M0 0H{end}" stroke="{light("line")}" stroke-width="1.5"{dashed}/>'
        + (head if is_arrow(edge) else "")
    )
