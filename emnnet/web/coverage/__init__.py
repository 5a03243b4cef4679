"""What the network tells: measures, coverage of themes, load, trend."""

from emnnet.web.coverage.routes import bp

__all__ = ["bp"]
