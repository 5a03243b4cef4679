"""In which order the bodies of a drawing are read: along the lines of command."""

from emnnet.graphs.values import Drawing

FROM_ABOVE = frozenset({"subordinate_to", "accountable_to"})
"""Ties drawn from their target, which stands above, to their source."""


def reading_order(drawing: Drawing) -> list[str]:
    """Every body once: each is followed by those under it, in the drawing's order."""
    under: dict[str, list[str]] = {node.slug: [] for node in drawing.nodes}
    for edge in drawing.known_edges():
        if edge.kind in FROM_ABOVE:
            under[edge.target].append(edge.source)
    ruled = {slug for slugs in under.values() for slug in slugs}
    waiting = [slug for slug in reversed(under) if slug not in ruled]
    read: dict[str, None] = {}
    while waiting:
        slug = waiting.pop()
        if slug not in read:
            read[slug] = None
            waiting.extend(reversed(under[slug]))
    return [*read, *(slug for slug in under if slug not in read)]
