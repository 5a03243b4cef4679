"""The two databases the application runs on, and how tests get one of their own."""

import os
import shutil
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder in memory, where there is one
ROOM = 2 * 1024**3  # bytes; in a container it may hold far less


def scratch_folder() -> "TemporaryDirectory[str]":
    """A folder for databases that need not outlive the run, in memory if it fits.

    Not in pytest's folder: another run would clear it away under the server.
    """
    fits = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return TemporaryDirectory(
        prefix="emnnet-", dir=MEMORY if fits else None, ignore_cleanup_errors=True
    )


class Databases(Protocol):
    """Makes databases for tests; `like` names one to copy."""

    def create(self, like: str | None = None) -> str: ...
    def renew(self, url: str, like: str) -> None: ...


class SqliteFiles:
    """A database is a file."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._serial = folder, count(1)

    def create(self, like: str | None = None) -> str:
        url = f"sqlite:///{self._folder / str(next(self._serial))}.sqlite"
        if like:
            self.renew(url, like)
        return url

    def renew(self, url: str, like: str) -> None:
        path = Path(make_url(url).database)
        for old in path.parent.glob(f"{path.name}*"):  # the journals beside it too
            old.unlink()
        shutil.copy(make_url(like).database, path)


class PostgresServer:
    """A copy of a database is one command, and quick."""

    def __init__(self, url: str, *, own: bool = False) -> None:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
        self._prefix = f"emnnet_test_{worker}_{os.getpid()}"
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        self._engine = create_engine(
            self._url, isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        self._serial = count(1)
        if own:  # it ends with the run: nothing on it has to survive a power cut
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                self._run(f"ALTER SYSTEM SET {setting} = off")
            self._run("SELECT pg_reload_conf()")

    def create(self, like: str | None = None) -> str:
        name = f"{self._prefix}_{next(self._serial)}"
        self._made_anew(name, f"TEMPLATE {make_url(like).database}" if like else "")
        return self._url.set(database=name).render_as_string(hide_password=False)

    def renew(self, url: str, like: str) -> None:
        template = make_url(like).database
        self._made_anew(str(make_url(url).database), f"TEMPLATE {template}")

    def _made_anew(self, name: str, template: str) -> None:
        self._run(
            f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            f"CREATE DATABASE {name} {template}",
        )

    def _run(self, *statements: str) -> None:
        with self._engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
