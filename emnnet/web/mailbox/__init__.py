"""The mails of demo mode, as their readers get them."""

from emnnet.web.mailbox.routes import bp

__all__ = ["bp"]
