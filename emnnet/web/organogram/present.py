"""The organogram as rows and branches, for those who do not look at the drawing."""

from collections.abc import Iterable
from dataclasses import dataclass

from emnnet.domain.hierarchy import Branch, Command, forest
from emnnet.domain.network import Sector, TieKind
from emnnet.selectors.organogram import Body, Bond, Organogram

COMMANDING = frozenset({TieKind.SUBORDINATE_TO, TieKind.ACCOUNTABLE_TO})


@dataclass(frozen=True)
class BodyRow:
    """One body, with those it answers to."""

    body: Body
    heads: tuple[Body, ...]


@dataclass(frozen=True)
class TieRow:
    """One tie with its two ends."""

    source: Body
    target: Body
    bond: Bond


@dataclass(frozen=True)
class Twig:
    """One body of the list, with those under it."""

    body: Body
    under: tuple["Twig", ...]
    also_under: tuple[Body, ...]

    @property
    def count(self) -> int:
        """Everybody under it, however far down."""
        return sum(1 + twig.count for twig in self.under)


def commands(picture: Organogram) -> list[Command]:
    """Who answers to whom: subordination first, then accountability."""
    bonds = [bond for bond in picture.bonds if bond.kind in COMMANDING]
    bonds.sort(key=lambda bond: bond.kind is not TieKind.SUBORDINATE_TO)
    return [Command(below=bond.source, above=bond.target) for bond in bonds]


def heads(picture: Organogram) -> list[Body]:
    """Those who have somebody under them."""
    above = {command.above for command in commands(picture)}
    return [body for body in picture.bodies if body.slug in above]


def sectors(picture: Organogram) -> list[str]:
    """The sectors that are there, in their usual order."""
    there = {body.sector for body in picture.bodies}
    return [sector.value for sector in Sector if sector in there]


def kinds(picture: Organogram) -> list[TieKind]:
    """The kinds of tie that are there, in their usual order."""
    there = {bond.kind for bond in picture.bonds}
    return [kind for kind in TieKind if kind in there]


def body_rows(picture: Organogram, language: str) -> list[BodyRow]:
    """Every body, by name."""
    above: dict[str, list[Body]] = {}
    for command in commands(picture):
        above.setdefault(command.below, []).append(picture.by_slug[command.above])
    rows = (BodyRow(body, tuple(above.get(body.slug, ()))) for body in picture.bodies)
    return sorted(rows, key=lambda row: row.body.names.full(language).casefold())


def tie_rows(picture: Organogram) -> list[TieRow]:
    """Every tie, kind by kind."""
    order = list(TieKind)
    rows = (
        TieRow(picture.by_slug[bond.source], picture.by_slug[bond.target], bond)
        for bond in picture.bonds
    )
    return sorted(rows, key=lambda row: order.index(row.bond.kind))


def twigs(picture: Organogram) -> list[Twig]:
    """Every body once, under its head; those with somebody under them first."""
    slugs = (body.slug for body in picture.bodies)
    branches = forest(slugs, commands(picture))
    grown = sorted(branches, key=lambda branch: not branch.under)
    return list(_twigs(grown, picture))


def _twigs(branches: Iterable[Branch], picture: Organogram) -> Iterable[Twig]:
    for branch in branches:
        yield Twig(
            body=picture.by_slug[branch.slug],
            under=tuple(_twigs(branch.under, picture)),
            also_under=tuple(picture.by_slug[slug] for slug in branch.also_under),
        )
