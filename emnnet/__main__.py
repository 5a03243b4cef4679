"""The `emnnet` command."""

import sys

import click
from flask import Flask
from flask.cli import FlaskGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from emnnet.app import start_app
from emnnet.config import BadSettings

ONLY_PRINT = {"deadlines", "queries", "routing"}


def _app() -> Flask:
    return start_app(pages=not ONLY_PRINT.intersection(sys.argv[1:2]))


group = FlaskGroup(
    name="emnnet",
    help="The work of a National Contact Point of the EMN.",
    create_app=_app,
    add_default_commands=False,
    add_version_option=False,
    set_debug_flag=False,
)
NO_TABLES = ("no such table", "no such column", "does not exist")


def main() -> None:
    """Run a command; bad settings and missing tables are told in a sentence."""
    try:
        group()
    except BadSettings as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except (OperationalError, ProgrammingError) as error:
        if not any(words in str(error.orig) for words in NO_TABLES):
            raise
        click.echo("The tables are not up to date: emnnet db upgrade", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
