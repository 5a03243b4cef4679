"""Saying that one is away: by the link in a mail, or signed in."""

from emnnet.web.away.routes import bp

__all__ = ["bp"]
