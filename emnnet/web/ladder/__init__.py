"""The ladders of reminders, set by the office for each duty."""

from emnnet.web.ladder.routes import bp

__all__ = ["bp"]
