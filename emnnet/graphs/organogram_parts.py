"""Boxes and lines of the organogram as SVG elements; every text is escaped here."""

from dataclasses import dataclass
from html import escape
from math import atan2, cos, floor, pi, sin
from urllib.parse import quote

from emnnet.graphs.boxes import (
    PADDING,
    SMALL_LEADING,
    STRONG_LEADING,
    WIDTH,
    Box,
)
from emnnet.graphs.layout import Layout, Point
from emnnet.graphs.shapes import MARK, mark_path
from emnnet.graphs.values import NCP, PARTNER, Node
from emnnet.graphs.words import DrawingWords

MARGIN = 8
"""Pixels around everything."""

_INDENT = MARK + 6
_ARROW = 8
_BAR = 5
_NCP_WIDTH, _NCP_HEIGHT = 30, 15
_ARROWED = frozenset({"appeal_to", "coordinates", "successor_of"})


def opening(layout: Layout) -> str:
    """The opening tag; a group, because a picture would hide its links."""
    width = round(layout.width + 2 * MARGIN)
    height = round(layout.height + 2 * MARGIN)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="organogram" role="group" '
        f'width="{width}" height="{height}" '
        f'viewBox="{-MARGIN} {-MARGIN} {width} {height}">'
    )


def body_svg(
    node: Node, box: Box, middle: Point, words: DrawingWords, address: str
) -> str:
    """One body: a link with a box, the mark of its sector, its names."""
    left, top = middle[0] - WIDTH / 2, middle[1] - box.height / 2
    classes = ["body", f"sector-{node.sector}", *sorted(f"is-{m}" for m in node.marks)]
    href = address.format(slug=quote(node.slug, safe=""))
    return (
        f'<a class="{escape(" ".join(classes))}" href="{escape(href)}" '
        f'id="organogram-{escape(node.slug)}" transform="translate({left:g} {top:g})">'
        f"<title>{escape(_said(node, words))}</title>"
        f'<rect class="box" width="{WIDTH}" height="{box.height}" rx="5"></rect>'
        f"{_bar(node, box)}"
        f'<path class="mark" transform="translate({PADDING} {PADDING})" '
        f'd="{mark_path(node.sector)}"></path>{_lines(box)}{_ncp(node)}</a>'
    )


@dataclass(frozen=True)
class BentLine:
    """A line at right angles; `lane` is where in the gap, 0 to 1, it turns."""

    above: Point
    below: Point
    lane: float


def tie_svg(
    kind: str, title: str, path: tuple[Point, ...], bent: BentLine | None
) -> str:
    """One line with what it says: at right angles, or as Graphviz curved it."""
    drawn = _bent(bent) if bent else _curved(path)
    line = "line straight" if bent else "line"
    head = _head(path) if kind in _ARROWED else ""
    return (
        f'<g class="tie tie-{escape(kind)}"><title>{escape(title)}</title>'
        f'<path class="{line}" d="{drawn}"></path>{head}</g>'
    )


def _said(node: Node, words: DrawingWords) -> str:
    name = node.full_name or node.label
    short = f" ({node.label})" if node.label and node.label != name else ""
    facts = [f"{name}{short}", words.sector(node.sector)]
    facts += [words.partner] if PARTNER in node.marks else []
    facts += [words.ncp] if NCP in node.marks else []
    said = ", ".join(facts)
    return f"{said}. {node.title}" if node.title else said


def _bar(node: Node, box: Box) -> str:
    """A partner's box has a full edge: seen without colour too."""
    if PARTNER not in node.marks:
        return ""
    return (
        f'<path class="bar" d="M5 0H{_BAR}V{box.height}H5A5 5 0 0 1 0 {box.height - 5}'
        'V5A5 5 0 0 1 5 0Z"></path>'
    )


def _ncp(node: Node) -> str:
    if NCP not in node.marks:
        return ""
    left, middle = WIDTH - _NCP_WIDTH - 7, 7 + _NCP_HEIGHT / 2
    return (
        f'<rect class="tag" x="{left}" y="7" width="{_NCP_WIDTH}" '
        f'height="{_NCP_HEIGHT}" rx="3"></rect><text class="tag-word" '
        f'x="{left + _NCP_WIDTH / 2:g}" y="{middle + 3.5:g}">NCP</text>'
    )


def _lines(box: Box) -> str:
    y, texts = PADDING - 4, []
    for line in box.strong:
        y += STRONG_LEADING
        x = PADDING + _INDENT
        texts.append(f'<text class="name" x="{x}" y="{y - 2}">{escape(line)}</text>')
    for line in box.small:
        y += SMALL_LEADING
        texts.append(f'<text class="full" x="{PADDING}" y="{y}">{escape(line)}</text>')
    return "".join(texts)


def next_to(above: Point, below: Point) -> bool:
    """Is `below` on the level after that of `above`, so that a bent line is free?"""
    return WIDTH < below[0] - above[0] < 1.5 * WIDTH


def _bent(line: BentLine) -> str:
    start, end = line.above[0] + WIDTH / 2, line.below[0] - WIDTH / 2
    turn = _crisp(start + (end - start) * line.lane)
    above, below = _crisp(line.above[1]), _crisp(line.below[1])
    return f"M{start:g} {above:g}H{turn:g}V{below:g}H{end:g}"


def _crisp(place: float) -> float:
    """The middle of a pixel: lines on top of each other then look like one."""
    return floor(place) + 0.5


def _curved(path: tuple[Point, ...]) -> str:
    if not path:
        return ""
    first, *rest = (f"{x:g} {y:g}" for x, y in path)
    return f"M{first}C{' '.join(rest)}"


def _head(path: tuple[Point, ...]) -> str:
    """An arrowhead at the end of the curve, turned as the curve arrives."""
    if len(path) < 2:
        return ""
    (x0, y0), (x, y) = path[-2], path[-1]
    turn = atan2(y - y0, x - x0)
    wings = [
        (x - _ARROW * cos(turn + side), y - _ARROW * sin(turn + side))
        for side in (pi / 7, -pi / 7)
    ]
    (ax, ay), (bx, by) = wings
    drawn = f"M{x:g} {y:g}L{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}Z"
    return f'<path class="head" d="{drawn}"></path>'
