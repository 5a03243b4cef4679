"""The twin of the drawing: bodies or ties as a sorted table, or a nested list.

A page of it at a time, so that a large network opens as quickly as a small one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from flask import request, url_for

from emnnet.domain.network import Sector
from emnnet.graphs.network_parts import COUNTRY, THEME
from emnnet.graphs.values import Edge, Node
from emnnet.web.network.present import (
    NetworkRow,
    TieRow,
    network_rows,
    tie_row,
)
from emnnet.web.network.view import View
from emnnet.web.network.words import kinds_in_order
from emnnet.web.organogram.sorting import Sorted
from emnnet.words import fold

Thing = TypeVar("Thing")
Keys = Mapping[str, Callable[[Thing], Any]]
BODIES, TIES, LIST = KINDS = ("bodies", "ties", "list")
PER_PAGE = {BODIES: 50, TIES: 100, LIST: 50}
_SECTORS = [*(sector.value for sector in Sector), THEME, COUNTRY]


@dataclass(frozen=True)
class Asked:
    """Which twin, in which order, and which page of it."""

    kind: str
    sort: str
    page: int


@dataclass(frozen=True)
class Twin:
    """One page of it; `order` is what the heads of the table say and lead to."""

    view: View
    asked: Asked
    order: Sorted[Any]
    total: int
    bodies: tuple[NetworkRow, ...] = ()
    ties: tuple[TieRow, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return _pages(self.asked.kind, self.total)

    @property
    def by_sector(self) -> list[tuple[str, list[NetworkRow]]]:
        """The bodies of the page, sector by sector."""
        grouped = groupby(self.bodies, key=lambda row: row.node.sector)
        return [(sector, list(rows)) for sector, rows in grouped]

    def url(self, **other: str | int | None) -> str:
        """The page with another twin, order or page; all else stays."""
        kept = {"twin": self.asked.kind, "sort": self.asked.sort, "page": None}
        asked = {**self.view.form.address, **kept, **other}
        if asked["twin"] == BODIES:
            asked["twin"] = None
        given = {name: value for name, value in asked.items() if value}
        return url_for("network.show", **given, _anchor="members")


def twin(view: View) -> Twin:
    """The twin that the address asks for."""
    kind = request.args.get("twin", BODIES)
    asked = Asked(
        kind if kind in KINDS else BODIES,
        request.args.get("sort", "")[:20],
        request.args.get("page", 1, int),
    )
    return _ties(view, asked) if asked.kind == TIES else _bodies(view, asked)


def _bodies(view: View, asked: Asked) -> Twin:
    nodes = view.shown.nodes
    if asked.kind == LIST:
        by_name = sorted(nodes, key=_name)
        order = Sorted(tuple(sorted(by_name, key=_sector)), "sector", falling=False)
    else:
        order = _sorted(nodes, _body_keys(view), asked.sort, "role")
    page, rows = _page(asked, order.rows)
    return Twin(view, page, order, len(nodes), bodies=network_rows(view, rows))


def _ties(view: View, asked: Asked) -> Twin:
    edges = view.shown.known_edges()
    nodes = {node.slug: node for node in view.shown.nodes}
    places = {kind: number for number, kind in enumerate(kinds_in_order())}
    keys: Keys[Edge] = {
        "source": lambda edge: _name(nodes[edge.source]),
        "kind": lambda edge: places[edge.kind],
        "target": lambda edge: _name(nodes[edge.target]),
        "queries": lambda edge: edge.count,
    }
    order = _sorted(edges, keys, asked.sort, "kind")
    page, rows = _page(asked, order.rows)
    ties = tuple(tie_row(edge, nodes, view.addresses) for edge in rows)
    return Twin(view, page, order, len(order.rows), ties=ties)


def _body_keys(view: View) -> Keys[Node]:
    known = view.picture.by_slug
    counts: Counter[str] = Counter()
    for edge in view.shown.known_edges():
        counts.update((edge.source, edge.target))

    def role(node: Node) -> tuple[bool, bool, bool]:
        body = known.get(node.slug)
        return body is None, not (body and body.is_ncp), not (body and body.is_partner)

    return {
        "role": role,
        "name": _name,
        "short": lambda node: fold(node.label),
        "sector": _sector,
        "ties": lambda node: counts[node.slug],
    }


def _sorted(
    things: Iterable[Thing], keys: Keys[Thing], asked: str, usual: str
) -> Sorted[Thing]:
    """In the order asked for, by name where that leaves it open."""
    column, falling = asked.removeprefix("-"), asked.startswith("-")
    if column not in keys:
        column, falling = usual, False
    by_name = sorted(things, key=keys["name" if "name" in keys else "source"])
    rows = tuple(sorted(by_name, key=keys[column], reverse=falling))
    return Sorted(rows, column, falling)


def _page(asked: Asked, rows: Sequence[Thing]) -> tuple[Asked, Sequence[Thing]]:
    """The rows of the page, and what was asked with a page that is there."""
    page = min(max(asked.page, 1), _pages(asked.kind, len(rows)))
    each = PER_PAGE[asked.kind]
    shown = rows[(page - 1) * each : page * each]
    return Asked(asked.kind, asked.sort, page), shown


def _pages(kind: str, total: int) -> int:
    return max(1, -(-total // PER_PAGE[kind]))


def _name(node: Node) -> str:
    return fold(node.full_name or node.label)


def _sector(node: Node) -> int:
    return _SECTORS.index(node.sector)
