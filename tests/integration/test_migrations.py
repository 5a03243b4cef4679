"""The tables go up and down, also with rows in them, and are what the models say."""

import pytest
from sqlalchemy import select

from emnnet.extensions import db
from emnnet.models.query import Query
from emnnet.paths import folder
from tests.builders import an_assignment

pytestmark = pytest.mark.long

VERSIONS = folder("migrations") / "versions"
STEPS = sorted(path.name[:4] for path in VERSIONS.glob("0*.py"))


def run(app, *words):
    result = app.test_cli_runner().invoke(args=["db", *words])
    assert result.exception is None, result.output


def test_models_and_tables_agree(app):
    run(app, "check")


def test_tables_go_down_and_up_again(app):
    run(app, "downgrade", "base")
    run(app, "upgrade")
    run(app, "check")


def test_every_step_is_taken_back_and_done_again(app, session):
    an_assignment(session)
    session.close()
    for step in reversed(STEPS):
        run(app, "downgrade", f"{int(step) - 1:04d}" if int(step) > 1 else "base")
        run(app, "upgrade", step)
        run(app, "downgrade", f"{int(step) - 1:04d}" if int(step) > 1 else "base")
    run(app, "upgrade")
    run(app, "check")


def test_last_step_is_taken_back_and_done_again_with_rows(app, session):
    an_assignment(session)
    session.close()
    run(app, "downgrade", "--", "-1")
    run(app, "upgrade")
    assert len(session.scalars(select(Query)).all()) == 1


def test_sqlite_writes_answers_through_to_the_disk(app):
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            pragmas = ("foreign_keys", "synchronous", "journal_mode")
            values = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in pragmas
            ]
            assert values == [1, 2, "wal"]
