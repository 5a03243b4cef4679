"""The addresses that mails carry."""

from flask import url_for


def link_url(token: str) -> str:
    """Where an institution starts: a page that shows, and changes nothing."""
    return url_for("links.show", token=token, _external=True)
