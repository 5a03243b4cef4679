"""`emnnet scheduler`: the process that runs the jobs."""

import logging

import click
from flask import current_app
from flask.cli import with_appcontext

from emnnet.jobs.runner import LockLost, run_scheduler


@click.command()
@with_appcontext
def scheduler() -> None:
    """Run the jobs. Start as many as you like: one works, the others wait."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    try:
        run_scheduler(current_app._get_current_object())  # type: ignore[attr-defined]
    except LockLost as error:
        raise click.ClickException(str(error)) from error
