"""The history of a query, for reading."""

from emnnet.web.history.routes import bp

__all__ = ["bp"]
