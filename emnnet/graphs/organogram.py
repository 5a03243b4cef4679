"""The organogram as SVG: laid out by Graphviz, drawn by us.

The picture has no style, no script, no colour and no foreign address: classes say what
a thing is, `static/css/diagrams.css` says how that looks, in light, dark and print.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from emnnet.graphs.boxes import Box, box, drawable
from emnnet.graphs.cache import DrawingCache
from emnnet.graphs.handles import facts, handle_svg
from emnnet.graphs.lanes import Command, lanes
from emnnet.graphs.layout import Point
from emnnet.graphs.organogram_layout import GAP, Arrangement, arranged
from emnnet.graphs.organogram_lines import BentLine, tie_svg
from emnnet.graphs.organogram_parts import body_svg, opening
from emnnet.graphs.reading import FROM_ABOVE, second_ties, tree
from emnnet.graphs.values import Drawing, Edge, Look
from emnnet.graphs.words import DrawingWords, drawing_words

PLAIN = Look()


def organogram_svg(
    drawing: Drawing,
    language: str,
    *,
    address: str = "/institutions/{slug}",
    cache: DrawingCache | None = None,
    look: Look = PLAIN,
) -> str:
    """`drawing` as an SVG element that may stand in a page, its boxes links.

    `address` is where a body's page lies. Raises `ChildFailed` when Graphviz does.
    """
    sheet = _sheet(drawing, drawing_words(language), cache, look)
    layout = sheet.arrangement.layout
    title = sheet.words.title.format(
        day=drawing.as_of.isoformat(), nodes=len(drawing.nodes), edges=len(sheet.edges)
    )
    ties, bodies = "".join(_ties(sheet)), "".join(_bodies(sheet, address))
    handles = "".join(_handles(sheet))
    worked = f'<g class="handles">{handles}</g>' if handles else ""
    return (
        f"{opening(layout, look)}<title>{escape(title)}</title>{_heading(sheet)}"
        f'<g class="ties">{ties}</g><g class="bodies">{bodies}</g>{worked}</svg>'
    )


@dataclass(frozen=True)
class _Sheet:
    """What is drawn, where it stands, and how it is wanted."""

    drawing: Drawing
    edges: Sequence[Edge]
    boxes: Sequence[Box]
    arrangement: Arrangement
    words: DrawingWords
    look: Look


@dataclass(frozen=True)
class _Corner:
    """A box by its place along the levels and across them; `leaves` is its far side."""

    along: float
    across: float
    leaves: float


def _sheet(
    drawing: Drawing, words: DrawingWords, cache: DrawingCache | None, look: Look
) -> _Sheet:
    boxes = [box(node) for node in drawing.nodes]
    edges = drawing.known_edges()
    arrangement = arranged(drawing, boxes, edges, cache, top_down=look.top_down)
    return _Sheet(drawing, edges, boxes, arrangement, words, look)


def _heading(sheet: _Sheet) -> str:
    """What the rows below the branches have in common."""
    y = sheet.arrangement.rows_at
    if y is None:
        return ""
    return (
        f'<path class="rule" d="M0 {y - 32:g}H{sheet.arrangement.layout.width:g}">'
        f'</path><text class="group-name" x="0" y="{y - 12:g}">'
        f"{escape(sheet.words.outside)}</text>"
    )


def _ties(sheet: _Sheet) -> Iterator[str]:
    """The lines, loose ones first so that lines of command lie on top."""
    names = {
        node.slug: drawable(node.full_name or node.label)
        for node in sheet.drawing.nodes
    }
    second = second_ties(sheet.drawing)
    bent = _bent_ties(sheet, second)
    drawn = zip(sheet.edges, sheet.arrangement.layout.paths, strict=True)
    for edge, path in sorted(drawn, key=lambda tie: tie[0] in bent):
        tie = sheet.words.tie(edge.kind)
        said = f"{names[edge.source]} {tie} {names[edge.target]}"
        title = f"{said} ({drawable(edge.label)})" if edge.label else said
        yield tie_svg(edge.kind, title, path, bent.get(edge), second=edge in second)


def _bent_ties(sheet: _Sheet, second: frozenset[Edge]) -> dict[Edge, BentLine]:
    """The lines from a body to those on the next level, each head in its own lane."""
    slot = sheet.arrangement.slot
    corners = _corners(sheet)
    bent = {
        edge: (corners[edge.target], corners[edge.source])
        for edge in sheet.edges
        if edge.kind in FROM_ABOVE and edge not in second
    }
    bent = {
        edge: (head, below)
        for edge, (head, below) in bent.items()
        if slot < below.along - head.along < slot + 1.5 * GAP
    }
    under: dict[_Corner, list[Point]] = {}
    for head, below in bent.values():
        under.setdefault(head, []).append((below.along, below.across))
    points = {(head.along, head.across): below for head, below in under.items()}
    lane = lanes(Command(head, tuple(below)) for head, below in points.items())
    return {
        edge: _bent(head, below, slot, lane[head.along, head.across], sheet.look)
        for edge, (head, below) in bent.items()
    }


def _bent(
    head: _Corner, below: _Corner, slot: float, lane: float, look: Look
) -> BentLine:
    gap = head.along + slot
    return BentLine(
        leaves=head.leaves,
        turns=gap + (below.along - gap) * lane,
        arrives=below.along,
        above=head.across,
        below=below.across,
        top_down=look.top_down,
    )


def _corners(sheet: _Sheet) -> dict[str, _Corner]:
    slot, found = sheet.arrangement.slot, {}
    places = zip(
        sheet.drawing.nodes, sheet.boxes, sheet.arrangement.layout.places, strict=True
    )
    for node, box_, (x, y) in places:
        if sheet.look.top_down:
            top = y - box_.height / 2
            found[node.slug] = _Corner(top, x, top + box_.height)
        else:
            found[node.slug] = _Corner(x - slot / 2, y, x + slot / 2)
    return found


def _bodies(sheet: _Sheet, address: str) -> Iterator[str]:
    """The boxes, in the order in which they are read: along the branches."""
    number = {node.slug: at for at, node in enumerate(sheet.drawing.nodes)}
    places = sheet.arrangement.layout.places
    for slug, standing in tree(sheet.drawing).items():
        at = number[slug]
        node = sheet.drawing.nodes[at]
        told = facts(node, standing) if sheet.look.fold else ""
        yield body_svg(
            node, sheet.boxes[at], places[at], sheet.words, address, facts=told
        )


def _handles(sheet: _Sheet) -> Iterator[str]:
    """For each head the place where its branch is folded or unfolded."""
    if sheet.look.fold is None:
        return
    places = zip(
        sheet.drawing.nodes, sheet.boxes, sheet.arrangement.layout.places, strict=True
    )
    for node, box_, middle in places:
        if node.under:
            yield handle_svg(node, box_, middle, sheet.words, sheet.look)
