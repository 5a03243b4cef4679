"""A network around one body: it in the middle, the others on an oval, sector by sector.

What belongs together stands together, so that the parts of the whole can be seen.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from math import cos, hypot, pi, sin

from emnnet.graphs.layout import Point
from emnnet.graphs.reading import reading_order
from emnnet.graphs.values import Drawing, Node

FEWEST, MOST = 5, 40
"""How many others make an oval; with more of them it would be mostly empty."""

_APART = 132.0
"""Pixels along the oval from one body to the next."""

_BETWEEN_SECTORS = 0.5
_FLATNESS = 0.52
_STEPS = 720
_SECTORS = ("government", "judiciary", "academia", "ngo", "international")


def ring_positions(drawing: Drawing) -> dict[str, Point] | None:
    """The places, or None where nobody is tied to all the others."""
    hub = hub_of(drawing)
    if hub is None:
        return None
    others = _ordered(drawing, hub)
    slots = _slots(others)
    places = _oval(slots, slots[-1] + 1 + _BETWEEN_SECTORS)
    found = dict(zip((node.slug for node in others), places, strict=True))
    return {node.slug: found.get(node.slug, (0.0, 0.0)) for node in drawing.nodes}


def bends(
    drawing: Drawing, positions: Mapping[str, Point]
) -> Iterator[tuple[str, str, int, int]]:
    """On an oval, ties between two that stand on it bend inwards, clear of others.

    Source, target, which tie between them, and 1 for clockwise, -1 for the other way.
    """
    hub = hub_of(drawing)
    if hub is None or len(drawing.nodes) > MOST:
        return
    seen: Counter[tuple[str, str]] = Counter()
    x, y = positions[hub]
    for edge in drawing.known_edges():
        ends = edge.source, edge.target
        key, seen[ends] = seen[ends], seen[ends] + 1
        if hub not in ends:
            (x0, y0), (x1, y1) = positions[ends[0]], positions[ends[1]]
            side = (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)
            yield *ends, key, -1 if side > 0 else 1


def hub_of(drawing: Drawing) -> str | None:
    """The one that is tied to every other, where there are neither few nor many."""
    if not FEWEST < len(drawing.nodes) <= MOST:
        return None
    tied: dict[str, set[str]] = {node.slug: set() for node in drawing.nodes}
    for edge in drawing.known_edges():
        tied[edge.source].add(edge.target)
        tied[edge.target].add(edge.source)
    everybody = set(tied)
    hubs = (slug for slug, ends in tied.items() if ends | {slug} == everybody)
    return next(hubs, None)


def _ordered(drawing: Drawing, hub: str) -> list[Node]:
    """The others by sector, in each along the lines of command."""
    nodes = {node.slug: node for node in drawing.nodes}
    along = [nodes[slug] for slug in reading_order(drawing) if slug != hub]
    return sorted(along, key=_sector)


def _sector(node: Node) -> int:
    known = node.sector in _SECTORS
    return _SECTORS.index(node.sector) if known else len(_SECTORS)


def _slots(others: Sequence[Node]) -> list[float]:
    """How far along the oval each stands, in steps; a sector begins after a gap."""
    slots, at = [], 0.0
    for _, group in groupby(others, key=_sector):
        for _node in group:
            slots.append(at)
            at += 1
        at += _BETWEEN_SECTORS
    return slots


def _oval(slots: Sequence[float], whole: float) -> list[Point]:
    """Points at equal distances along an oval, from its left end over the top."""
    round_ = [2 * pi * step / _STEPS for step in range(_STEPS + 1)]
    outline = [(-cos(turn), -_FLATNESS * sin(turn)) for turn in round_]
    lengths = [0.0]
    for (x0, y0), (x1, y1) in pairwise(outline):
        lengths.append(lengths[-1] + hypot(x1 - x0, y1 - y0))
    radius = max(2.2 * _APART, whole * _APART / lengths[-1])
    places = []
    for slot in slots:
        wanted = lengths[-1] * slot / whole
        nearest = min(range(_STEPS), key=lambda step: abs(lengths[step] - wanted))
        x, y = outline[nearest]
        places.append((round(radius * x, 1), round(radius * y, 1)))
    return places
