"""Organogram and network to be shown inside other sites: no cookie, no navigation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from emnnet.domain.audience import Audience
from emnnet.graphs.network_svg import network_svg
from emnnet.mail.material import office_name
from emnnet.web.access import public
from emnnet.web.as_of import AsOfForm
from emnnet.web.network import files
from emnnet.web.network.forms import NetworkForm
from emnnet.web.network.view import network_view
from emnnet.web.organogram.asked import shown, svg

bp = Blueprint("embedding", __name__)
KINDS = ("organogram", "network")
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True)
class Embedded:
    """What stands in the frame: a drawing, and the page that says the same in words."""

    name: str
    drawing: str | None
    whole: str


@bp.get("/embed")
@public
def show() -> ResponseReturnValue:
    """The code to copy into another page."""
    form = AsOfForm(request.args)
    form.read()
    addresses = {
        kind: url_for(
            f".{kind}", _external=True, lang=str(get_locale()), as_of=form.other_day
        )
        for kind in KINDS
    }
    origins = current_app.config["EMBED_ORIGINS"]
    page = render_template(
        "embedding/show.html", form=form, addresses=addresses, origins=origins
    )
    return page, 422 if form.errors else 200


@bp.get("/embed/organogram")
@public
def organogram() -> ResponseReturnValue:
    """The organogram of a day, or one branch: ?as_of=, ?root=, ?lang=."""
    return _framed(_organogram)


@bp.get("/embed/network")
@public
def network() -> ResponseReturnValue:
    """The network of a day: ?as_of=, ?lang=."""
    return _framed(_network)


def _framed(embedded: Callable[[], Embedded]) -> str:
    """In the language of the address, whatever the visitor chose elsewhere."""
    known: list[str] = current_app.config["LANGUAGES"]
    asked = request.args.get("lang", "")
    with force_locale(asked if asked in known else known[0]):
        language = str(get_locale())
        return render_template(
            "embedding/frame.html",
            lang=language,
            shown=embedded(),
            source=office_name(language),
        )


def _organogram() -> Embedded:
    asked = shown()
    whole = url_for("organogram.show", _external=True, **asked.address)
    drawn = svg(asked, external=True)
    title = f"{_('Organogram')}, {asked.whole.as_of.isoformat()}"
    return Embedded(title, _outwards(drawn) if drawn else None, whole)


def _network() -> Embedded:
    kept: dict[str, Any] = {
        key: request.args[key] for key in ("as_of",) if key in request.args
    }
    form = NetworkForm(MultiDict(kept))
    form.read()
    view = network_view(form, str(get_locale()), Audience.PUBLIC)
    places = view.places() if view.shown.nodes else None
    drawn = None
    if places is not None:
        drawn = network_svg(
            view.shown,
            places,
            view.language,
            title=files.title(view),
            source=files.source(),
        ).removeprefix(DECLARATION)
    whole = url_for("network.show", _external=True, as_of=form.other_day)
    return Embedded(files.title(view), drawn, whole)


def _outwards(drawing: str) -> str:
    """Links open a page of their own: nobody walks about inside the frame."""
    return drawing.replace("<a ", '<a target="_blank" rel="noopener" ')
