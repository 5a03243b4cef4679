"""The public data base of queries."""

from emnnet.web.public.routes import bp

__all__ = ["bp"]
