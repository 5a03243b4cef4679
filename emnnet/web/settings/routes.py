"""The settings: what the office can change without the command line."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from emnnet.web.access import office, requires
from emnnet.web.settings.pages import settings_entries

bp = Blueprint("settings", __name__, url_prefix="/settings")


@bp.get("")
@requires(office)
def index() -> ResponseReturnValue:
    """All pages of the settings."""
    return render_template("settings/index.html", entries=settings_entries())
