"""What partners get, shown in demo mode instead of being sent. Never in production."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from emnnet.mail.mailbox import envelopes, find_letter
from emnnet.mail.transport import mail_folder
from emnnet.web.access import public
from emnnet.web.mailbox.present import letter_page, mailbox_page

bp = Blueprint("mailbox", __name__, url_prefix="/mailbox")


def is_open(settings: Mapping[str, Any]) -> bool:
    """Do mails go to the mailbox, and is this a place for trying out?"""
    return settings["MAIL_MODE"] == "mailbox" and not settings["PRODUCTION"]


@bp.before_request
def only_for_trying_out() -> None:
    """Elsewhere there is no such page: the links in mails are keys."""
    if not is_open(current_app.config):
        abort(404)


@bp.get("")
@public
def index() -> ResponseReturnValue:
    """All mails, the newest first."""
    chosen = request.args.get("to", "").strip()
    page = request.args.get("page", 1, int)
    shown = mailbox_page(envelopes(mail_folder()), chosen, page)
    return render_template("mailbox/index.html", mailbox=shown)


@bp.get("/<key>")
@public
def show(key: str) -> ResponseReturnValue:
    """One mail: its text, its HTML twin, and the headers that nobody sees."""
    letter = find_letter(mail_folder(), key)
    if letter is None:
        abort(404)
    shown = letter_page(letter, envelopes(mail_folder(), letter.envelope.address))
    return render_template("mailbox/show.html", letter=shown)
