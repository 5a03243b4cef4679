"""Diagrams for other sites' pages, the code to copy, and the map of public pages."""

from emnnet.web.embedding import sitemap
from emnnet.web.embedding.routes import bp

__all__ = ["bp", "sitemap"]
