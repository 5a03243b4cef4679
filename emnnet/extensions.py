"""Flask extensions, created bare here and bound to the app in `app.py`."""

import sqlite3
from contextvars import ContextVar
from inspect import iscoroutinefunction
from typing import Any

from flask.sansio.app import App
from flask_babel import Babel
from flask_login import LoginManager
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Connection, Engine, event

from emnnet.mail.transport import SafeMail


class SyncSQLAlchemy(SQLAlchemy):
    """Without the async half, which would start an event loop in every request."""

    def init_app(self, app: App) -> None:
        """Bind to the app; its sessions are closed by plain functions only."""
        super().init_app(app)
        app.teardown_appcontext_funcs[:] = [
            function
            for function in app.teardown_appcontext_funcs
            if not iscoroutinefunction(function)
        ]


writing: ContextVar[bool] = ContextVar("writing", default=False)
"""Will the transaction that begins now change something?"""

babel = Babel()
csrf = CSRFProtect()
db = SyncSQLAlchemy()
login = LoginManager()
mail = SafeMail()


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """Foreign keys on, readers beside a writer, answers safe from a power cut."""
    if isinstance(connection, sqlite3.Connection):
        connection.executescript(
            "PRAGMA foreign_keys = ON;"
            "PRAGMA journal_mode = WAL;"
            "PRAGMA synchronous = FULL;"
            "PRAGMA busy_timeout = 10000;"
        )
        connection.isolation_level = None  # we begin ourselves, below


@event.listens_for(Engine, "connect")
def _set_up_postgres(connection: Any, _record: Any) -> None:
    """Reading here and there costs hardly more than reading in a row.

    PostgreSQL still reckons with the seeks of a spinning disk, and rather reads all
    assignments than those of the hundreds of queries that run.
    """
    if type(connection).__module__.partition(".")[0] == "psycopg":
        connection.autocommit = True  # else it would be undone with what comes first
        connection.execute("SET random_page_cost = 1.1")
        connection.autocommit = False


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at once: a reader that turns writer would be refused."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")
