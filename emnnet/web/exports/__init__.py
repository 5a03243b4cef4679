"""Exports: the national response as a file."""

from emnnet.web.exports.routes import bp

__all__ = ["bp"]
