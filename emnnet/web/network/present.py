"""The network as rows: every body with its ties in words."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from emnnet.domain.network import TieKind
from emnnet.graphs.drawings import PARTNER_OF
from emnnet.graphs.values import Drawing, Edge
from emnnet.selectors.organogram import Body, Organogram
from emnnet.web.network_words import LEGEND_WORDS, TIES_FROM, TIES_TO

JOINED_FROM = _l("In the network coordinated by")
JOINED_TO = _l("Coordinates the network of")
JOINED = _l("partnership in the network")


@dataclass(frozen=True)
class TieWords:
    """The ties of one kind and direction: words, and those at the other end."""

    words: LazyString
    others: tuple[Body, ...]


@dataclass(frozen=True)
class NetworkRow:
    """One body that is drawn, with its ties."""

    body: Body
    ties: tuple[TieWords, ...]


@dataclass(frozen=True)
class LegendLine:
    """A kind of tie that is drawn."""

    kind: str
    words: LazyString
    arrow: bool


def network_rows(
    picture: Organogram, drawn: Drawing, language: str
) -> list[NetworkRow]:
    """What the drawing says, in rows: the NCP first, then partners, then by name."""
    bodies = [picture.by_slug[node.slug] for node in drawn.nodes]
    rows = [NetworkRow(body, _ties(body, picture, drawn)) for body in bodies]

    def place(row: NetworkRow) -> tuple[bool, bool, str]:
        body = row.body
        name = body.names.full(language).casefold()
        return not body.is_ncp, not body.is_partner, name

    return sorted(rows, key=place)


def legend(drawn: Drawing) -> list[LegendLine]:
    """The kinds that are drawn, in their usual order."""
    there = {edge.kind for edge in drawn.edges}
    lines = [LegendLine(PARTNER_OF, JOINED, False)] if PARTNER_OF in there else []
    return lines + [
        LegendLine(kind.value, LEGEND_WORDS[kind], kind is not TieKind.COOPERATES_WITH)
        for kind in TieKind
        if kind.value in there
    ]


def _ties(body: Body, picture: Organogram, drawn: Drawing) -> tuple[TieWords, ...]:
    groups: dict[str, tuple[LazyString, list[Body]]] = {}
    for edge in drawn.edges:
        if body.slug not in {edge.source, edge.target}:
            continue
        outgoing = edge.source == body.slug
        words = _words(edge, outgoing)
        other = picture.by_slug[edge.target if outgoing else edge.source]
        groups.setdefault(str(words), (words, []))[1].append(other)
    return tuple(TieWords(words, tuple(others)) for words, others in groups.values())


def _words(edge: Edge, outgoing: bool) -> LazyString:
    if edge.kind == PARTNER_OF:
        return JOINED_FROM if outgoing else JOINED_TO
    return (TIES_FROM if outgoing else TIES_TO)[TieKind(edge.kind)]
