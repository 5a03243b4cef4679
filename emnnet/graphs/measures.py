"""What the shape of the network says of each body: computed by networkx.

Ties count once between two bodies, whatever their kind and direction.
"""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from emnnet.graphs.network_parts import COUNTRY, THEME
from emnnet.graphs.values import Drawing

if TYPE_CHECKING:
    from networkx import Graph

MOST_EXACT = 400
"""Of more bodies betweenness is estimated from so many of them, always the same."""


@dataclass(frozen=True)
class Measure:
    """One body: ties; share of shortest ways over it; sectors; the rim; a cut."""

    slug: str
    degree: int
    betweenness: float  # 0 to 1
    sectors: int  # of its neighbours, other than its own
    across: int  # ties that lead into another sector
    is_rim: bool  # at most one tie
    is_bridge: bool  # without it the network would fall into more parts


@dataclass(frozen=True)
class Measured:
    """All bodies, the most tied first, and the whole."""

    bodies: tuple[Measure, ...]
    ties: int
    density: float  # ties there are, of all there could be
    parts: int  # that no tie joins
    across: int  # ties between two sectors


def measured(drawing: Drawing) -> Measured:
    """The measures of what is drawn, without themes and countries."""
    import networkx  # noqa: PLC0415 -- slow import

    graph = _graph(drawing)
    between = networkx.betweenness_centrality(
        graph, k=min(len(graph), MOST_EXACT) or None, seed=7
    )
    cuts = set(networkx.articulation_points(graph))
    sectors = {node.slug: node.sector for node in drawing.nodes}
    bodies = [
        _measure(graph, slug, between[slug], sectors, slug in cuts) for slug in graph
    ]
    crossing = sum(sectors[one] != sectors[other] for one, other in graph.edges)
    return Measured(
        tuple(sorted(bodies, key=lambda m: (-m.degree, -m.betweenness, m.slug))),
        graph.number_of_edges(),
        float(networkx.density(graph)),
        networkx.number_connected_components(graph),
        crossing,
    )


def _graph(drawing: Drawing) -> "Graph[str]":
    from networkx import Graph  # noqa: PLC0415 -- slow import

    graph: Graph[str] = Graph()
    bodies = {n.slug for n in drawing.nodes if n.sector not in {THEME, COUNTRY}}
    graph.add_nodes_from(sorted(bodies))
    graph.add_edges_from(
        (edge.source, edge.target)
        for edge in drawing.edges
        if {edge.source, edge.target} <= bodies and edge.source != edge.target
    )
    return graph


def _measure(
    graph: "Graph[str]",
    slug: str,
    betweenness: float,
    sectors: dict[str, str],
    is_bridge: bool,
) -> Measure:
    beside = Counter(sectors[other] for other in graph[slug])
    across = {name: count for name, count in beside.items() if name != sectors[slug]}
    return Measure(
        slug=slug,
        degree=len(graph[slug]),
        betweenness=round(float(betweenness), 4),
        sectors=len(across),
        across=sum(across.values()),
        is_rim=len(graph[slug]) <= 1,
        is_bridge=is_bridge,
    )
