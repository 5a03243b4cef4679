"""What every response tells the browser not to do, and what no log may tell."""

import logging
import re
from http import HTTPStatus

from flask import Response, current_app, request
from flask_login import current_user

from emnnet.web.static_files import is_file

NOBODY = "frame-ancestors 'none'"
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Bootstrap draws its ticks and arrows as data
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        NOBODY,
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    # Not "no-referrer": over https the CSRF check wants to see our own address.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
ONE_YEAR = "max-age=31536000"
BEHIND_LINKS = {
    "away",
    "contributions",
    "digests",
    "invitations",
    "links",
    "previews",
}
"""No search engine keeps what stands behind a link."""

KEPT_BY_READERS = {
    "static",
    "feeds.calendar",  # a calendar asks every few hours
    "network_files.json_ld",
    "network_files.turtle",
}
EMBEDDED = {"embedding.organogram", "embedding.network"}
"""What other sites may show in a frame, if the settings name them."""

KEY_IN_PATH = re.compile(
    r"(/(?:link|away|unsubscribe|account-invitation|preview|feeds)/)[\w~-]+"
)


class MaskLinks(logging.Filter):
    """An access log writes the path, and the path of a link is its key."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass without the key."""
        record.msg, record.args = KEY_IN_PATH.sub(r"\1…", record.getMessage()), ()
        return True


MASK = MaskLinks()


def mask_access_logs() -> None:
    """For the server of development and for the one of production."""
    for name in ("werkzeug", "gunicorn.access"):
        logging.getLogger(name).addFilter(MASK)


def add_headers(response: Response) -> Response:
    """Set them; no cache may keep a page."""
    response.headers.update(HEADERS)
    origins = current_app.config["EMBED_ORIGINS"]
    if request.endpoint in EMBEDDED and origins:
        policy = POLICY.replace(NOBODY, f"frame-ancestors {' '.join(origins)}")
        response.headers["Content-Security-Policy"] = policy
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = ONE_YEAR
    refused = response.status_code >= HTTPStatus.BAD_REQUEST
    if refused or request.endpoint not in KEPT_BY_READERS:
        response.headers["Cache-Control"] = "no-store"
    if not is_file(response) and _is_for_few():
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _is_for_few() -> bool:
    return current_user.is_authenticated or request.blueprint in BEHIND_LINKS
