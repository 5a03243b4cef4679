"""A data base with a million assignments, made with a few statements."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Engine,
    String,
    case,
    cast,
    create_engine,
    delete,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from emnnet.app import create_app
from emnnet.documents.holidays_source import country_holidays
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.network import Sector
from emnnet.domain.roles import COMMAND
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.models.base import Base
from emnnet.models.contact import Contact
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query, RequesterKind
from emnnet.models.question import Question
from emnnet.models.reminder import Reminder
from emnnet.services.holidays import load_year
from tests.performance.data import DONE, SECRET, folder_for, server

TODAY = date(2026, 3, 16)  # a Monday
FRIDAY, LATER = TODAY - timedelta(days=3), TODAY + timedelta(days=400)
INSTITUTIONS = 50
ASKED = datetime(2026, 2, 2, 8, tzinfo=UTC)


@contextmanager
def million(assignments: int, *, postgres: bool) -> Iterator[tuple[Path, str]]:
    """Its folder and address. Half of the queries are closed; nothing is due yet."""
    folder = folder_for(f"reminders-{assignments}", postgres=postgres)
    with server(folder, postgres=postgres) as url:
        if not (folder / DONE).exists():
            _fill(url, assignments // INSTITUTIONS)
            (folder / DONE).touch()
        yield folder, url


def _fill(url: str, queries: int) -> None:
    app = create_app({"SECRET_KEY": SECRET, "DATABASE_URL": url})
    result = app.test_cli_runner().invoke(args=["db", "upgrade"])
    if result.exception is not None:
        raise result.exception
    with app.app_context():
        db.engine.dispose()
    engine = create_engine(url, poolclass=NullPool)
    with Session(engine) as session:
        _write(session, queries)
        session.commit()
    _settle(engine)


def _settle(engine: Engine) -> None:
    """As after a night of autovacuum."""
    with engine.connect() as connection:
        quiet = connection.execution_options(isolation_level="AUTOCOMMIT")
        vacuum = "VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"
        quiet.execute(text(vacuum))


def _write(session: Session, queries: int) -> None:
    days = [tuple(day) for day in country_holidays("LT", [2026])]
    how = {"source": "bench", "version": "1", "by": COMMAND, "now": ASKED}
    load_year(session, "LT", 2026, days, **how)
    bodies = _numbers(INSTITUTIONS)
    n = bodies.c.value
    _add(session, Institution, bodies, id=n, slug=_named("body", n), name_en="Body",
         name_lt="Įstaiga", abbreviation="B", sector=Sector.GOVERNMENT)  # fmt: skip
    _add(session, Contact, bodies, id=n, institution_id=n, role_title="Focal point",
         email=_named("focal.", n) + "@example.org", language="en")  # fmt: skip
    asked = _numbers(queries)
    n = asked.c.value
    _add(session, Query, asked, id=n, year=2026, number=n, title="Quotas",
         printed_title="Quotas", requester_kind=RequesterKind.NCP, requester_code="NL",
         requester_printed="NL EMN NCP", launched_on=ASKED.date(),
         reply_by=TODAY + timedelta(days=900), received_at=ASKED,
         closed_at=case((n % 2 == 0, ASKED)))  # fmt: skip
    _add(session, Question, asked, id=n, query_id=n, position=1, label="1",
         text="Does a quota apply?")  # fmt: skip
    _assign(session, queries)


def make_due(url: str, count: int) -> None:
    """So many assignments are due since the working day before, and no others.

    They belong to the first queries that are open: fifty institutions each. What an
    earlier measurement promised is taken out again.
    """
    engine = create_engine(url, poolclass=NullPool)
    query_id = Assignment.query_id
    position = (query_id - 1) / 2 * INSTITUTIONS + Assignment.institution_id
    with engine.begin() as connection:
        for model in (Reminder, OutboxMessage):
            connection.execute(delete(model))
        late = update(Assignment).where(Assignment.due_on <= TODAY)
        connection.execute(late.values(due_on=LATER))
        open_ones = update(Assignment).where(query_id % 2 == 1, position <= count)
        connection.execute(open_ones.values(due_on=FRIDAY))
    _settle(engine)


def _assign(session: Session, queries: int) -> None:
    """Each query to each institution."""
    cells = _numbers(queries * INSTITUTIONS)
    n = cells.c.value
    query_id = (n - 1) // INSTITUTIONS + 1
    _add(session, Assignment, cells, id=n, query_id=query_id,
         institution_id=(n - 1) % INSTITUTIONS + 1, asked_at=ASKED, invited_at=ASKED,
         due_on=LATER)  # fmt: skip
    _add(session, Contribution, cells, id=n, assignment_id=n, question_id=query_id,
         role=CellRole.CONTRIBUTES, asked_at=ASKED)  # fmt: skip


def _numbers(count: int) -> CTE:
    """One up to so many, on both data bases."""
    first = select(literal(1).label("value")).cte("numbers", recursive=True)
    return first.union_all(select(first.c.value + 1).where(first.c.value < count))


def _named(prefix: str, n: ColumnElement[int]) -> ColumnElement[str]:
    return literal(prefix) + cast(n, String)


def _add(session: Session, model: type[Base], rows: CTE, **given: Any) -> None:
    """Rows for all numbers; what is not given takes the default of its column."""
    table = model.__table__
    if "version" in table.c:
        given["version"] = 1
    columns = _columns(table.c, given)
    wanted = select(*columns.values()).select_from(rows)
    statement = insert(table).from_select(list(columns), wanted, include_defaults=True)
    session.execute(statement)


def _columns(known: Any, given: Mapping[str, Any]) -> dict[str, ColumnElement[Any]]:
    return {
        name: (
            value
            if isinstance(value, ColumnElement)
            else literal(value, known[name].type)
        )
        for name, value in given.items()
    }
