"""The organogram: drawn, as a table, as a list."""

from emnnet.web.organogram.routes import bp

__all__ = ["bp"]
