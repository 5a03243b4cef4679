"""The network that comes with emnnet, in the tables."""

from collections import defaultdict
from functools import cache
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from emnnet.documents.network_files import read_network
from emnnet.domain.network import NetworkDescription
from emnnet.domain.roles import COMMAND
from emnnet.models.base import Base
from emnnet.paths import DATA
from emnnet.services.network import load_network
from tests.conftest import NOON

Rows = dict[Table, list[dict[str, Any]]]
_loaded: Rows = {}
"""What loading writes, by table: hundreds of tests begin with the same rows."""


@cache
def _lithuania() -> NetworkDescription:
    return read_network(DATA / "lt")


def load_lithuania(session: Session) -> None:
    """36 institutions, 17 of them partners.

    Loaded once in a run; where its tables are still empty, the rows are written again.
    """
    if _loaded and not any(_count(session, table) for table in _loaded):
        _write(session)
    else:
        counts = {
            table: _count(session, table) for table in Base.metadata.sorted_tables
        }
        load_network(session, _lithuania(), by=COMMAND, now=NOON)
        session.flush()
        if not _loaded:
            _keep(session, counts)
    session.commit()


def _keep(session: Session, counts: dict[Table, int]) -> None:
    """Remember what was written, unless something stood in those tables before."""
    grown = [table for table, n in counts.items() if _count(session, table) > n]
    if not any(counts[table] for table in grown):
        for table in grown:
            _loaded[table] = [
                dict(row) for row in session.execute(select(table)).mappings()
            ]


def _count(session: Session, table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _write(session: Session) -> None:
    for table, rows in _loaded.items():
        alike = defaultdict(list)
        for row in rows:  # NULL is left out: in a JSON column it would become "null"
            given = {name: value for name, value in row.items() if value is not None}
            alike[tuple(given)].append(given)
        for group in alike.values():
            session.execute(insert(table), group)
        if session.get_bind().dialect.name == "postgresql" and "id" in table.c:
            sequence = func.pg_get_serial_sequence(table.name, "id")
            session.execute(
                select(func.setval(sequence, max(row["id"] for row in rows)))
            )
