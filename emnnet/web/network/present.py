"""The network as rows: everything that is drawn, with its ties in words."""

from collections import defaultdict
from dataclasses import dataclass

from flask_babel import LazyString

from emnnet.graphs.network import Addresses
from emnnet.graphs.values import Drawing, Edge, Node
from emnnet.selectors.organogram import Body
from emnnet.web.network.view import View
from emnnet.web.network.words import kind_words, kinds_in_order

MOST_ROWS = 400


@dataclass(frozen=True)
class TieEnd:
    """The other end of a tie; `count` queries are listed at `behind`."""

    name: str
    url: str
    count: int = 0
    behind: str = ""


@dataclass(frozen=True)
class TieWords:
    """The ties of one kind and direction: words, and those at the other end."""

    words: LazyString
    others: tuple[TieEnd, ...]


@dataclass(frozen=True)
class NetworkRow:
    """One node that is drawn, with its ties; `body` where it is an institution."""

    node: Node
    url: str
    body: Body | None
    ties: tuple[TieWords, ...]


@dataclass(frozen=True)
class LegendLine:
    """A kind of tie that is drawn."""

    kind: str
    words: LazyString
    arrow: bool


def network_rows(view: View) -> list[NetworkRow]:
    """What the drawing says, in rows: the NCP first, then partners, then by name."""
    addresses = view.addresses
    nodes = {node.slug: node for node in view.shown.nodes}
    ties = _ties_by_end(view.shown, nodes, addresses)
    rows = [
        NetworkRow(
            node,
            addresses.of(node),
            None if slug in view.group_names else view.picture.by_slug.get(slug),
            tuple(TieWords(w, tuple(ends)) for w, ends in ties[slug].values()),
        )
        for slug, node in nodes.items()
    ]

    def place(row: NetworkRow) -> tuple[bool, bool, bool, str]:
        body = row.body
        name = (row.node.full_name or row.node.label).casefold()
        return (
            body is None,
            not (body and body.is_ncp),
            not (body and body.is_partner),
            name,
        )

    return sorted(rows, key=place)


def legend(drawn: Drawing) -> list[LegendLine]:
    """The kinds that are drawn, in their usual order."""
    there = {edge.kind for edge in drawn.edges}
    return [
        LegendLine(str(kind), words.legend, words.arrow)
        for kind in kinds_in_order()
        if kind in there
        for words in [kind_words(kind)]
    ]


Ends = dict[str, tuple[LazyString, list[TieEnd]]]


def _ties_by_end(
    drawn: Drawing, nodes: dict[str, Node], addresses: Addresses
) -> dict[str, Ends]:
    found: dict[str, Ends] = defaultdict(dict)
    for edge in drawn.known_edges():
        words = kind_words(edge.kind)
        for slug, other, said in (
            (edge.source, nodes[edge.target], words.outgoing),
            (edge.target, nodes[edge.source], words.incoming),
        ):
            ends = found[slug].setdefault(str(said), (said, []))[1]
            ends.append(_end(edge, other, addresses))
    return found


def _end(edge: Edge, other: Node, addresses: Addresses) -> TieEnd:
    return TieEnd(other.label, addresses.of(other), edge.count, addresses.behind(edge))
