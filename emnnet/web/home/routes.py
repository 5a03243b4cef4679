"""The door of the site, and two pages that stand beside it."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user

from emnnet import clock
from emnnet.domain.health import TOLD_BY_DATABASE, Health, Part
from emnnet.domain.network import Sector
from emnnet.domain.network_check import composition
from emnnet.extensions import db
from emnnet.health import diagnose
from emnnet.selectors.organogram import organogram
from emnnet.selectors.published_list import Wanted, published
from emnnet.web.access import office, public
from emnnet.web.figures import with_figures
from emnnet.web.messages import spoken

bp = Blueprint("home", __name__)
LATEST = 6


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """What this is, a search box, what was published last. The office has a desk."""
    if current_user.is_authenticated and current_user.is_office:
        return redirect(url_for("desk.index"), 303)
    picture = organogram(db.session, clock.today())
    partners = [body for body in picture.bodies if body.is_partner]
    language = get_locale()
    return render_template(
        "home/index.html",
        latest=published(db.session, Wanted(), per_page=LATEST),
        picture=picture,
        partners=sorted(partners, key=lambda body: list(Sector).index(body.sector)),
        coordinators=[body for body in picture.bodies if body.is_ncp],
        sentence=with_figures(
            spoken(composition(body.sector for body in partners).sentence)
        ),
        country=language.territories.get(current_app.config["OFFICE_COUNTRY"]),
        language=str(language),
    )


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What works for whom, what does not yet, and whom to tell."""
    return render_template("home/accessibility.html")


@bp.get("/health")
@public
def health() -> ResponseReturnValue:
    """For machines that watch: 503 with the names of what is not well.

    Everybody gets names; only the office gets the words that belong to them.
    """
    found = diagnose()
    told: dict[str, object] = {
        "status": "ok" if found.is_well else "failing",
        "checks": {part.value: _state(found, part) for part in Part},
        "failing": [trouble.name for trouble in found.troubles],
    }
    if not found.of(Part.DATABASE) and office():
        told["details"] = {one.name: one.detail for one in found.troubles}
    return told, 200 if found.is_well else 503, {"Cache-Control": "no-store"}


@bp.get("/health/live")
@public
def live() -> ResponseReturnValue:
    """For what starts and stops web workers: this one answers."""
    return {"status": "ok"}, 200, {"Cache-Control": "no-store"}


def _state(found: Health, part: Part) -> str:
    """What is told by the data base is unknown while that is silent."""
    if found.of(part):
        return "failing"
    hidden = part in TOLD_BY_DATABASE and found.of(Part.DATABASE)
    return "unknown" if hidden else "ok"
