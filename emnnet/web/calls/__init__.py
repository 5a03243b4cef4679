"""Telephoning: whom to call today, what is stuck, and what came of a call."""

from emnnet.web.calls.routes import bp

__all__ = ["bp"]
