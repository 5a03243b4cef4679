"""Where things stand in a drawing: asked of Graphviz in a process of its own.

Graphviz gets sizes and ties, never a word of text: it needs no font, and what it
returns tells nothing about anybody. Lengths are pixels of the drawing; y goes down.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from emnnet.child import Limits, run_child
from emnnet.graphs.cache import DrawingCache

_CHILD = Path(__file__).with_name("layout_child.py")
_LIMITS = Limits(seconds=10, megabytes=768)

Point = tuple[float, float]


@dataclass(frozen=True)
class Order:
    """A drawing to be laid out; a tie is two places in `sizes`, and attributes."""

    engine: str
    settings: Mapping[str, str]
    sizes: tuple[tuple[int, int], ...]
    ties: tuple[tuple[int, int, Mapping[str, str]], ...]


@dataclass(frozen=True)
class Layout:
    """Middles of the boxes, and for each tie the points of a cubic Bézier curve."""

    width: float
    height: float
    places: tuple[Point, ...]
    paths: tuple[tuple[Point, ...], ...]


def laid_out(order: Order, cache: DrawingCache | None = None) -> Layout:
    """The layout of `order`, the same for the same order. Raises `ChildFailed`."""
    asked = json.dumps(asdict(order), sort_keys=True).encode()

    def asked_of_graphviz() -> bytes:
        return run_child(_CHILD, asked, _LIMITS)

    drawn = cache.made(asked, asked_of_graphviz) if cache else asked_of_graphviz()
    found = json.loads(drawn)
    return Layout(
        width=found["width"],
        height=found["height"],
        places=tuple((x, y) for x, y in found["places"]),
        paths=tuple(tuple((x, y) for x, y in path) for path in found["paths"]),
    )
