"""The `emnnet` commands."""

from flask import Flask

from emnnet.cli import database, deadlines

COMMANDS = (database.db_group, deadlines.deadlines)


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
