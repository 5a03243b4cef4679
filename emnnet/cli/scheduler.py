"""`emnnet scheduler`: the process that sends mail and reminds, and a look at it."""

import logging
from datetime import timedelta
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from emnnet.jobs.alarm import raise_alarm
from emnnet.jobs.runner import run_scheduler


@click.group(invoke_without_command=True)
@click.pass_context
def scheduler(context: click.Context) -> None:
    """Send mail and remind. Of several such processes one works, the others wait."""
    if context.invoked_subcommand is None:
        context.invoke(run)


@scheduler.command(hidden=True)
@with_appcontext
def run() -> None:
    """The same as no word at all."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    run_scheduler(cast("Flask", current_app._get_current_object()))  # type: ignore[attr-defined]


@scheduler.command()
@with_appcontext
def check() -> None:
    """Say what is not well, alert by the second way, end with 1. For cron or a timer.

    Needs no running scheduler: that none runs is one of the things it says.
    """
    health = raise_alarm(patience=timedelta())
    for trouble in health.troubles:
        click.echo(f"{trouble.name}: {trouble.detail}")
    if not health.is_well:
        raise SystemExit(1)
    click.echo("All is well.")
