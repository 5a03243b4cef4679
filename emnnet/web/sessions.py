"""The session: a signed cookie that some answers must leave as it is.

Each answer that carries the cookie replaces the browser's. What a script asked for
before may come back after the person went on: its older cookie would take away the
message of what was just saved, or let in again who has just signed out.
"""

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from emnnet.web.static_files import is_file

SCRIPTS_SAY = ("HX-Request", "X-Requested-With")  # parts of pages; our own fetches


class Sessions(SecureCookieSessionInterface):
    """Lasts from the last page that was gone to; a script makes it no longer."""

    def save_session(
        self, app: Flask, session: SessionMixin, response: Response
    ) -> None:
        """Leave out static files: they are the same for everybody, and shared."""
        if not is_file(response):
            super().save_session(app, session, response)

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """What was changed is always said; what is as it was, only with a page."""
        return session.modified or (
            not is_beside() and super().should_set_cookie(app, session)
        )


def is_beside() -> bool:
    """Was this asked for by a page that stays, and is it no page to go to?

    Browsers tell by Sec-Fetch-Mode (Fetch Metadata), but not to a plain-http address:
    there our scripts are known by what they say themselves.
    """
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return mode != "navigate" or any(name in request.headers for name in SCRIPTS_SAY)


def init_app(app: Flask) -> None:
    """Keep sessions this way."""
    app.session_interface = Sessions()
