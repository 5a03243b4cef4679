"""Bringing the search index up to what the queries say now."""

import logging

from flask import Flask

from emnnet.services.search_index import sweep
from emnnet.transaction import committing

log = logging.getLogger(__name__)


def sweep_search(app: Flask) -> int:
    """Index what waits, a batch in each transaction; returns how many queries."""
    indexed = 0
    with app.app_context():
        while count := _batch():
            indexed += count
    if indexed:
        log.info("search: %d queries indexed", indexed)
    return indexed


def _batch() -> int:
    with committing() as session:
        return sweep(session)
