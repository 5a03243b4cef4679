"""What loading a description would do to the tables. Nothing is changed here."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.hierarchy import Reign
from emnnet.domain.network import NetworkDescription, TieKind
from emnnet.domain.network_check import Known, NetworkProblems, problems
from emnnet.domain.network_circles import StandingTie
from emnnet.domain.network_given_rows import KEYS, GivenRow, given_rows
from emnnet.models.base import Base
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.institution import FormerName, Institution
from emnnet.models.institution import InstitutionFact as FactRow
from emnnet.models.membership import Membership
from emnnet.models.source import Source
from emnnet.models.theme import Theme, ThemeTerm
from emnnet.models.tie import Tie

TABLES: dict[str, type[Base]] = {
    kind.__tablename__: kind
    for kind in (
        *(Source, Institution, FactRow, FormerName, Theme, ThemeTerm),
        *(Tie, Membership, Competence, Contact),
    )
}
NAMED_BY_SLUG = {"institution", "from_institution", "to_institution", "theme"}
Key = tuple[object, ...]


class Outcome(StrEnum):
    """What loading does to a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ENDED = "ended"  # it gets a last day


@dataclass(frozen=True)
class Difference:
    """One column of a row, as it stands and as the files want it."""

    column: str
    before: object
    after: object


@dataclass(frozen=True)
class Planned:
    """One row of the files, the row that is there, and what becomes of it."""

    given: GivenRow
    row: Base | None
    outcome: Outcome
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All that loading would do; `unnamed`: rows that the files do not name stay."""

    rows: tuple[Planned, ...]
    unnamed: Counter[str]

    @property
    def moving(self) -> tuple[Planned, ...]:
        """The rows of which something becomes."""
        return tuple(row for row in self.rows if row.outcome is not Outcome.UNCHANGED)

    @property
    def fingerprint(self) -> str:
        """The same for the same changes: what was looked at is what is done."""
        told = [
            (p.outcome, p.given.table, p.given.key, p.given.columns, p.differences)
            for p in self.moving
        ]
        return sha256(repr(told).encode()).hexdigest()[:32]


class Standing:
    """The rows of all tables of the network by what they are known by."""

    def __init__(self, session: Session) -> None:
        self.rows: dict[str, dict[Key, Base]] = {}
        self.slugs: dict[int, str] = {}
        self.themes: dict[int, str] = {}
        for table, kind in TABLES.items():
            found = session.scalars(select(kind)).all()
            if table == "institution":
                self.slugs = {row.id: row.slug for row in found}  # type: ignore[attr-defined]
            if table == "theme":
                self.themes = {row.id: row.slug for row in found}  # type: ignore[attr-defined]
            self.rows[table] = {self._key(table, row): row for row in found}

    @property
    def known(self) -> Known:
        """What the files may name without giving it."""
        return Known(
            institutions=frozenset(self.slugs.values()),
            themes=frozenset(self.themes.values()),
            sources=frozenset(str(key[0]) for key in self.rows["source"]),
            ties=tuple(map(self._line, self._commands())),
        )

    def _commands(self) -> Iterator[Tie]:
        for tie in self.rows["tie"].values():
            if isinstance(tie, Tie) and tie.kind is TieKind.SUBORDINATE_TO:
                yield tie

    def _line(self, tie: Tie) -> StandingTie:
        below = self.slugs[tie.from_institution_id]
        above = self.slugs[tie.to_institution_id]
        return StandingTie(Reign(below, above, tie.valid_from, tie.valid_to))

    def _key(self, table: str, row: Base) -> Key:
        return tuple(self._part(row, column) for column in KEYS[table])

    def _part(self, row: Any, column: str) -> object:
        if column not in NAMED_BY_SLUG:
            return getattr(row, column)
        slugs = self.themes if column == "theme" else self.slugs
        return slugs[getattr(row, f"{column}_id")]


def plan_of(session: Session, description: NetworkDescription) -> Plan:
    """Compare every row with its table, in one statement a table.

    Raises `NetworkProblems` with files and lines where the two do not go together.
    """
    standing = Standing(session)
    found = problems(description, standing.known)
    if found:
        raise NetworkProblems(found)
    rows = tuple(_planned(row, standing) for row in given_rows(description))
    named = Counter(planned.given.table for planned in rows if planned.row is not None)
    there = Counter({table: len(rows) for table, rows in standing.rows.items()})
    return Plan(rows, there - named)


def _planned(given: GivenRow, standing: Standing) -> Planned:
    row = standing.rows[given.table].get(given.key)
    if row is None:
        return Planned(given, None, Outcome.CREATED)
    different = () if given.only_made else tuple(_differences(given, row))
    outcome = Outcome.CHANGED if different else Outcome.UNCHANGED
    if any(_ends(one) for one in different):
        outcome = Outcome.ENDED
    return Planned(given, row, outcome, different)


def _differences(given: GivenRow, row: Base) -> Iterator[Difference]:
    for column, value in given.columns.items():
        before = getattr(row, column)
        if before != value:
            yield Difference(column, before, value)


def _ends(difference: Difference) -> bool:
    return (
        difference.column == "valid_to"
        and difference.before is None
        and difference.after is not None
    )
