"""The office's view of the scheduler: what ran, where, and what comes next."""

from emnnet.web.jobs.routes import bp

__all__ = ["bp"]
