"""The office's view of the mail: waiting, sent, dropped, failed."""

from emnnet.web.outbox.routes import bp

__all__ = ["bp"]
