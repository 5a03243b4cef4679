"""Error pages. Each says what to do, and none of them loses what was typed."""

from flask import render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from emnnet.domain.errors import DomainError
from emnnet.web.messages import translated

Page = tuple[str, int]
KEPT_OUT = {"csrf_token", "password", "next"}


def closed(error: HTTPException) -> Page:
    """Not for this visitor, or no longer: the session is over."""
    return _page("errors/closed.html", error.code or 403)


def expired(error: CSRFError) -> Page:
    """The form was opened in a session that is over: the text is given back."""
    return _page("errors/expired.html", 400)


def refused(error: DomainError) -> Page:
    """A rule said no: show its reason."""
    return _page("errors/refused.html", 409, reason=translated(error))


def overtaken(error: StaleDataError) -> Page:
    """Somebody saved the same thing a moment before."""
    reason = _("Somebody else saved this a moment before you. Open the page again.")
    return _page("errors/refused.html", 409, reason=reason)


def not_found(error: HTTPException) -> Page:
    """No such page, or none that this visitor may know of."""
    return _page("errors/not_found.html", 404)


def too_large(error: RequestEntityTooLarge) -> Page:
    """More than the office takes in one go."""
    return _page("errors/too_large.html", 413)


def busy(error: OperationalError) -> Page:
    """The data base does not answer: nothing was saved."""
    return _page("errors/busy.html", 503)


def _page(template: str, status: int, **context: object) -> Page:
    return render_template(template, kept=_typed(status), **context), status


def _typed(status: int) -> list[str]:
    if status == 413:  # reading the form is what failed
        return []
    typed = [text for name, text in request.form.items() if name not in KEPT_OUT]
    return [text for text in typed if len(text.split()) > 1]
