"""What is drawn: bodies and the ties between them, as of one day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

PARTNER = "partner"
NCP = "ncp"
FOUND = "found"
"""Met by what was searched for."""

CONTEXT = "context"
"""Not asked for, but above one that was."""

CHOSEN = "chosen"
"""The one whose facts are shown beside the drawing."""


@dataclass(frozen=True)
class Node:
    """One body. `label` is short, `title` one sentence; `marks` of the words above.

    `words` are what a search meets it by, folded; `under` is how many stand under it,
    and `expanded` whether they are drawn.
    """

    slug: str
    label: str
    full_name: str
    sector: str
    marks: frozenset[str] = frozenset()
    title: str = ""
    words: str = ""
    under: int = 0
    expanded: bool = True


@dataclass(frozen=True)
class Edge:
    """A tie, read "`source` is … `target`"; `kind` a `TieKind`, `label` its words.

    `count` is the number of queries behind a tie from real work.
    """

    source: str
    target: str
    kind: str
    label: str = ""
    count: int = 0


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


@dataclass(frozen=True)
class Look:
    """How a drawing is wanted: its direction, its size in percent, its handles.

    `fold` gives the address that folds or unfolds a body; without it there is none.
    """

    top_down: bool = False
    zoom: int = 100
    fold: Callable[[str], str] | None = None
