"""Publishing a query, and taking it back."""

from emnnet.web.publishing.routes import bp

__all__ = ["bp"]
