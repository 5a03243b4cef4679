"""The network as files: every one holds exactly what the page shows."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from flask_babel import get_locale
from flask_babel import gettext as _

from emnnet.child import ChildFailed
from emnnet.documents.lists import as_csv
from emnnet.documents.organogram_paper import NotDrawable, making, picture_png
from emnnet.graphs.network import network_graph
from emnnet.graphs.network_alone import network_html
from emnnet.graphs.network_graphml import as_graphml
from emnnet.graphs.network_svg import Around, network_svg
from emnnet.graphs.values import NCP, PARTNER
from emnnet.graphs.words import drawing_words
from emnnet.mail.material import office_name
from emnnet.web import drawings
from emnnet.web.network.present import legend
from emnnet.web.network.view import View

log = logging.getLogger(__name__)
_PATIENCE = 10
"""Seconds that a picture is waited for while others are made."""


@dataclass(frozen=True)
class Written:
    """A file to hand out."""

    name: str
    media_type: str
    content: bytes


def write(view: View, ending: str, *, ties: bool) -> Written | None:
    """The view as a file of that kind; None where there is nothing to draw."""
    if not view.shown.nodes:
        return None
    media_type, make = WRITERS[ending]
    content = make(view, ties)
    if content is None:
        return None
    name = f"{_('Ties')}, {title(view)}" if ties else title(view)
    return Written(f"{name}.{ending}", media_type, content)


def title(view: View) -> str:
    """The network and its day: also the name of the file."""
    return f"{_('National network')}, {view.picture.as_of.isoformat()}"


def source() -> str:
    """The line that says where a file comes from."""
    return str(_("Source: %(name)s", name=office_name(str(get_locale()))))


def svg(view: View, source_line: str = "") -> str | None:
    """The drawing; without a source line for a page that says title and source."""
    places = view.places()
    if places is None:
        return None
    ties = {line.kind: str(line.words) for line in legend(view.shown)}
    around = Around(title(view), ties, source_line)
    return network_svg(view.shown, places, view.language, around)


def _svg(view: View, _ties: bool) -> bytes | None:
    drawing = svg(view, source())
    return drawing.encode() if drawing else None


def _png(view: View, _ties: bool) -> bytes | None:
    """The whole drawing at twice its size; None if it is too large or took too long."""
    drawing = svg(view, source())
    if drawing is None:
        return None
    asked = f"{making()}network png{drawing}".encode()
    cache = replace(drawings.drawing_cache(), patience=_PATIENCE)
    try:
        return cache.made(asked, lambda: picture_png(drawing))
    except (ChildFailed, NotDrawable):
        log.exception("no picture made")
        return None


def _html(view: View, _ties: bool) -> bytes | None:
    data = view.data()
    if data is None:
        return None
    return network_html(
        data, view.shown, view.language, title=title(view), source=source()
    ).encode()


def _graphml(view: View, _ties: bool) -> bytes | None:
    places = view.places()
    if places is None:
        return None
    return as_graphml(network_graph(view.shown, places, view.language))


def _csv(view: View, ties: bool) -> bytes | None:
    return _ties_csv(view) if ties else _bodies_csv(view)


def _bodies_csv(view: View) -> bytes:
    words = drawing_words(view.language)
    head = ["slug", _("Institution"), _("Short"), _("Sector"), _("In the network")]
    return as_csv(
        head,
        [
            (
                node.slug,
                node.full_name,
                node.label,
                words.sector(node.sector),
                ", ".join(
                    word
                    for mark, word in ((PARTNER, words.partner), (NCP, words.ncp))
                    if mark in node.marks
                ),
            )
            for node in view.shown.nodes
        ],
    )


def _ties_csv(view: View) -> bytes:
    words = drawing_words(view.language)
    names = {node.slug: node.full_name for node in view.shown.nodes}
    head = ["from", "to", "kind", _("Institution"), _("Tie"), _("Other institution")]
    return as_csv(
        [*head, _("Queries"), _("Note")],
        [
            (
                edge.source,
                edge.target,
                edge.kind,
                names[edge.source],
                words.tie(edge.kind),
                names[edge.target],
                edge.count or None,
                edge.label,
            )
            for edge in view.shown.known_edges()
        ],
    )


Writer = Callable[[View, bool], bytes | None]
WRITERS: dict[str, tuple[str, Writer]] = {
    "svg": ("image/svg+xml", _svg),
    "png": ("image/png", _png),
    "html": ("text/html", _html),
    "graphml": ("application/graphml+xml", _graphml),
    "csv": ("text/csv; charset=utf-8", _csv),
}
