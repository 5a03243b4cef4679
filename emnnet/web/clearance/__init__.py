"""Clearance: a second person reads the national response before it leaves."""

from emnnet.web.clearance.routes import bp

__all__ = ["bp"]
