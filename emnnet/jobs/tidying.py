"""Nightly: the log of jobs forgets what is some months old."""

from flask import Flask

from emnnet import clock
from emnnet.services.job_runs import forget_old_runs
from emnnet.transaction import committing


def tidy_job_log(app: Flask) -> int:
    """Delete old runs; returns how many."""
    with app.app_context(), committing() as session:
        return forget_old_runs(session, now=clock.now())
