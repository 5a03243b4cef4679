"""Fixtures: an app on a copy of a pristine database, and a clock that stands still."""

import gc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from emnnet.app import create_app
from emnnet.extensions import db
from emnnet.jobs import outbox
from tests.applications import Applications
from tests.databases import Databases, SqliteFiles, postgres_server, scratch_folder

# A busy machine fails no test, and a change is judged by the same examples as the last.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")
outbox.TURN = 60.0  # seconds: a turn that ends early is tried out where it is meant

NOON = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)  # a Monday, noon in Vilnius


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres",
        action="store_true",
        help="run on PostgreSQL: the server of TEST_DATABASE_URL, or one of our own",
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Long ones first, so that no worker ends with them alone.

    On PostgreSQL only what uses a database: the rest was run on SQLite already.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if config.getoption("--postgres"):
        others = [
            item
            for item in items
            if "database" not in item.fixturenames
            or item.get_closest_marker("any_database")
        ]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


def pytest_collection_finish() -> None:
    """What is imported stays: to look through it for rubbish takes a tenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config) -> Iterator[Databases]:
    """Where databases come from."""
    if not pytestconfig.getoption("--postgres"):
        with scratch_folder() as folder:
            yield SqliteFiles(Path(folder))
    else:
        with postgres_server() as server:
            yield server


@pytest.fixture(scope="session")
def pristine(databases: Databases) -> str:
    """A database with the tables and nothing in them, migrated once."""
    url = databases.create()
    migrate(url)
    return url


def migrate(url: str) -> None:
    """Make the tables of an empty database."""
    app = create_app({"SECRET_KEY": "test", "DATABASE_URL": url})
    result = app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert result.exception is None, result.output
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def place(databases: Databases, pristine: str) -> str:
    """The address at which each test finds its database."""
    return databases.create(like=pristine)


@pytest.fixture
def database(databases: Databases, pristine: str, place: str) -> str:
    """The address of a database for one test."""
    databases.renew(place, like=pristine)
    return place


@pytest.fixture
def server_name() -> str:
    """The host in absolute links; browser tests say where they really listen."""
    return "localhost"


@pytest.fixture(scope="session")
def template_cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Templates are compiled once for all applications of a run."""
    return str(tmp_path_factory.mktemp("templates"))


@pytest.fixture
def settings(database: str, server_name: str, template_cache: str) -> dict[str, Any]:
    return {
        "TEMPLATE_CACHE": template_cache,
        "TESTING": True,
        "SECRET_KEY": "test",
        "WTF_CSRF_ENABLED": False,
        "SERVER_NAME": server_name,
        "DATABASE_URL": database,
    }


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def applications(databases: Databases) -> Iterator[Applications]:
    """Where applications come from; they are gone before the databases are."""
    ours = Applications()
    yield ours
    ours.close()


@pytest.fixture
def app(
    settings: dict[str, Any], clock: Clock, tmp_path: Path, applications: Applications
) -> Iterator[Flask]:
    """An application on its own copy of the database. No context is pushed:
    a request in a test gets a session of its own, as it does in life."""
    app = applications.lend(settings, clock, tmp_path)
    yield app
    applications.take_back(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The test's own session: it sees what was committed, and nothing else."""
    with app.app_context():
        maker = db.sessionmaker
    with maker() as session:
        yield session
