"""Saying that something is done, and where it can be undone."""

from flask import flash, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape


def flash_done(said: str, act_id: int | None) -> None:
    """The sentence, with the way to undo it where there is an act."""
    if act_id is None:
        flash(said, "info")
        return
    url = url_for("keeping.act", act_id=act_id)
    link = Markup('<a href="{}">{}</a>').format(url, _("Look at it or undo it"))
    flash(Markup("{} {}").format(escape(said), link), "done")
