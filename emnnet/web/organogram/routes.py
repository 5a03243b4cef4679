"""The organogram of a day, for everybody: as a drawing, a table, a list, a file."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from emnnet.extensions import db
from emnnet.files.names import safe_name
from emnnet.graphs.drawings import drawing
from emnnet.graphs.organogram import organogram_svg
from emnnet.graphs.standalone import standalone
from emnnet.mail.material import office_name
from emnnet.selectors.organogram import Organogram, organogram
from emnnet.web import drawings
from emnnet.web.access import public
from emnnet.web.as_of import plain_day
from emnnet.web.network_words import LEGEND_WORDS, STANDING_WORDS, TIE_WORDS
from emnnet.web.organogram import present
from emnnet.web.organogram.forms import OrganogramForm

bp = Blueprint("organogram", __name__)
VIEWS = ("drawing", "table", "list")


@dataclass(frozen=True)
class Shown:
    """What was asked for, and what is there."""

    form: OrganogramForm
    whole: Organogram
    part: Organogram
    language: str

    @property
    def root_unknown(self) -> bool:
        """Was a branch asked for that is not there on this day?"""
        root = self.form.root.data
        return bool(root) and root not in self.whole.by_slug

    @property
    def address(self) -> dict[str, Any]:
        """What the links to the other views carry along."""
        asked = {
            "as_of": self.form.other_day,
            "root": self.form.root.data if self.part is not self.whole else None,
            "cooperation": "y" if self.form.cooperation.data else None,
        }
        return {name: value for name, value in asked.items() if value}


@bp.get("/organogram")
@public
def show() -> ResponseReturnValue:
    """The bodies and ties of a day, in one of three views with the same content."""
    shown = _shown()
    view = request.args.get("view")
    view = view if view in VIEWS else VIEWS[0]
    page = render_template(
        f"organogram/{view}.html",
        shown=shown,
        view=view,
        plain_day=plain_day,
        views=VIEWS,
        svg=_svg(shown) if view == "drawing" else None,
        bodies=present.body_rows(shown.part, shown.language),
        ties=present.tie_rows(shown.part),
        twigs=present.twigs(shown.part),
        sectors=present.sectors(shown.part),
        kinds=present.kinds(_to_draw(shown)),
        hidden=present.kinds(shown.part) != present.kinds(_to_draw(shown)),
        tie_words=TIE_WORDS,
        legend_words=LEGEND_WORDS,
        standing_words=STANDING_WORDS,
    )
    return page, 422 if shown.form.errors else 200


@bp.get("/organogram.svg")
@public
def download() -> ResponseReturnValue:
    """The drawing as a file that needs nothing beside it."""
    shown = _shown()
    svg = _svg(shown, external=True)
    if svg is None:  # the page says why, and shows the table
        return redirect(url_for("organogram.show", **shown.address), 303)
    title = _title(shown)
    source = _("Source: %(name)s", name=office_name(str(get_locale())))
    file = standalone(svg, title=title, source=source)
    return send_file(
        BytesIO(file.encode()),
        mimetype="image/svg+xml",
        as_attachment=True,
        download_name=safe_name(f"{title}.svg"),
    )


def _title(shown: Shown) -> str:
    """Organogram, its branch and its day: also the name of the file."""
    top = shown.part.bodies[0].names.full(shown.language)
    name = _("Organogram") if shown.part is shown.whole else top
    return f"{name}, {shown.whole.as_of.isoformat()}"


def _shown() -> Shown:
    language = str(get_locale())
    form = OrganogramForm(request.args)
    form.read()
    whole = organogram(db.session, form.day)
    form.offer(present.heads(whole), language)
    return Shown(form, whole, present.cut(whole, form.root.data or ""), language)


def _svg(shown: Shown, *, external: bool = False) -> str | None:
    """The drawing, or None where there is nothing to draw or it took too long."""
    part = _to_draw(shown)
    if not part.bodies:
        return None
    return drawings.drawn(
        lambda: organogram_svg(
            drawing(part, shown.language),
            shown.language,
            address=drawings.body_address(shown.form.other_day, external=external),
            cache=drawings.drawing_cache(),
        )
    )


def _to_draw(shown: Shown) -> Organogram:
    """Cooperation crosses everything: it is drawn on wish, and always in the table."""
    if shown.form.cooperation.data:
        return shown.part
    return present.without_cooperation(shown.part)
