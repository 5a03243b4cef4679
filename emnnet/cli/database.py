"""`emnnet db`: Alembic over the application's own engine and metadata."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from alembic import command
from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from flask.cli import AppGroup

from emnnet.extensions import db
from emnnet.models import metadata
from emnnet.paths import folder

db_group = AppGroup("db", help="The tables: bring them up to date, and change them.")


@contextmanager
def alembic_config() -> Iterator[Config]:
    """Alembic's configuration, bound to a connection of the current app."""
    config, scripts = Config(), str(folder("migrations"))
    config.set_main_option("script_location", scripts.replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    with db.engine.connect() as connection:
        config.attributes |= {"connection": connection, "metadata": metadata}
        yield config


def migrate() -> None:
    """Bring the tables of the current app up to date."""
    with alembic_config() as config:
        command.upgrade(config, "head")


@db_group.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the tables up to REVISION."""
    with alembic_config() as config:
        command.upgrade(config, revision)


@db_group.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the tables back to REVISION; `base` removes them."""
    with alembic_config() as config:
        command.downgrade(config, revision)


@db_group.command()
def check() -> None:
    """Fail if the models and the tables differ."""
    with alembic_config() as config:
        command.check(config)


@db_group.command()
@click.argument("thought")
def revision(thought: str) -> None:
    """Write the next numbered migration from what the models say."""
    with alembic_config() as config:
        numbers = [int(step.revision) for step in _steps(config)]
        number = f"{max(numbers, default=0) + 1:04}"
        command.revision(config, thought, autogenerate=True, rev_id=number)


def _steps(config: Config) -> Iterator[Script]:
    return ScriptDirectory.from_config(config).walk_revisions()
