"""The end of the way: recorded as sent, closed, opened again."""

from emnnet.web.sending_out.routes import bp

__all__ = ["bp"]
