"""The door behind the mailed link."""

from emnnet.web.links.routes import bp

__all__ = ["bp"]
