"""Institutions: the list, and a page for each."""

from emnnet.web.institutions.routes import bp

__all__ = ["bp"]
