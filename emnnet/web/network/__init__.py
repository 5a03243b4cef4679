"""The national network: drawn, and as a table."""

from emnnet.web.network.routes import bp

__all__ = ["bp"]
