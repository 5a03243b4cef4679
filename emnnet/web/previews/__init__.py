"""Showing an unpublished query by a link."""

from emnnet.web.previews.routes import bp

__all__ = ["bp"]
