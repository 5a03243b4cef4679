"""Rows of many tables, collected and written together."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from emnnet.domain.history import BEGINNING, Entry, EventKind, chained
from emnnet.domain.roles import Actor
from emnnet.models import metadata
from emnnet.models.base import Base

Row = dict[str, Any]


class Rows:
    """New rows with ids of their own, above those that are there."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[Table, list[Row]] = defaultdict(list)
        self._last: dict[Table, int] = {}

    def add(self, model: type[Base], **values: Any) -> int:
        """Collect a row; returns its id (0 in a table that has none)."""
        table = metadata.tables[model.__tablename__]
        if "version" in table.columns:
            values["version"] = 1
        if "id" not in table.columns:
            self._rows[table].append(values)
            return 0
        self._last[table] = id_ = self._last_of(table) + 1
        self._rows[table].append({"id": id_, **values})
        return id_

    def write(self) -> int:
        """Insert what was collected; returns how many rows."""
        count = 0
        for table in metadata.sorted_tables:
            rows = self._rows.pop(table, [])
            if rows:
                self._session.execute(insert(table), _even(rows))
                count += len(rows)
        return count

    def settle(self) -> None:
        """Let the data base count on from the ids that were given."""
        if self._session.get_bind().dialect.name != "postgresql":
            return
        for table, last in self._last.items():
            wanted = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"
            self._session.execute(text(wanted), {"name": table.name, "last": last})

    def _last_of(self, table: Table) -> int:
        if table not in self._last:
            highest = select(func.max(table.c.id))
            self._last[table] = self._session.scalar(highest) or 0
        return self._last[table]


class History:
    """The events of one query, chained in the order of their moments."""

    def __init__(self, query_id: int) -> None:
        self._query_id, self._events = query_id, list[tuple[Any, ...]]()

    def add(self, at: Any, kind: EventKind, by: Actor, **facts: Any) -> None:
        """Something that happened."""
        self._events.append((at, len(self._events), kind, by, facts))

    def write(self, rows: Rows, event: type[Base], stream: type[Base]) -> None:
        """Chain them, and collect their rows."""
        name, before, number = f"query:{self._query_id}", BEGINNING, 0
        for number, (at, _, kind, by, facts) in enumerate(sorted(self._events), 1):
            entry = Entry(name, number, kind, by.kind, by.name, by.role, at, facts)
            before = chained(entry, before)
            rows.add(event, query_id=self._query_id, digest=before, **vars(entry))
        rows.add(stream, name=name, length=number, digest=before)


def _even(rows: list[Row]) -> list[Row]:
    """One statement for all of them wants the same columns in each."""
    columns = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name) for name in columns} for row in rows]
