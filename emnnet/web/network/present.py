"""The network as rows: everything that is drawn, with its ties in words."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from flask_babel import LazyString
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from emnnet.graphs.network import Addresses, Json
from emnnet.graphs.values import Drawing, Edge, Node
from emnnet.selectors.organogram import Body
from emnnet.web.network.view import View
from emnnet.web.network.words import kind_words, kinds_in_order


@dataclass(frozen=True)
class TieEnd:
    """The other end of a tie; `count` queries are listed at `behind`."""

    name: str
    url: str
    count: int = 0
    behind: str = ""
    note: str = ""


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

    @property
    def count(self) -> int:
        """How many ties it has."""
        return sum(len(words.others) for words in self.ties)


@dataclass(frozen=True)
class TieRow:
    """One tie: its two ends and what it is; the second one has the queries."""

    source: TieEnd
    words: LazyString
    target: TieEnd
    note: str


@dataclass(frozen=True)
class LegendLine:
    """A kind of tie that is drawn."""

    kind: str
    words: LazyString
    arrow: bool


def network_rows(view: View, nodes: Iterable[Node]) -> tuple[NetworkRow, ...]:
    """Some of what is drawn as rows, each with its ties in words."""
    addresses = view.addresses
    wanted = {node.slug: node for node in nodes}
    ties = _ties_by_end(view.shown, wanted, addresses)
    return tuple(
        NetworkRow(
            node,
            addresses.of(node),
            None if slug in view.group_names else view.picture.by_slug.get(slug),
            tuple(TieWords(w, tuple(ends)) for w, ends in ties[slug].values()),
        )
        for slug, node in wanted.items()
    )


def tie_row(edge: Edge, nodes: Mapping[str, Node], addresses: Addresses) -> TieRow:
    """One tie as a row."""
    source, target = (
        TieEnd(node.full_name or node.label, addresses.of(node))
        for node in (nodes[edge.source], nodes[edge.target])
    )
    counted = replace(target, count=edge.count, behind=addresses.behind(edge))
    return TieRow(source, kind_words(edge.kind).outgoing, counted, edge.label)


def packed(data: Mapping[str, Json]) -> Markup:
    """Data for a script of the page, as short as JSON can be written."""
    short = {"ensure_ascii": False, "separators": (",", ":")}
    return htmlsafe_json_dumps(data, dumps=json.dumps, **short)


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
    drawn: Drawing, wanted: Collection[str], addresses: Addresses
) -> dict[str, Ends]:
    nodes = {node.slug: node for node in drawn.nodes}
    found: dict[str, Ends] = defaultdict(dict)
    for edge in drawn.known_edges():
        words = kind_words(edge.kind)
        for slug, other, said in (
            (edge.source, edge.target, words.outgoing),
            (edge.target, edge.source, words.incoming),
        ):
            if slug in wanted:
                ends = found[slug].setdefault(str(said), (said, []))[1]
                ends.append(_end(edge, nodes[other], addresses))
    return found


def _end(edge: Edge, other: Node, addresses: Addresses) -> TieEnd:
    behind = addresses.behind(edge)
    return TieEnd(other.label, addresses.of(other), edge.count, behind, edge.label)
