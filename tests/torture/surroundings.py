"""What surrounds a storm: the settings of a test system, for us and for processes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from emnnet.app import create_app
from emnnet.extensions import db
from emnnet.jobs.leader import FILE

PATIENCE = 2.0  # seconds that a client waits for the mail server
HOLDERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_locks"
    " WHERE locktype = 'advisory' AND granted"
)


def settings(
    url: str, folder: Path, port: int, patience: float = PATIENCE
) -> dict[str, Any]:
    """A test system that really sends, to nobody but the sink."""
    return {
        "SECRET_KEY": "torture" * 8,
        "DATABASE_URL": url,
        "SERVER_NAME": "emnnet.example.org",
        "MAIL_MODE": "smtp",
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": port,
        "MAIL_TIMEOUT": patience,
        "MAIL_ALLOWED": ["@example.org"],
        "CLOCK_FILE": str(folder / "clock"),
        "TEMPLATE_CACHE": str(folder),
        "DISK_LEAST_MB": 0,
    }


def environment(
    url: str, folder: Path, port: int, patience: float = PATIENCE
) -> dict[str, str]:
    """The same settings for a process, and compiled modules kept beside the folder."""
    kept = {name: value for name, value in os.environ.items() if "BYTECODE" not in name}
    ours = settings(url, folder, port, patience) | {"INSTANCE": folder}
    ours["MAIL_ALLOWED"] = '["@example.org"]'
    return (
        kept
        | {f"EMNNET_{name}": str(value) for name, value in ours.items()}
        | {"PYTHONPYCACHEPREFIX": str(folder.parent / "compiled")}
    )


@contextmanager
def application(url: str, folder: Path, port: int) -> Iterator[Flask]:
    app = create_app(settings(url, folder, port), instance=str(folder))
    yield app
    with app.app_context():
        db.engine.dispose()


def settle(url: str) -> None:
    """A copied data base has numbers for new rows that a crash would take back.

    PostgreSQL copies a sequence with values it need not write down any more, until
    the next checkpoint: no data base in use has just been copied.
    """
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(text("CHECKPOINT"))


def take_lock(url: str, folder: Path) -> None:
    """Take the leader's lock: it goes on for a moment beside whoever leads next."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    if engine.dialect.name == "postgresql":
        with suppress(OperationalError), engine.connect() as connection:
            connection.execute(HOLDERS)
    else:
        (folder / FILE).unlink(missing_ok=True)
