"""What the office sets by itself: one page that leads to all of it."""

from emnnet.web.settings.routes import bp

__all__ = ["bp"]
