"""The desk: the coordinator's home."""

from emnnet.web.desk.routes import bp

__all__ = ["bp"]
