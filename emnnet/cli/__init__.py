"""The `emnnet` commands."""

from flask import Flask

from emnnet.cli import accounts, database, deadlines, network, routing, scheduler

COMMANDS = (
    accounts.accounts,
    database.db_group,
    deadlines.deadlines,
    network.network,
    routing.routing,
    scheduler.scheduler,
)


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
