"""The office's pages of queries: the list, one query, changing and ending it."""

# ruff: noqa: F401 -- the views stand in several files; importing them registers them
import emnnet.web.queries.changing
import emnnet.web.queries.ending
import emnnet.web.queries.listing
import emnnet.web.queries.relating
import emnnet.web.queries.routes
from emnnet.web.queries.blueprint import bp

__all__ = ["bp"]
