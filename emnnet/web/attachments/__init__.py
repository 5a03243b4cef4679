"""Handing out files that were given with answers."""

from emnnet.web.attachments.routes import bp

__all__ = ["bp"]
