"""When whole institutions are closed."""

from emnnet.web.closures.routes import bp

__all__ = ["bp"]
