"""`emnnet scheduler`: the process that sends mail and reminds."""

import logging
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from emnnet.jobs.runner import LeadershipLost, run_scheduler


@click.command()
@with_appcontext
def scheduler() -> None:
    """Send mail and remind. Of several such processes one works, the others wait."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    try:
        run_scheduler(app)
    except LeadershipLost as error:
        raise click.ClickException(str(error)) from error
