"""Bringing the search index up to what the queries say now."""

import logging
from dataclasses import dataclass

from flask import Flask

from emnnet.services.search_index import sweep
from emnnet.transaction import committing

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Swept:
    """What one run did."""

    indexed: int = 0
    broken: int = 0


def sweep_search(app: Flask) -> Swept:
    """Index what waits, a batch in each transaction. One bad query stops no other."""
    tried, broken = 0, set[int]()
    with app.app_context():
        while count := _batch(broken):
            tried += count
    if tried:
        log.info("search: %d queries indexed", tried - len(broken))
    return Swept(tried - len(broken), len(broken))


def _batch(broken: set[int]) -> int:
    with committing() as session:
        return sweep(session, broken=broken)
