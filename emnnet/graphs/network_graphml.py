"""The network as GraphML, for programs that compute with graphs."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_LOOKS = {"shape", "size", "dashes", "arrows", "weight", "url", "marked", "smooth"}
"""How it is drawn, not what it says."""


def as_graphml(graph: "MultiDiGraph[str]") -> bytes:
    """The graph of `network_graph` with names, sectors, places, kinds and counts."""
    from networkx import (  # noqa: PLC0415 -- slow import
        MultiDiGraph,
        write_graphml_xml,
    )

    plain: MultiDiGraph[str] = MultiDiGraph()
    for slug, told in graph.nodes(data=True):
        plain.add_node(slug, **_said(told))
    for one, other, told in graph.edges(data=True):
        plain.add_edge(one, other, **_said(told))
    written = BytesIO()
    write_graphml_xml(plain, written)
    return written.getvalue()


def _said(told: dict[str, object]) -> dict[str, object]:
    return {
        name: _clean(value) if isinstance(value, str) else value
        for name, value in told.items()
        if name not in _LOOKS
    }


def _clean(text: str) -> str:
    """Without the signs that XML forbids."""
    return "".join(letter for letter in text.replace("\n", " ") if letter >= " ")
