"""The public home, the accessibility statement, the pulse."""

from emnnet.web.home.routes import bp

__all__ = ["bp"]
