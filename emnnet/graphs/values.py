"""What is drawn: bodies and the ties between them, as of one day."""

from dataclasses import dataclass
from datetime import date

PARTNER = "partner"
NCP = "ncp"


@dataclass(frozen=True)
class Node:
    """One body. `label` is short, `title` one sentence; `marks` of PARTNER and NCP."""

    slug: str
    label: str
    full_name: str
    sector: str
    marks: frozenset[str] = frozenset()
    title: str = ""


@dataclass(frozen=True)
class Edge:
    """A tie, read "`source` is … `target`"; `kind` a `TieKind`, `label` its words."""

    source: str
    target: str
    kind: str
    label: str = ""


@dataclass(frozen=True)
class Drawing:
    """Everything a viewer may see of the network on the day `as_of`."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    as_of: date

    def known_edges(self) -> list[Edge]:
        """The ties whose two ends are drawn."""
        slugs = {node.slug for node in self.nodes}
        return [e for e in self.edges if e.source in slugs and e.target in slugs]
