"""Addresses of pages that another part of the house may or may not have."""

from flask import current_app, url_for


def door_to(endpoint: str, **values: object) -> str | None:
    """The address of a page, or none where it does not exist."""
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, **values)  # type: ignore[arg-type]
