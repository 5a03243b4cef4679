"""In which order the bodies of a drawing are read: along the lines of command.

Each body stands once, under its first head: the one it is subordinate to, else the one
it accounts to. Further heads are ties like others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emnnet.graphs.values import Drawing, Edge

FROM_ABOVE = frozenset({"subordinate_to", "accountable_to"})
"""Ties drawn from their target, which stands above, to their source."""


@dataclass(frozen=True)
class Standing:
    """Where a body stands in the tree: its head, its level from 1, its place there."""

    head: str | None
    level: int
    number: int
    of: int


def first_heads(drawing: Drawing) -> dict[str, Edge]:
    """For each body the tie to its first head; none for tops and within circles."""
    first: dict[str, Edge] = {}
    commands = [edge for edge in drawing.known_edges() if edge.kind in FROM_ABOVE]
    for edge in sorted(commands, key=lambda edge: edge.kind != "subordinate_to"):
        first.setdefault(edge.source, edge)
    return {slug: edge for slug, edge in first.items() if not _circles(slug, first)}


def second_ties(drawing: Drawing) -> frozenset[Edge]:
    """The ties of command to a further head."""
    first = set(first_heads(drawing).values())
    edges = drawing.known_edges()
    return frozenset(e for e in edges if e.kind in FROM_ABOVE and e not in first)


def tree(drawing: Drawing) -> dict[str, Standing]:
    """Every body with its place, in the order in which they are read."""
    first = first_heads(drawing)
    under: dict[str | None, list[str]] = {None: []}
    for node in drawing.nodes:
        head = first[node.slug].target if node.slug in first else None
        under.setdefault(head, []).append(node.slug)
    under[None].sort(key=lambda slug: slug not in under)  # branches before the lonely
    waiting = list(_standings(None, 1, under[None]))[::-1]
    read: dict[str, Standing] = {}
    while waiting:
        slug, standing = waiting.pop()
        read[slug] = standing
        waiting += reversed(_standings(slug, standing.level + 1, under.get(slug, ())))
    return read


def reading_order(drawing: Drawing) -> list[str]:
    """Every body once: each is followed by those under it, in the drawing's order."""
    return list(tree(drawing))


def _standings(
    head: str | None, level: int, slugs: Iterable[str]
) -> list[tuple[str, Standing]]:
    slugs = list(slugs)
    return [
        (slug, Standing(head, level, number, len(slugs)))
        for number, slug in enumerate(slugs, 1)
    ]


def _circles(slug: str, first: Mapping[str, Edge]) -> bool:
    """Does the way up from a body come back to it?"""
    seen = {slug}
    above = first[slug].target
    while above in first and above not in seen:
        seen.add(above)
        above = first[above].target
    return above == slug
