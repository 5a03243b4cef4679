"""The network as an SVG file that needs nothing beside it: no script, font or host."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from math import hypot

from emnnet.graphs.boxes import network_label, text_width
from emnnet.graphs.layout import Point
from emnnet.graphs.light import light
from emnnet.graphs.network import BEND, is_arrow, line_dashes, symbol_size, thickness
from emnnet.graphs.network_legend import (
    BESIDE,
    SECTORS,
    drawn_legend,
    entries,
    height,
    rows,
)
from emnnet.graphs.ring import bends
from emnnet.graphs.shapes import MARK, mark_path
from emnnet.graphs.values import NCP, PARTNER, Drawing, Edge, Node
from emnnet.graphs.words import drawing_words

_MARGIN, _HEAD, _FOOT = 40, 56, 32
_FONT, _LINE = 13, 16
_LEAST_WIDTH = 640


@dataclass(frozen=True)
class Around:
    """What stands around the drawing; without a source the page says title and source.

    `ties` are the words of the kinds of tie, in the order of the legend.
    """

    title: str
    ties: Mapping[str, str]
    source: str = ""


def network_svg(
    drawing: Drawing,
    positions: Mapping[str, Point],
    language: str,
    around: Around,
) -> str:
    """The drawing with its title, legend and source line, in the light colours."""
    head = _HEAD if around.source else 0
    places = _moved(drawing, positions, head)
    width = max(
        *(x + _half(n) for n in drawing.nodes for x, _ in [places[n.slug]]),
        text_width(around.title, 21),
        _LEAST_WIDTH,
    )
    below = max(places[n.slug][1] + _depth(n) for n in drawing.nodes) + _MARGIN / 2
    legend = rows(entries(drawing, language, around.ties), width - _MARGIN)
    foot = _FOOT if around.source else 0
    whole = round(width + _MARGIN), round(below + height(legend) + foot + _MARGIN / 2)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole[0]}" '
        f'height="{whole[1]}" viewBox="0 0 {whole[0]} {whole[1]}" role="img" '
        f'font-family="Inter, sans-serif" font-size="{_FONT}" '
        f'fill="{light("ink")}"><title>{_said(around.title)}</title>'
        f'<rect width="100%" height="100%" fill="{light("panel")}"/>'
        + (_words_around(around, whole[1]) if around.source else "")
        + _lines_and_symbols(drawing, places, language)
        + f"<g>{drawn_legend(legend, _MARGIN, below)}</g></svg>\n"
    )


def _words_around(around: Around, height: float) -> str:
    return (
        f'<text x="{_MARGIN}" y="{_MARGIN}" font-size="21" font-weight="600">'
        f"{_said(around.title)}</text>"
        f'<text x="{_MARGIN}" y="{height - 16}" font-size="12" '
        f'fill="{light("muted")}">{_said(around.source)}</text>'
    )


def _lines_and_symbols(
    drawing: Drawing, places: Mapping[str, Point], language: str
) -> str:
    known = {node.slug: node for node in drawing.nodes}
    bent = {(a, b): turn for a, b, _, turn in bends(drawing, places)}
    lines = "".join(
        _edge(e, known, places, language, bent.get((e.source, e.target), 0))
        for e in drawing.known_edges()
    )
    symbols = "".join(_node(n, places[n.slug], language) for n in drawing.nodes)
    return f"<g>{lines}</g><g>{symbols}</g>"


def _moved(
    drawing: Drawing, positions: Mapping[str, Point], head: int
) -> dict[str, Point]:
    """The same places, moved so that nothing stands left of or above the page."""
    left = min(positions[n.slug][0] - _half(n) for n in drawing.nodes)
    top = min(positions[n.slug][1] - symbol_size(n) for n in drawing.nodes)
    return {
        node.slug: (round(x - left + _MARGIN, 1), round(y - top + _MARGIN + head, 1))
        for node in drawing.nodes
        for x, y in [positions[node.slug]]
    }


def _half(node: Node) -> float:
    widest = max(text_width(line, _FONT) for line in network_label(node))
    return max(widest / 2, symbol_size(node)) + 4


def _depth(node: Node) -> float:
    return symbol_size(node) + _LINE * len(network_label(node)) + 8


def _node(node: Node, place: Point, language: str) -> str:
    size, (x, y) = symbol_size(node), place
    words = drawing_words(language)
    colour = light(node.sector if node.sector in SECTORS else "muted")
    plain = not node.marks & {PARTNER, NCP} and node.sector in SECTORS
    edge = light("ink") if NCP in node.marks else colour
    shape = BESIDE.get(node.sector) or mark_path(node.sector)
    scale = 2 * size / MARK
    width = (4 if NCP in node.marks else 2) / scale
    text = "".join(
        f'<tspan x="{x}" y="{round(y + size + _LINE * (at + 1) - 2, 1)}">{_said(line)}'
        "</tspan>"
        for at, line in enumerate(network_label(node))
    )
    return (
        f"<g><title>{_said(node.full_name or node.label)}, "
        f"{_said(words.sector(node.sector))}</title>"
        f'<path d="{shape}" transform="translate({round(x - size, 1)} '
        f'{round(y - size, 1)}) scale({round(scale, 3)})" '
        f'fill="{light("panel") if plain else colour}" stroke="{edge}" '
        f'stroke-width="{round(width, 2)}"/>'
        f'<text text-anchor="middle" stroke="{light("panel")}" stroke-width="4" '
        f'paint-order="stroke" stroke-linejoin="round">{text}</text></g>'
    )


def _edge(
    edge: Edge,
    known: Mapping[str, Node],
    places: Mapping[str, Point],
    language: str,
    turn: int,
) -> str:
    (x0, y0), (x1, y1) = places[edge.source], places[edge.target]
    middle = _middle((x0, y0), (x1, y1), turn)
    far = hypot(x1 - middle[0], y1 - middle[1]) or 1
    along = (x1 - middle[0]) / far, (y1 - middle[1]) / far
    back = symbol_size(known[edge.target]) + 4
    tip = x1 - along[0] * back, y1 - along[1] * back
    dashes = " ".join(map(str, line_dashes(edge)))
    names = {slug: known[slug].full_name for slug in (edge.source, edge.target)}
    words = drawing_words(language)
    said = f"{names[edge.source]} {words.tie(edge.kind)} {names[edge.target]}"
    if edge.count:
        said += f" ({words.queries.format(count=edge.count)})"
    line = (
        f'<path d="M{x0} {y0}Q{middle[0]:.1f} {middle[1]:.1f} '
        f'{tip[0]:.1f} {tip[1]:.1f}" fill="none" '
        f'stroke="{light("line")}" stroke-width="{thickness(edge):.1f}"'
        + (f' stroke-dasharray="{dashes}"' if dashes else "")
        + "/>"
    )
    head = _head(tip, along) if is_arrow(edge) else ""
    return f"<g><title>{_said(said)}</title>{line}{head}</g>"


def _middle(start: Point, end: Point, turn: int) -> Point:
    """The point that pulls the line aside; halfway for a straight one."""
    (x0, y0), (x1, y1) = start, end
    aside = turn * BEND
    return (x0 + x1) / 2 + aside * (y1 - y0), (y0 + y1) / 2 - aside * (x1 - x0)


def _head(tip: Point, along: Point) -> str:
    (x, y), (dx, dy) = tip, along
    points = [
        (x, y),
        (x - 8 * dx + 3.5 * dy, y - 8 * dy - 3.5 * dx),
        (x - 8 * dx - 3.5 * dy, y - 8 * dy + 3.5 * dx),
    ]
    written = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
    return f'<polygon points="{written}" fill="{light("line")}"/>'


def _said(text: str) -> str:
    """Text of the file: escaped, without the signs that XML forbids."""
    return escape("".join(letter for letter in text if letter >= " "))
