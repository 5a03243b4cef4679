"""A network that is too large to be drawn at once, by groups that can be opened.

A group is a body with all below it, or bodies without a place in the lines of
command, sector by sector. The largest group is split till there are enough of them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from emnnet.graphs.values import Drawing, Edge, Node
from emnnet.graphs.words import drawing_words

MOST = 400
"""How many bodies are drawn one by one."""

_ENOUGH = 40
_ALONE = "alone"
_BELOW = "subordinate_to"


@dataclass(frozen=True)
class Groups:
    """The drawing by groups; `members` of each by the slug of its node."""

    drawing: Drawing
    members: Mapping[str, frozenset[str]]


def overview(drawing: Drawing, language: str = "en") -> Groups:
    """Each group as one body with the number of its members, and of ties between."""
    members = _groups(drawing)
    group_of = {slug: name for name, slugs in members.items() for slug in slugs}
    by_slug = {node.slug: node for node in drawing.nodes}
    nodes = tuple(
        _node(name, by_slug.get(name), slugs, by_slug, language)
        for name, slugs in members.items()
    )
    counts: Counter[tuple[str, str, str]] = Counter()
    for edge in drawing.known_edges():
        ends = group_of[edge.source], group_of[edge.target]
        if ends[0] != ends[1]:
            counts[*ends, edge.kind] += 1
    bundled = drawing_words(language).bundled
    edges = tuple(
        Edge(one, other, kind, label=bundled.format(count=n) if n > 1 else "")
        for (one, other, kind), n in sorted(counts.items())
    )
    return Groups(replace(drawing, nodes=nodes, edges=edges), members)


def opened(drawing: Drawing, name: str) -> frozenset[str]:
    """The members of the group of that name; nobody where there is none."""
    if name in {node.slug for node in drawing.nodes}:
        return frozenset(_below(_children(drawing), name))
    return _lone_groups(drawing, set()).get(name, frozenset())


def _groups(drawing: Drawing) -> dict[str, frozenset[str]]:
    children = _children(drawing)
    below = {child for found in children.values() for child in found}
    heads = [
        n.slug for n in drawing.nodes if n.slug in children and n.slug not in below
    ]
    trees = {head: set(_below(children, head)) for head in heads}
    taken = {slug for members in trees.values() for slug in members}
    lone = _lone_groups(drawing, taken)
    while trees and len(trees) + len(lone) < _ENOUGH:
        largest = max(trees, key=lambda slug: (len(trees[slug]), slug))
        under = [c for c in children[largest] if c in trees[largest] and c in children]
        if not under or len(trees[largest]) <= _ENOUGH:
            break
        for child in under:
            if child in trees[largest] and child not in trees:
                trees[child] = _below(children, child) & trees[largest]
                trees[largest] = trees[largest] - trees[child]
    return {name: frozenset(slugs) for name, slugs in trees.items() if slugs} | lone


def _lone_groups(drawing: Drawing, taken: set[str]) -> dict[str, frozenset[str]]:
    """Bodies in nobody's tree by sector, in portions that can be drawn."""
    if not taken:
        children = _children(drawing)
        taken = set(children) | {c for found in children.values() for c in found}
    sectors: dict[str, list[str]] = defaultdict(list)
    for node in drawing.nodes:
        if node.slug not in taken:
            sectors[node.sector].append(node.slug)
    return {
        f"{_ALONE}:{sector}:{at // MOST + 1}": frozenset(slugs[at : at + MOST])
        for sector, slugs in sorted(sectors.items())
        for at in range(0, len(slugs), MOST)
    }


def _children(drawing: Drawing) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for edge in drawing.known_edges():
        if edge.kind == _BELOW:
            found[edge.target].append(edge.source)
    return dict(found)


def _below(children: Mapping[str, list[str]], head: str) -> set[str]:
    """A body and all under it, however deep."""
    found, ahead = {head}, [head]
    while ahead:
        for child in children.get(ahead.pop(), ()):
            if child not in found:
                found.add(child)
                ahead.append(child)
    return found


def _node(
    name: str,
    head: Node | None,
    slugs: frozenset[str],
    known: Mapping[str, Node],
    language: str,
) -> Node:
    if head is not None:
        label = f"{head.label} ({len(slugs)})" if len(slugs) > 1 else head.label
        full = f"{head.full_name} ({len(slugs)})" if len(slugs) > 1 else head.full_name
        return replace(head, label=label, full_name=full)
    sector = known[min(slugs)].sector
    word = drawing_words(language).sector(sector)
    label = f"{word} {name.rpartition(':')[2]} ({len(slugs)})"
    return Node(name, label, label, sector)
