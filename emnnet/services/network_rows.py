"""Putting one row of a network description into its table."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.models.base import Base

Row = TypeVar("Row", bound=Base)


class Outcome(StrEnum):
    """What loading did to a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass
class LoadReport:
    """How many rows of each table were made, changed or left, and which changed."""

    counts: dict[str, Counter[Outcome]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)

    def note(self, table: str, name: str, outcome: Outcome, what: str = "") -> None:
        """Count one row; a made or changed one is named."""
        self.counts.setdefault(table, Counter())[outcome] += 1
        if outcome is not Outcome.UNCHANGED:
            self.changes.append(f"{outcome}: {table} {name}{what}")

    def total(self, outcome: Outcome) -> int:
        """Over all tables."""
        return sum(counter[outcome] for counter in self.counts.values())


def put(
    session: Session,
    kind: type[Row],
    key: dict[str, Any],
    facts: dict[str, Any],
    report: LoadReport,
    *,
    name: str,
) -> Row:
    """The row with that key, brought to those facts."""
    known = [getattr(kind, column) == value for column, value in key.items()]
    row = session.scalar(select(kind).where(*known))
    table = kind.__tablename__.replace("_", " ")
    if row is None:
        row = kind(**key, **facts)
        session.add(row)
        session.flush()
        report.note(table, name, Outcome.CREATED)
        return row
    different = [item for item, value in facts.items() if getattr(row, item) != value]
    for item in different:
        setattr(row, item, facts[item])
    outcome = Outcome.CHANGED if different else Outcome.UNCHANGED
    report.note(table, name, outcome, f" ({', '.join(different)})")
    return row
