"""Which branches are folded: by name, by level, or because there are too many."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from emnnet.graphs.reading import Standing, tree
from emnnet.graphs.values import Drawing

MOST = 400
"""As many boxes are drawn at once; of more, the upper levels."""


@dataclass(frozen=True)
class Folds:
    """What was folded and unfolded by name, and how many levels are drawn."""

    folded: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    levels: int | None = None

    def showing(self, heads: frozenset[str]) -> "Folds":
        """The same with the branches of some heads unfolded."""
        return replace(self, folded=self.folded - heads, opened=self.opened | heads)

    def toggled(self, slug: str, *, expanded: bool) -> "Folds":
        """The same with one branch folded, or unfolded."""
        if expanded:
            return replace(
                self, folded=self.folded | {slug}, opened=self.opened - {slug}
            )
        return replace(self, folded=self.folded - {slug}, opened=self.opened | {slug})


@dataclass(frozen=True)
class Folded:
    """What is drawn; `hidden` are how many are not, `levels` what made it bearable."""

    drawing: Drawing
    hidden: int = 0
    levels: int | None = None


def folded(drawing: Drawing, folds: Folds) -> Folded:
    """The drawing without what is folded; at most `MOST` boxes where levels help."""
    standings = tree(drawing)
    under = _under(standings)
    shown = _shown(standings, folds)
    levels = folds.levels
    if len(shown) > MOST and levels is None:
        levels = max(standing.level for standing in standings.values())
        while len(shown) > MOST and levels > 1:
            levels -= 1
            shown = _shown(standings, replace(folds, levels=levels))
    nodes = tuple(
        replace(
            node,
            under=under.get(node.slug, 0),
            expanded=_is_open(node.slug, standings, replace(folds, levels=levels)),
        )
        for node in drawing.nodes
        if node.slug in shown
    )
    part = replace(drawing, nodes=nodes)
    hidden = len(drawing.nodes) - len(nodes)
    return Folded(replace(part, edges=tuple(part.known_edges())), hidden, levels)


def _is_open(slug: str, standings: Mapping[str, Standing], folds: Folds) -> bool:
    if slug in folds.folded:
        return False
    deep = folds.levels is not None and standings[slug].level >= folds.levels
    return slug in folds.opened or not deep


def _shown(standings: Mapping[str, Standing], folds: Folds) -> Collection[str]:
    """Everybody whose heads are all unfolded; heads are read first."""
    shown: set[str] = set()
    for slug, standing in standings.items():
        head = standing.head
        if head is None or (head in shown and _is_open(head, standings, folds)):
            shown.add(slug)
    return shown


def _under(standings: Mapping[str, Standing]) -> dict[str, int]:
    """How many stand under each head, however far down."""
    counts: dict[str, int] = {}
    for slug, standing in reversed(list(standings.items())):
        if standing.head is not None:
            counts[standing.head] = (
                counts.get(standing.head, 0) + 1 + counts.get(slug, 0)
            )
    return counts
