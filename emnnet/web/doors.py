"""Addresses of pages that another part of the house may or may not have."""

from collections.abc import Callable

from flask import current_app, g, url_for

NO_QUERY = 0


def door_to(endpoint: str, **values: object) -> str | None:
    """The address of a page, or none where it does not exist."""
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, **values)  # type: ignore[arg-type]


def query_page(endpoint: str, query_id: int) -> str | None:
    """The address of a page of a query, or none where the page does not exist."""
    return pages_of(endpoint)(query_id) or None


def pages_of(endpoint: str) -> Callable[[int], str]:
    """Makes addresses of one page for many queries; empty where it does not exist.

    An address is built once in a request: building it for each line takes longer
    than all the rest of the line.
    """
    known: dict[str, tuple[str, str]] = g.setdefault("query_pages", {})
    if endpoint not in known:
        before, _, after = (door_to(endpoint, query_id=NO_QUERY) or "").partition("/0")
        known[endpoint] = before, after
    before, after = known[endpoint]
    return lambda query_id: f"{before}/{query_id}{after}" if before else ""
