"""The door behind an invitation to an account."""

from emnnet.web.invitations.routes import bp

__all__ = ["bp"]
