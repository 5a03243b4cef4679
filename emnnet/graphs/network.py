"""The network as data for vis-network: places from Graphviz, the rest from pyvis.

pyvis only builds the data; its HTML, which loads scripts from foreign hosts, is not
used. Nothing moves by itself: every body comes with its place.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from emnnet.graphs.boxes import network_label, text_width
from emnnet.graphs.cache import DrawingCache
from emnnet.graphs.layout import Order, Point, laid_out
from emnnet.graphs.ring import ring_positions
from emnnet.graphs.shapes import network_shape
from emnnet.graphs.values import NCP, PARTNER, Drawing, Edge, Node
from emnnet.graphs.words import drawing_words

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_EDITION = sha256(Path(__file__).read_bytes()).hexdigest()
"""Data kept by another version of this file are not used."""

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

_SETTINGS = {"overlap": "vpsc", "sep": "+6", "start": "7", "splines": "line"}
_TIE = {"len": "1.4"}
_STRETCH = 1.5
"""A screen is wider than high: laid out narrow, then drawn out by this much."""

_FONT = 13
_LINE = 16
_SYMBOL = {"ncp": 13, "partner": 11, "other": 8}  # half the width, in pixels
_ROOM = 12
_THICKNESS, _THIN = 1.5, 1
_DASHES: Mapping[str, list[int] | bool] = {
    "accountable_to": [7, 4],
    "appeal_to": [10, 3, 2, 3],
    "coordinates": [4, 3],
    "successor_of": [1, 4],
    "cooperates_with": [2, 5],
}
_WITHOUT_ARROW = frozenset({"cooperates_with", "partner_of"})
_OPTIONS: Mapping[str, Json] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "tooltipDelay": 150,
        "zoomView": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {"font": {"size": _FONT, "vadjust": -6}},
    "edges": {
        "smooth": False,
        "selectionWidth": 1,
        "arrows": {"to": {"scaleFactor": 0.5}},
    },
}


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


def network_data(
    drawing: Drawing,
    positions: Mapping[str, Point],
    language: str = "en",
    *,
    address: str = "/institutions/{slug}",
    cache: DrawingCache | None = None,
) -> dict[str, Json]:
    """{"nodes", "edges", "options"} for vis-network; labels are text, never HTML."""
    said = [_EDITION, asdict(drawing), positions, language, address]
    asked = json.dumps(said, default=_in_order).encode()
    kept = cache.drawn(asked) if cache else None
    if kept is not None:
        return dict(json.loads(kept))
    data = _built(_graph(drawing, positions, language, address))
    if cache:
        cache.keep(asked, json.dumps(data).encode())
    return data


def _built(graph: "MultiDiGraph[str]") -> dict[str, Json]:
    from pyvis.network import Network  # noqa: PLC0415 -- slow import: brings IPython

    network = Network(directed=True, cdn_resources="local")
    network.from_nx(graph, show_edge_weights=False)
    found, edges, *_ = network.get_network_data()
    named = {node["id"]: node for node in found}
    nodes = [named[slug] for slug in graph]  # pyvis puts them in the order of ties
    return {"nodes": nodes, "edges": edges, "options": dict(_OPTIONS)}


def _graph(
    drawing: Drawing, positions: Mapping[str, Point], language: str, address: str
) -> "MultiDiGraph[str]":
    from networkx import MultiDiGraph  # noqa: PLC0415 -- slow import

    graph: MultiDiGraph[str] = MultiDiGraph()
    for node in drawing.nodes:
        attributes = _node(node, language, positions[node.slug], address)
        graph.add_node(node.slug, **attributes)
    names = {node.slug: node.full_name or node.label for node in drawing.nodes}
    for edge in drawing.known_edges():
        graph.add_edge(edge.source, edge.target, **_edge(edge, names, language))
    return graph


def _node(node: Node, language: str, place: Point, address: str) -> dict[str, Json]:
    words = drawing_words(language)
    facts = [node.full_name or node.label, words.sector(node.sector)]
    facts += [words.partner] if PARTNER in node.marks else []
    facts += [words.ncp] if NCP in node.marks else []
    return {
        "label": "\n".join(network_label(node)),
        "title": ", ".join(facts),
        "group": node.sector,
        "shape": network_shape(node.sector),
        "size": _SYMBOL[_standing(node)],
        "standing": _standing(node),
        "x": place[0],
        "y": place[1],
        "url": address.format(slug=quote(node.slug, safe="")),
    }


def _edge(edge: Edge, names: Mapping[str, str], language: str) -> dict[str, Json]:
    words = drawing_words(language).tie(edge.kind)
    said = f"{names[edge.source]} {words} {names[edge.target]}"
    return {
        "title": f"{said} ({edge.label})" if edge.label else said,
        "kind": edge.kind,
        "dashes": _DASHES.get(edge.kind, False),
        "arrows": "" if edge.kind in _WITHOUT_ARROW else "to",
        "weight": _THIN if edge.kind in _WITHOUT_ARROW else _THICKNESS,
    }


def _in_order(value: object) -> object:
    """Sets in an order of their own, so that the same drawing has the same key."""
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _standing(node: Node) -> str:
    if NCP in node.marks:
        return "ncp"
    return "partner" if PARTNER in node.marks else "other"


def _room(node: Node) -> tuple[int, int]:
    """Pixels a symbol needs with the lines of its label under it."""
    lines = network_label(node)
    width = max(text_width(line, _FONT) for line in lines)
    symbol = 2 * _SYMBOL[_standing(node)]
    needed = max(width, symbol) + _ROOM
    return round(needed / _STRETCH), symbol + len(lines) * _LINE + _ROOM
