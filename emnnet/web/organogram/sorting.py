"""The tables of bodies and ties in the order asked for: `sort=name`, `sort=-name`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from emnnet.domain.network import Sector, TieKind
from emnnet.web.organogram.choosing import LONGEST
from emnnet.web.organogram.present import BodyRow, TieRow
from emnnet.words import fold

Row = TypeVar("Row")
Key = Callable[[Row], Any]
_SECTORS, _KINDS = list(Sector), list(TieKind)


@dataclass(frozen=True)
class Sorted(Generic[Row]):
    """Rows in order, and what each head of the table leads to."""

    rows: tuple[Row, ...]
    column: str
    falling: bool

    def direction(self, column: str) -> str | None:
        """What the head of a column says of its order."""
        if column != self.column:
            return None
        return "descending" if self.falling else "ascending"

    def next(self, column: str) -> str:
        """What the head of a column asks for: the other way if it is in order."""
        turned = column == self.column and not self.falling
        return f"-{column}" if turned else column


def sorted_bodies(
    rows: Iterable[BodyRow], asked: str, language: str
) -> Sorted[BodyRow]:
    """The bodies, by name if nothing else was asked for."""
    keys: Mapping[str, Key[BodyRow]] = {
        "name": lambda row: "",
        "short": lambda row: _key(row.body.names.abbreviation),
        "sector": lambda row: _SECTORS.index(row.body.sector),
        "head": lambda row: [_key(head.names.full(language)) for head in row.heads],
        "role": lambda row: (not row.body.is_ncp, not row.body.is_partner),
    }
    return _sorted(
        rows, keys, asked, lambda row: _key(row.body.names.full(language)), "name"
    )


def sorted_ties(rows: Iterable[TieRow], asked: str, language: str) -> Sorted[TieRow]:
    """The ties, by kind if nothing else was asked for."""
    keys: Mapping[str, Key[TieRow]] = {
        "source": lambda row: "",
        "kind": lambda row: _KINDS.index(row.bond.kind),
        "target": lambda row: _key(row.target.names.full(language)),
        "standing": lambda row: row.bond.standing.value,
    }
    return _sorted(
        rows, keys, asked, lambda row: _key(row.source.names.full(language)), "kind"
    )


def _sorted(
    rows: Iterable[Row],
    keys: Mapping[str, Key[Row]],
    asked: str,
    name: Key[Row],
    usual: str,
) -> Sorted[Row]:
    column = asked.removeprefix("-")
    falling = asked.startswith("-")
    if column not in keys:
        column, falling = usual, False
    first = name if column in {"name", "source"} else keys[column]
    by_name = sorted(rows, key=name)
    return Sorted(tuple(sorted(by_name, key=first, reverse=falling)), column, falling)


def _key(name: str) -> str:
    return fold(name[:LONGEST])
