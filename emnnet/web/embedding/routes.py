"""Organogram and network to be shown inside other sites: no cookie, no navigation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from emnnet.domain.audience import Audience
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
    addresses = {kind: _address(kind, form) for kind in KINDS}
    origins = current_app.config["EMBED_ORIGINS"]
    page = render_template(
        "embedding/show.html",
        form=form,
        addresses=addresses,
        origins=origins,
        carried=[pair for pair in request.args.items(multi=True) if pair[0] != "as_of"],
    )
    return page, 422 if form.errors else 200


def _address(kind: str, form: AsOfForm) -> str:
    """Where the frame finds it; with what was chosen in the drawing one came from."""
    chosen: dict[str, Any] = {}
    if request.args.get("of") == kind:
        chosen = {name: request.args.getlist(name) for name in request.args}
    given = {**chosen, "of": None, "lang": str(get_locale()), "as_of": form.other_day}
    return url_for(f".{kind}", _external=True, **given)


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
    form = NetworkForm(request.args)
    form.read()
    view = network_view(form, str(get_locale()), Audience.PUBLIC)
    drawn = files.svg(view) if view.shown.nodes else None
    whole = url_for("network.show", _external=True, **form.address)
    drawn = drawn.removeprefix(DECLARATION) if drawn else None
    return Embedded(files.title(view), drawn, whole)


def _outwards(drawing: str) -> str:
    """Links open a page of their own: nobody walks about inside the frame."""
    return drawing.replace("<a ", '<a target="_blank" rel="noopener" ')
