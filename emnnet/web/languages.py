"""In which language a page speaks, and how a visitor chooses another."""

from babel import negotiate_locale
from flask import Blueprint, Flask, current_app, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user

from emnnet.extensions import babel
from emnnet.web import speaking
from emnnet.web.access import public
from emnnet.web.redirects import same_site

bp = Blueprint("language", __name__)


def chosen_language() -> str:
    """What was chosen here, else the account's, else what the browser asks for."""
    known: list[str] = current_app.config["LANGUAGES"]
    if not request:
        return known[0]
    if session.get("language") in known:
        return str(session["language"])
    if current_user.is_authenticated:
        return str(current_user.language)
    asked = request.accept_languages.values()
    return negotiate_locale(asked, known, sep="-") or known[0]  # lt-LT is lt


@bp.post("/language")
@public
def choose() -> ResponseReturnValue:
    """Keep the choice for this visit, and go back to the page."""
    if request.form.get("language") in current_app.config["LANGUAGES"]:
        session["language"] = request.form["language"]
    return redirect(same_site(request.form.get("next")), 303)


def init_app(app: Flask) -> None:
    """Tell Babel whom to ask."""
    babel.init_app(
        app,
        locale_selector=chosen_language,
        default_translation_directories="translations",
    )
    speaking.init_app(app)
    app.context_processor(lambda: {"lang": str(get_locale() or "en")})
