"""Signing in and out, and the account."""

from emnnet.web.accounts import preferences as preferences
from emnnet.web.accounts.routes import bp

__all__ = ["bp"]
