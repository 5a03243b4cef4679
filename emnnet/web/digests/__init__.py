"""Ending the digest by one click, and which mails cannot be ended and why."""

from emnnet.web.digests.routes import bp

__all__ = ["bp"]
