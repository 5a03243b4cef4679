"""Reminding the institutions of a query by hand."""

from emnnet.web.reminding.routes import bp

__all__ = ["bp"]
