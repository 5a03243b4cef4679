"""The `emnnet` commands."""

from flask import Flask

from emnnet.cli import (
    accounts,
    database,
    deadlines,
    history,
    network,
    rehearse,
    routing,
    run,
    scheduler,
)

COMMANDS = (
    accounts.accounts,
    database.db_group,
    deadlines.deadlines,
    history.history_group,
    network.network,
    rehearse.rehearse_command,
    routing.routing,
    run.run,
    scheduler.scheduler,
)


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
