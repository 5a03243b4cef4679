"""Institutions, for everybody; contacts are shown to the office only."""

from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from emnnet.documents.network_rdf import local_language
from emnnet.extensions import db
from emnnet.selectors.institution_page import find_institution_page
from emnnet.selectors.institutions import institutions
from emnnet.selectors.public_pages import find_renamed_slug
from emnnet.web.access import public
from emnnet.web.as_of import AsOfForm
from emnnet.web.identity import viewing
from emnnet.web.institutions.forms import InstitutionsForm
from emnnet.web.institutions.present import facts, tie_groups
from emnnet.web.network_words import LEVEL_WORDS, MEMBERSHIP_WORDS, STANDING_WORDS

bp = Blueprint("institutions", __name__)


@bp.get("/institutions")
@public
def index() -> ResponseReturnValue:
    """The institutions of a day, narrowed by text, sector, theme and part."""
    form = InstitutionsForm(request.args)
    form.read()
    found = institutions(db.session, form.wanted, form.day)
    language = str(get_locale())
    form.offer(found.themes, language)
    page = render_template(
        "institutions/index.html", form=form, found=found, language=language
    )
    return page, 422 if form.errors else 200


@bp.get("/institutions/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """One institution as of a day: facts with their sources, ties, answers."""
    form = AsOfForm(request.args)
    form.read()
    found = find_institution_page(db.session, slug, form.day, viewing())
    if found is None:
        return _renamed(slug)
    language = str(get_locale())
    page = render_template(
        "institutions/show.html",
        form=form,
        found=found,
        language=language,
        other_language=_other(language),
        facts=facts(found, language),
        tie_groups=tie_groups(found.ties),
        membership_words=MEMBERSHIP_WORDS,
        level_words=LEVEL_WORDS,
        standing_words=STANDING_WORDS,
        can_open=current_app.view_functions.__contains__,
    )
    return page, 422 if form.errors else 200


def _renamed(slug: str) -> ResponseReturnValue:
    """An address that was renamed leads to the one of today; else there is no page."""
    now = find_renamed_slug(db.session, slug) or abort(404)
    asked = request.args.get("as_of")
    return redirect(url_for(".show", slug=now, as_of=asked), 301)


def _other(language: str) -> str:
    """In which language the second name of a body is written."""
    return "en" if language == "lt" else local_language(current_app.config["LANGUAGES"])
