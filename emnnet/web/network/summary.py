"""The network in a few sentences, made from what is drawn."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from emnnet.graphs.network_parts import COUNTRY, THEME
from emnnet.web.network.view import View
from emnnet.web.network.words import kind_words, kinds_in_order


def summary(view: View) -> list[str]:
    """What is drawn, and which ties, kind by kind."""
    return [*_nodes(view), *_ties(view)]


def last_change(view: View) -> date | None:
    """The last day till that of the page on which anything recorded changed."""
    past = [day for day in view.picture.changes if day <= view.picture.as_of]
    return max(past, default=None)


def _nodes(view: View) -> Iterator[str]:
    counts = Counter(_what(node.sector) for node in view.shown.nodes)
    bodies = counts[""]
    said = [ngettext("%(num)d institution", "%(num)d institutions", bodies)]
    if view.group_names:
        said = [ngettext("%(num)d group", "%(num)d groups", bodies)]
    if counts[THEME]:
        said.append(ngettext("%(num)d theme", "%(num)d themes", counts[THEME]))
    if counts[COUNTRY]:
        countries = counts[COUNTRY]
        said.append(ngettext("%(num)d country", "%(num)d countries", countries))
    yield str(_("Drawn: %(what)s.", what=", ".join(said)))


def _ties(view: View) -> Iterator[str]:
    counts = Counter(edge.kind for edge in view.shown.known_edges())
    told = ", ".join(
        f"{kind_words(kind).legend} {counts[kind]}"
        for kind in kinds_in_order()
        if counts[kind]
    )
    if told:
        yield str(_("Ties: %(ties)s.", ties=told))


def _what(sector: str) -> str:
    return sector if sector in {THEME, COUNTRY} else ""
