"""Where the boxes of the organogram stand: branches by Graphviz, the others in rows.

A body without a line to anybody has no level. Such bodies stand below the branches, a
row for each sector, in the columns of the levels.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from emnnet.graphs.boxes import WIDTH, Box
from emnnet.graphs.cache import DrawingCache
from emnnet.graphs.layout import Layout, Order, Point, laid_out
from emnnet.graphs.reading import FROM_ABOVE, second_ties
from emnnet.graphs.values import Drawing, Edge

GAP = 36
"""Pixels between a level and the next, where the lines run."""

_BETWEEN = 11
_FEWEST_COLUMNS = 5
_HEAD = 46
_SECTORS = ("international", "ngo", "academia", "judiciary", "government")
_SETTINGS = {
    "ordering": "out",
    "nodesep": f"{_BETWEEN / 72:.3f}",
    "ranksep": f"{GAP / 72:.3f}",
    "splines": "true",
}
_LEVELS = {"constraint": "true", "weight": "8"}
_ONWARDS = {"constraint": "true", "weight": "1"}
_BESIDE = {"constraint": "true", "weight": "1", "minlen": "0"}
_LOOSE = {"constraint": "false", "weight": "0"}
_DIRECTIONS = {False: {"rankdir": "LR"}, True: {"rankdir": "TB"}}
_WITHOUT_LEVEL = frozenset({"cooperates_with", "successor_of"})


@dataclass(frozen=True)
class Arrangement:
    """Places of all bodies and curves of all ties; where the rows below begin."""

    layout: Layout
    rows_at: float | None
    slot: float = WIDTH
    """How deep a level is: the width of the boxes, or the height of the highest."""


def arranged(
    drawing: Drawing,
    boxes: Sequence[Box],
    edges: Sequence[Edge],
    cache: DrawingCache | None,
    *,
    top_down: bool = False,
) -> Arrangement:
    """The whole drawing laid out. Raises `ChildFailed` when Graphviz does."""
    tied = {
        slug
        for edge in edges
        if edge.kind not in _WITHOUT_LEVEL
        for slug in (edge.source, edge.target)
    }
    level = [n for n, node in enumerate(drawing.nodes) if node.slug in tied]
    inner = [edge for edge in edges if {edge.source, edge.target} <= tied]
    branches = _branches(drawing, boxes, level, inner, cache, top_down=top_down)
    places = dict(zip(level, branches.places, strict=True))
    rest = [n for n in range(len(drawing.nodes)) if n not in places]
    top = branches.height + _HEAD if (level or edges) and rest else branches.height
    width, height = branches.width, branches.height
    columns = max(_FEWEST_COLUMNS, int((width + GAP) // (WIDTH + GAP)))
    for number, place in _rows(drawing, boxes, rest, top, columns):
        places[number] = place
        width = max(width, place[0] + WIDTH / 2)
        height = max(height, place[1] + boxes[number].height / 2)
    where = {node.slug: places[n] for n, node in enumerate(drawing.nodes)}
    paths = dict(zip(inner, branches.paths, strict=True))
    layout = Layout(
        width=width,
        height=height,
        places=tuple(places[n] for n in range(len(drawing.nodes))),
        paths=tuple(
            paths.get(edge) or _curve(where[edge.source], where[edge.target])
            for edge in edges
        ),
    )
    slot = max((boxes[n].height for n in level), default=0) if top_down else WIDTH
    return Arrangement(layout, top if level and rest else None, slot)


def _branches(
    drawing: Drawing,
    boxes: Sequence[Box],
    level: Sequence[int],
    edges: Sequence[Edge],
    cache: DrawingCache | None,
    *,
    top_down: bool,
) -> Layout:
    """The bodies with a level, by Graphviz; it is not asked where there is none.

    From top to bottom all get the same height, so that the boxes of a level, which
    then begin at one height, are lined up. Those under one head stand in the order of
    the drawing's bodies, which is the same on every day: what did not move stays.
    """
    if not level:
        return Layout(0, 0, (), ())
    order = {drawing.nodes[n].slug: at for at, n in enumerate(level)}
    courts = {node.slug for node in drawing.nodes if node.sector == "judiciary"}
    second = second_ties(drawing)
    ties = []
    for edge in edges:
        source, target = order[edge.source], order[edge.target]
        ends = (target, source) if edge.kind in FROM_ABOVE else (source, target)
        loose = edge in second
        ties.append((*ends, _LOOSE if loose else _attributes(edge, courts)))
    heights = [boxes[n].height for n in level]
    slot = max(heights)
    sizes = tuple((WIDTH, slot if top_down else height) for height in heights)
    settings = _SETTINGS | _DIRECTIONS[top_down]
    turn = sorted(range(len(ties)), key=lambda at: ties[at][:2])
    asked = Order("dot", settings, sizes, tuple(ties[at] for at in turn))
    found = laid_out(asked, cache)
    drawn = dict(zip(turn, found.paths, strict=True))
    found = replace(found, paths=tuple(drawn[at] for at in range(len(ties))))
    if not top_down:
        return found
    return _raised(found, heights, [(first, last) for first, last, _ in ties])


def _raised(
    found: Layout, heights: Sequence[int], ends: Sequence[tuple[int, int]]
) -> Layout:
    """Boxes at the upper side of their level, the ends of curves at the boxes."""
    slot = max(heights)
    spare = [slot - height for height in heights]
    lowest = [y + slot / 2 for _, y in found.places]

    def end(point: Point, box: int) -> Point:
        x, y = point
        return (x, min(y, lowest[box] - spare[box]))

    return replace(
        found,
        places=tuple(
            (x, y - room / 2) for (x, y), room in zip(found.places, spare, strict=True)
        ),
        paths=tuple(
            (end(path[0], first), *path[1:-1], end(path[-1], last)) if path else ()
            for path, (first, last) in zip(found.paths, ends, strict=True)
        ),
    )


def _attributes(edge: Edge, courts: set[str]) -> dict[str, str]:
    if edge.kind in FROM_ABOVE:
        return _LEVELS
    if edge.kind in _WITHOUT_LEVEL:
        return _LOOSE
    return _BESIDE if {edge.source, edge.target} <= courts else _ONWARDS


def _rows(
    drawing: Drawing,
    boxes: Sequence[Box],
    rest: Iterable[int],
    top: float,
    columns: int,
) -> Iterator[tuple[int, Point]]:
    """The bodies without a level: rows for each sector, in columns."""
    by_sector: dict[str, list[int]] = {sector: [] for sector in _SECTORS}
    for number in rest:
        by_sector.setdefault(drawing.nodes[number].sector, []).append(number)
    for numbers in by_sector.values():
        for start in range(0, len(numbers), columns):
            row = numbers[start : start + columns]
            height = max(boxes[n].height for n in row)
            for column, number in enumerate(row):
                x = WIDTH / 2 + column * (WIDTH + GAP)
                yield number, (x, top + boxes[number].height / 2)
            top += height + _BETWEEN


def _curve(start: Point, end: Point) -> tuple[Point, ...]:
    """A tie to a body of the rows: a bow that runs behind the boxes."""
    (x0, y0), (x1, y1) = start, end
    if abs(y1 - y0) < WIDTH / 2:
        bow = min(y0, y1) - WIDTH / 2
        return (start, (x0, bow), (x1, bow), end)
    middle = (y0 + y1) / 2
    return (start, (x0, middle), (x1, middle), end)
