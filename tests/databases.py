"""The two databases the application runs on, and how tests get one of their own."""

import os
import shutil
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool


class Databases(Protocol):
    """Makes databases for tests; `like` names one to copy."""

    def create(self, like: str | None = None) -> str: ...
    def drop(self, url: str) -> None: ...


class SqliteFiles:
    """A database is a file."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._serial = folder, count(1)

    def create(self, like: str | None = None) -> str:
        path = self._folder / f"{next(self._serial)}.sqlite"
        if like:
            shutil.copy(make_url(like).database, path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        Path(make_url(url).database).unlink(missing_ok=True)


class PostgresServer:
    """A copy of a database is one command, and quick."""

    def __init__(self, url: str, *, own: bool = False) -> None:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
        self._prefix = f"emnnet_test_{worker}_{os.getpid()}"
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        self._serial = count(1)
        if own:  # it ends with the run: nothing on it has to survive a power cut
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                self._run(f"ALTER SYSTEM SET {setting} = off")
            self._run("SELECT pg_reload_conf()")

    def create(self, like: str | None = None) -> str:
        name = f"{self._prefix}_{next(self._serial)}"
        template = f"TEMPLATE {make_url(like).database}" if like else ""
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {name} {template}")
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        engine = create_engine(
            self._url, isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
