"""What is laid over or beside the institutions: themes, countries, ties from work."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from emnnet.domain.reach import shortest_way, within
from emnnet.domain.real_work import WorkTie
from emnnet.graphs.values import Drawing, Edge, Node
from emnnet.selectors.coverage import Coverage

THEME, COUNTRY = "theme", "country"
"""In place of a sector, and before the colon in a slug of what is no institution."""

ASKED_BY = "asked_by"
MOST_WORK = 400
"""More ties from work than this hide each other: the strongest are drawn."""


def with_work(drawing: Drawing, ties: Iterable[WorkTie]) -> Drawing:
    """The drawing with ties from real work, each with its number of queries."""
    drawn = {node.slug for node in drawing.nodes}
    known = [tie for tie in ties if {tie.first, tie.second} <= drawn]
    strongest = sorted(known, key=lambda tie: -tie.queries)[:MOST_WORK]
    edges = tuple(
        Edge(tie.first, tie.second, tie.kind.value, count=tie.queries)
        for tie in strongest
    )
    return replace(drawing, edges=drawing.edges + edges)


def with_themes(drawing: Drawing, covered: Coverage, language: str) -> Drawing:
    """The drawing with the themes, each tied to whom is competent for it."""
    themes = tuple(
        Node(f"{THEME}:{theme.slug}", theme.name(language), theme.name(language), THEME)
        for theme in covered.themes
    )
    edges = tuple(
        Edge(part.institution, f"{THEME}:{part.theme}", part.level.value)
        for part in covered.competences
    )
    return replace(drawing, nodes=drawing.nodes + themes, edges=drawing.edges + edges)


def with_countries(
    drawing: Drawing, ties: Iterable[tuple[str, str, int]], names: Mapping[str, str]
) -> Drawing:
    """The drawing with the countries that asked; `ties`: code, slug, queries."""
    drawn = {node.slug for node in drawing.nodes}
    known = [tie for tie in ties if tie[1] in drawn]
    countries = tuple(
        Node(f"{COUNTRY}:{code}", names.get(code, code), names.get(code, code), COUNTRY)
        for code in sorted({code for code, _, _ in known})
    )
    edges = tuple(
        Edge(slug, f"{COUNTRY}:{code}", ASKED_BY, count=count)
        for code, slug, count in known
    )
    return replace(
        drawing, nodes=drawing.nodes + countries, edges=drawing.edges + edges
    )


def only_kinds(drawing: Drawing, kinds: Iterable[str]) -> Drawing:
    """The same bodies with ties of these kinds."""
    kept = set(kinds)
    edges = tuple(edge for edge in drawing.edges if edge.kind in kept)
    return replace(drawing, edges=edges)


def only_nodes(drawing: Drawing, slugs: Iterable[str]) -> Drawing:
    """Some of the bodies, with the ties between them."""
    kept = set(slugs)
    nodes = tuple(node for node in drawing.nodes if node.slug in kept)
    edges = tuple(e for e in drawing.edges if {e.source, e.target} <= kept)
    return replace(drawing, nodes=nodes, edges=edges)


def of_sectors(drawing: Drawing, sectors: Iterable[str]) -> Drawing:
    """Bodies of these sectors; themes and countries stay where one of them is tied."""
    kept = set(sectors)
    bodies = {node.slug for node in drawing.nodes if node.sector in kept}
    beside = {n.slug for n in drawing.nodes if n.sector in {THEME, COUNTRY}}
    tied = {e.target for e in drawing.edges if e.source in bodies} & beside
    return only_nodes(drawing, bodies | tied)


def around(drawing: Drawing, slug: str, steps: int) -> Drawing:
    """A body with those at most so many ties away; everything where it is not there."""
    if slug not in {node.slug for node in drawing.nodes}:
        return drawing
    return only_nodes(drawing, within(_pairs(drawing), slug, steps))


def way(drawing: Drawing, start: str, end: str) -> list[str]:
    """The bodies of a shortest way between two that are drawn, or nothing."""
    drawn = {node.slug for node in drawing.nodes}
    return shortest_way(_pairs(drawing), start, end) if {start, end} <= drawn else []


def _pairs(drawing: Drawing) -> list[tuple[str, str]]:
    return [(edge.source, edge.target) for edge in drawing.known_edges()]
