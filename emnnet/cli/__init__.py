"""The `emnnet` commands, each imported when it is called: web workers need none."""

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

COMMANDS = {
    "accounts": "accounts:accounts",
    "db": "database:db_group",
    "deadlines": "deadlines:deadlines",
    "demo": "demo:demo",
    "history": "history:history_group",
    "mail": "mail:mail",
    "network": "network:network",
    "queries": "queries:queries",
    "rehearse": "rehearse:rehearse_command",
    "routing": "routing:routing",
    "run": "run:run",
    "scheduler": "scheduler:scheduler",
}
"""What is typed, and where it stands in this room: module and name."""


class Commands(AppGroup):
    """A group that knows the names of its commands before it has imported them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands in the order of their names."""
        return sorted({*COMMANDS, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or none."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        module, _, name = place.partition(":")
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), name)
        return command


def init_app(app: Flask) -> None:
    """Put the commands in the place of Flask's empty group."""
    app.cli = Commands()
    app.cli.name = app.name
