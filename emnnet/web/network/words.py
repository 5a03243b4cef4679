"""The words of what is drawn in the network: kinds of tie, in both directions."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from emnnet.domain.network import Level, TieKind
from emnnet.domain.real_work import WorkKind
from emnnet.graphs.drawings import PARTNER_OF
from emnnet.graphs.network_parts import ASKED_BY
from emnnet.web.network_words import LEGEND_WORDS, TIES_FROM, TIES_TO

STRUCTURE = "structure"
"""All kinds of tie of the organogram, in the form."""

CHOICES: dict[str, LazyString] = {
    STRUCTURE: _l("the organogram"),
    PARTNER_OF: _l("partnership in the network"),
    WorkKind.ASKED: _l("asked together"),
    WorkKind.ANSWERED: _l("answered together"),
    WorkKind.CITED: _l("cited in the same national response"),
    WorkKind.HANDED_OVER: _l("handed over"),
}


@dataclass(frozen=True)
class KindWords:
    """A kind of tie: in the legend, and before the other body at either end."""

    legend: LazyString
    outgoing: LazyString
    incoming: LazyString
    arrow: bool = False


BESIDE: dict[str, KindWords] = {
    PARTNER_OF: KindWords(
        _l("partnership in the network"),
        _l("In the network coordinated by"),
        _l("Coordinates the network of"),
    ),
    Level.LEAD: KindWords(_l("leads on a theme"), _l("Leads on"), _l("Led by")),
    Level.CONTRIBUTING: KindWords(
        _l("contributes on a theme"), _l("Contributes on"), _l("Contributed to by")
    ),
    ASKED_BY: KindWords(_l("asked by a country"), _l("Asked by"), _l("Asked")),
    WorkKind.ASKED: KindWords(
        _l("asked together"), _l("Asked together with"), _l("Asked together with")
    ),
    WorkKind.ANSWERED: KindWords(
        _l("answered together"),
        _l("Answered together with"),
        _l("Answered together with"),
    ),
    WorkKind.CITED: KindWords(
        _l("cited in the same national response"),
        _l("Cited in national responses with"),
        _l("Cited in national responses with"),
    ),
    WorkKind.HANDED_OVER: KindWords(
        _l("handed over"), _l("Handed over to"), _l("Took over from"), arrow=True
    ),
}


def kind_words(kind: str) -> KindWords:
    """The words of a kind that is drawn."""
    if kind in BESIDE:
        return BESIDE[kind]
    tie = TieKind(kind)
    arrow = tie is not TieKind.COOPERATES_WITH
    return KindWords(LEGEND_WORDS[tie], TIES_FROM[tie], TIES_TO[tie], arrow)


def kinds_in_order() -> list[str]:
    """Every kind that can be drawn, as the legend lists them."""
    return [PARTNER_OF, *TieKind, *(kind for kind in BESIDE if kind != PARTNER_OF)]
