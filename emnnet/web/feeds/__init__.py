"""Calendar feeds: a private address for one person's dates."""

# ruff: noqa: F401 -- the views stand in several files; importing them registers them
import emnnet.web.feeds.addresses
import emnnet.web.feeds.reading
from emnnet.web.feeds.blueprint import bp

__all__ = ["bp"]
