"""The network as data for vis-network, as little of it as a browser needs.

pyvis only builds the data; its HTML, which loads scripts from foreign hosts, is not
used. What all bodies of a sector and all ties of a kind have in common is told once.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emnnet.graphs.cache import DrawingCache
from emnnet.graphs.layout import Point
from emnnet.graphs.network import FONT, Addresses, Json, network_graph
from emnnet.graphs.values import Drawing
from emnnet.graphs.words import drawing_words

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_EDITION = sha256(
    b"".join(
        Path(__file__).with_name(name).read_bytes()
        for name in ("network.py", "network_data.py")
    )
).hexdigest()
"""Data kept by other versions of these files are not used."""

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
    "nodes": {"font": {"size": FONT, "vadjust": -6}},
    "edges": {
        "smooth": False,
        "selectionWidth": 1,
        "arrows": {"to": {"scaleFactor": 0.5}},
    },
}
_USUAL = Addresses()
_OF_KIND = ("arrows", "dashes")
_OF_BODY = ("id", "label", "name", "group", "standing", "x", "y")


def network_data(
    drawing: Drawing,
    positions: Mapping[str, Point],
    language: str = "en",
    *,
    addresses: Addresses = _USUAL,
    way: Sequence[str] = (),
    cache: DrawingCache | None = None,
) -> dict[str, Json]:
    """{"nodes", "edges", …} for network.mjs; labels are text, never HTML.

    `way` is marked: the bodies of a way between two, in their order.
    """
    said = [_EDITION, asdict(drawing), positions, language, asdict(addresses), way]
    asked = json.dumps(said, default=_in_order).encode()
    kept = cache.drawn(asked) if cache else None
    if kept is not None:
        return dict(json.loads(kept))
    graph = network_graph(drawing, positions, language, addresses)
    _mark(graph, way)
    data = _built(graph, language)
    if cache:
        cache.keep(asked, json.dumps(data).encode())
    return data


def _built(graph: "MultiDiGraph[str]", language: str) -> dict[str, Json]:
    from pyvis.network import Network  # noqa: PLC0415 -- slow import: brings IPython

    network = Network(directed=True, cdn_resources="local")
    network.from_nx(graph, show_edge_weights=False)
    found, edges, *_ = network.get_network_data()
    named = {node["id"]: node for node in found}
    nodes = [named[slug] for slug in graph]  # pyvis puts them in the order of ties
    return {
        "nodes": [_body(node) for node in nodes],
        "edges": [_tie(edge) for edge in edges],
        "shapes": {node["group"]: node["shape"] for node in nodes},
        "sizes": {node["standing"]: node["size"] for node in nodes},
        "kinds": {edge["kind"]: _kind(edge, language) for edge in edges},
        "options": dict(_OPTIONS),
    }


def _body(node: Mapping[str, Any]) -> dict[str, Json]:
    """One body; `facts` follow its name where it is told what it is."""
    told = {name: node[name] for name in _OF_BODY}
    told["facts"] = node["title"].removeprefix(node["name"])
    return told | _given(node, "url", "marked")


def _tie(edge: Mapping[str, Any]) -> dict[str, Json]:
    """One tie without what its kind says; `note` stands behind its two ends."""
    told = {name: edge[name] for name in ("from", "to", "kind", "width")}
    return told | _given(edge, "count", "note", "url", "smooth", "marked")


def _kind(edge: Mapping[str, Any], language: str) -> dict[str, Json]:
    words = drawing_words(language).tie(edge["kind"])
    return {"words": words} | _given(edge, *_OF_KIND)


def _given(told: Mapping[str, Any], *names: str) -> dict[str, Json]:
    return {name: told[name] for name in names if told.get(name)}


def _mark(graph: "MultiDiGraph[str]", way: Sequence[str]) -> None:
    for slug in way:
        graph.nodes[slug]["marked"] = True
    steps = {frozenset(step) for step in pairwise(way)}
    for one, other, told in graph.edges(data=True):
        if frozenset((one, other)) in steps:
            told["marked"] = True


def _in_order(value: object) -> object:
    """Sets in an order of their own, so that the same drawing has the same key."""
    return sorted(value) if isinstance(value, frozenset) else str(value)
