"""The organogram as SVG: laid out by Graphviz, drawn by us.

The picture has no style, no script, no colour and no foreign address: classes say what
a thing is, `static/css/diagrams.css` says how that looks, in light, dark and print.
"""

from collections.abc import Iterator
from html import escape

from emnnet.graphs.boxes import Box, box
from emnnet.graphs.cache import DrawingCache
from emnnet.graphs.lanes import Command, lanes
from emnnet.graphs.layout import Layout, Point
from emnnet.graphs.organogram_layout import Arrangement, arranged
from emnnet.graphs.organogram_parts import (
    BentLine,
    body_svg,
    next_to,
    opening,
    tie_svg,
)
from emnnet.graphs.reading import FROM_ABOVE, reading_order
from emnnet.graphs.values import Drawing, Edge
from emnnet.graphs.words import DrawingWords, drawing_words


def organogram_svg(
    drawing: Drawing,
    language: str,
    *,
    address: str = "/institutions/{slug}",
    cache: DrawingCache | None = None,
) -> str:
    """`drawing` as an SVG element that may stand in a page, its boxes links.

    `address` is where a body's page lies. Raises `ChildFailed` when Graphviz does.
    """
    words = drawing_words(language)
    boxes = [box(node) for node in drawing.nodes]
    edges = drawing.known_edges()
    arrangement = arranged(drawing, boxes, edges, cache)
    layout = arrangement.layout
    title = words.title.format(
        day=drawing.as_of.isoformat(), nodes=len(drawing.nodes), edges=len(edges)
    )
    ties = "".join(_ties(drawing, edges, layout, words))
    bodies = "".join(_bodies(drawing, boxes, layout, words, address))
    return (
        f"{opening(layout)}<title>{escape(title)}</title>{_heading(arrangement, words)}"
        f'<g class="ties">{ties}</g><g class="bodies">{bodies}</g></svg>'
    )


def _heading(arrangement: Arrangement, words: DrawingWords) -> str:
    """What the rows below the branches have in common."""
    if arrangement.rows_at is None:
        return ""
    y = arrangement.rows_at
    return (
        f'<path class="rule" d="M0 {y - 32:g}H{arrangement.layout.width:g}"></path>'
        f'<text class="group-name" x="0" y="{y - 12:g}">{escape(words.outside)}</text>'
    )


def _ties(
    drawing: Drawing, edges: list[Edge], layout: Layout, words: DrawingWords
) -> Iterator[str]:
    """The lines, loose ones first so that lines of command lie on top."""
    names = {node.slug: node.full_name or node.label for node in drawing.nodes}
    bent = _bent_ties(drawing, edges, layout)
    drawn = zip(edges, layout.paths, strict=True)
    for edge, path in sorted(drawn, key=lambda tie: tie[0] in bent):
        said = f"{names[edge.source]} {words.tie(edge.kind)} {names[edge.target]}"
        title = f"{said} ({edge.label})" if edge.label else said
        yield tie_svg(edge.kind, title, path, bent.get(edge))


def _bent_ties(
    drawing: Drawing, edges: list[Edge], layout: Layout
) -> dict[Edge, BentLine]:
    """The lines from a body to those on the next level, each head in its own lane."""
    slugs = [node.slug for node in drawing.nodes]
    where = dict(zip(slugs, layout.places, strict=True))
    bent = {
        edge: (where[edge.target], where[edge.source])
        for edge in edges
        if edge.kind in FROM_ABOVE and next_to(where[edge.target], where[edge.source])
    }
    under: dict[Point, list[Point]] = {}
    for head, below in bent.values():
        under.setdefault(head, []).append(below)
    lane = lanes(Command(head, tuple(below)) for head, below in under.items())
    return {
        edge: BentLine(head, below, lane[head]) for edge, (head, below) in bent.items()
    }


def _bodies(
    drawing: Drawing,
    boxes: list[Box],
    layout: Layout,
    words: DrawingWords,
    address: str,
) -> Iterator[str]:
    """The boxes, in the order in which they are read: along the branches."""
    number = {node.slug: place for place, node in enumerate(drawing.nodes)}
    for slug in reading_order(drawing):
        at = number[slug]
        node = drawing.nodes[at]
        yield body_svg(node, boxes[at], layout.places[at], words, address)
