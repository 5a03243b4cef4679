"""The network as a graph: places from Graphviz, how each body and each tie looks.

Nothing moves by itself: every body comes with its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING
from urllib.parse import quote

from emnnet.domain.real_work import WorkKind
from emnnet.graphs.boxes import network_label, text_width
from emnnet.graphs.cache import DrawingCache
from emnnet.graphs.layout import Order, Point, laid_out
from emnnet.graphs.network_parts import ASKED_BY, COUNTRY, THEME
from emnnet.graphs.ring import bends, ring_positions
from emnnet.graphs.shapes import network_shape
from emnnet.graphs.values import NCP, PARTNER, Drawing, Edge, Node
from emnnet.graphs.words import drawing_words

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

_SETTINGS = {"overlap": "vpsc", "sep": "+6", "start": "7", "splines": "line"}
_TIE = {"len": "1.4"}
_STRETCH = 1.8
"""A screen is wider than high: laid out narrow, then drawn out by this much."""

BEND = 0.2
"""How far a bent tie leaves the straight way, in parts of its length."""

FONT = 13
"""Pixels high are the labels."""

_LINE = 16
_SYMBOL = {"ncp": 13, "partner": 11, "other": 8, "theme": 9, "country": 9}
"""Half the width, in pixels."""

_BESIDE = {THEME: "star", COUNTRY: "triangleDown"}
_ROOM = 12
_LONGEST = 400
"""Letters of a name in a tooltip."""

_THICKNESS, _THIN, _THICKEST = 1.5, 1, 6
_DASHES: Mapping[str, list[int]] = {
    "accountable_to": [7, 4],
    "appeal_to": [10, 3, 2, 3],
    "coordinates": [4, 3],
    "successor_of": [1, 4],
    "cooperates_with": [2, 5],
    "contributing": [4, 4],
    "handed_over": [9, 3],
}
_WORK = frozenset(kind.value for kind in WorkKind)
_WITHOUT_ARROW = frozenset(
    {"cooperates_with", "partner_of", "lead", "contributing", ASKED_BY}
) | {kind.value for kind in WorkKind if not kind.is_directed}


@dataclass(frozen=True)
class Addresses:
    """Where clicks lead: patterns with {slug}; of ties {kind}, {first}, {second}."""

    body: str = "/institutions/{slug}"
    theme: str = ""
    country: str = ""
    work: str = ""
    group: str = ""
    groups: frozenset[str] = frozenset()  # which nodes stand for several bodies

    def of(self, node: Node) -> str:
        """The page of what is drawn; "" where there is none."""
        if node.slug in self.groups:
            return self.group.format(slug=quote(node.slug, safe=""))
        pattern = {THEME: self.theme, COUNTRY: self.country}.get(node.sector, self.body)
        name = node.slug.partition(":")[2] if node.sector in _BESIDE else node.slug
        return pattern.format(slug=quote(name, safe=""))

    def behind(self, edge: Edge) -> str:
        """The page that lists the queries of a tie from work."""
        if not edge.count or edge.kind not in {*_WORK, ASKED_BY}:
            return ""
        first, second = quote(edge.source, safe=""), quote(edge.target, safe="")
        return self.work.format(kind=edge.kind, first=first, second=second)


def network_positions(
    drawing: Drawing, cache: DrawingCache | None = None
) -> dict[str, Point]:
    """Where each body stands, by slug; no two symbols with their labels overlap.

    On an oval where one body is tied to all others, else as Graphviz places them.
    """
    if (ring := ring_positions(drawing)) is not None:
        return ring
    places = {node.slug: number for number, node in enumerate(drawing.nodes)}
    ties = {
        tuple(sorted((places[edge.source], places[edge.target])))
        for edge in drawing.known_edges()
    }
    order = Order(
        engine="neato",
        settings=_SETTINGS,
        sizes=tuple(_room(node) for node in drawing.nodes),
        ties=tuple((first, second, _TIE) for first, second in sorted(ties)),
    )
    found = laid_out(order, cache).places
    stretched = [(round(x * _STRETCH, 1), y) for x, y in found]
    return dict(zip(places, stretched, strict=True))


def network_graph(
    drawing: Drawing,
    positions: Mapping[str, Point],
    language: str = "en",
    addresses: Addresses = Addresses(),
) -> "MultiDiGraph[str]":
    """The drawing as a networkx graph; its attributes are what vis-network reads."""
    from networkx import MultiDiGraph  # noqa: PLC0415 -- slow import

    graph: MultiDiGraph[str] = MultiDiGraph()
    for node in drawing.nodes:
        attributes = _node(node, language, positions[node.slug])
        graph.add_node(node.slug, **attributes, url=addresses.of(node))
    names = {node.slug: node.full_name or node.label for node in drawing.nodes}
    for edge in drawing.known_edges():
        attributes = _edge(edge, names, language)
        url = addresses.behind(edge)
        graph.add_edge(edge.source, edge.target, **attributes, url=url)
    for one, other, key, turn in bends(drawing, positions):
        graph.edges[one, other, key]["smooth"] = {
            "enabled": True,
            "type": "curvedCW" if turn > 0 else "curvedCCW",
            "roundness": BEND,
        }
    return graph


def _node(node: Node, language: str, place: Point) -> dict[str, Json]:
    words = drawing_words(language)
    name = (node.full_name or node.label)[:_LONGEST]
    facts = [name, words.sector(node.sector)]
    facts += [words.partner] if PARTNER in node.marks else []
    facts += [words.ncp] if NCP in node.marks else []
    return {
        "label": "\n".join(network_label(node)),
        "name": name,
        "title": ", ".join(facts),
        "group": node.sector,
        "shape": _BESIDE.get(node.sector) or network_shape(node.sector),
        "size": symbol_size(node),
        "standing": _standing(node),
        "x": place[0],
        "y": place[1],
    }


def _edge(edge: Edge, names: Mapping[str, str], language: str) -> dict[str, Json]:
    words = drawing_words(language)
    said = f"{names[edge.source]} {words.tie(edge.kind)} {names[edge.target]}"
    counted = words.queries.format(count=edge.count) if edge.count else ""
    note = edge.label or counted
    return {
        "title": f"{said} ({note})" if note else said,
        "kind": edge.kind,
        "count": edge.count,
        "note": note,
        "dashes": line_dashes(edge) or False,
        "arrows": "to" if is_arrow(edge) else "",
        "weight": thickness(edge),
    }


def thickness(edge: Edge) -> float:
    """In pixels; ties from work the thicker, the more queries, by the square root."""
    if edge.count:
        return round(min(0.5 + sqrt(edge.count) / 3, _THICKEST), 1)
    return _THIN if edge.kind in _WITHOUT_ARROW else _THICKNESS


def line_dashes(edge: Edge) -> list[int]:
    """Lengths of the strokes and gaps of its line; empty for a whole line."""
    return _DASHES.get(edge.kind, [])


def is_arrow(edge: Edge) -> bool:
    """Does it lead from its source to its target, and not between equals?"""
    return edge.kind not in _WITHOUT_ARROW


def symbol_size(node: Node) -> int:
    """Half the width of its symbol, in pixels."""
    return _SYMBOL[_standing(node)]


def _standing(node: Node) -> str:
    if node.sector in _BESIDE:
        return node.sector
    if NCP in node.marks:
        return "ncp"
    return "partner" if PARTNER in node.marks else "other"


def _room(node: Node) -> tuple[int, int]:
    """Pixels a symbol needs with the lines of its label under it."""
    lines = network_label(node)
    width = max(text_width(line, FONT) for line in lines)
    symbol = 2 * symbol_size(node)
    height = symbol + len(lines) * _LINE + _ROOM
    return round((max(width, symbol) + _ROOM) / _STRETCH), height
