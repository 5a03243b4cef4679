"""The door of the site, and two pages that stand beside it."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from emnnet import clock
from emnnet.domain.network import Sector
from emnnet.domain.network_check import composition
from emnnet.extensions import db
from emnnet.selectors.organogram import organogram
from emnnet.selectors.published_list import Wanted, published
from emnnet.web.access import public
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
        sentence=spoken(composition(body.sector for body in partners).sentence),
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
    """For machines that watch: does the database answer?"""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return {"database": "silent"}, 503
    return {"database": "answers"}
