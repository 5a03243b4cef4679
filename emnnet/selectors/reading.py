"""Several readings of the data base in one statement.

A page that needs unlike rows would say one statement for each of them. Here they
become one: a UNION ALL, with a column for each type that occurs, in which a part
leaves empty what it does not use.
"""

from collections import namedtuple
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar, overload

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    cast,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import TypeEngine

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")
T = TypeVar("T")

MOST = 5_000
"""So many ids are named at once: some readings are made together, and SQLite takes
32,766 values in a statement."""
Selection = Select[*tuple[Any, ...]]
"""Any columns, of whatever types."""
Rows = Sequence[Any]
"""The rows of one selection; their columns have names."""


@dataclass(frozen=True)
class Reading(Generic[T]):
    """What to select, and what becomes of it: `made` is given the rows of each.

    The rows of a selection come in no order, unless it has a limit.
    """

    selections: tuple[Selection, ...]
    made: Callable[..., T]

    def take(self, session: Session) -> T:
        """What it makes of its rows, in one statement."""
        return read(session, self)[0]


@overload
def read(session: Session, a: Reading[A], /) -> tuple[A]: ...
@overload
def read(session: Session, a: Reading[A], b: Reading[B], /) -> tuple[A, B]: ...
@overload
def read(
    session: Session, a: Reading[A], b: Reading[B], c: Reading[C], /
) -> tuple[A, B, C]: ...
@overload
def read(
    session: Session, a: Reading[A], b: Reading[B], c: Reading[C], d: Reading[D], /
) -> tuple[A, B, C, D]: ...
@overload
def read(
    session: Session,
    a: Reading[A],
    b: Reading[B],
    c: Reading[C],
    d: Reading[D],
    e: Reading[E],
    /,
) -> tuple[A, B, C, D, E]: ...
def read(session: Session, /, *readings: Reading[Any]) -> tuple[Any, ...]:
    """What each reading makes of its rows, in one statement for all of them."""
    whole = joined(lambda *found: found, *readings)
    return whole.made(*_rows(session, [one.subquery() for one in whole.selections]))


def joined(made: Callable[..., T], *readings: Reading[Any]) -> Reading[T]:
    """Some readings as one; `made` is given what each of them found."""
    selections = tuple(one for reading in readings for one in reading.selections)

    def made_of(*rows: Rows) -> T:
        left = iter(rows)
        return made(
            *(one.made(*(next(left) for _ in one.selections)) for one in readings)
        )

    return Reading(selections, made_of)


def those(column: InstrumentedAttribute[int], ids: Collection[int]) -> Select[int]:
    """Rows by id, for a reading that needs them in several selections: named once."""
    named = select(column.label("id")).where(column.in_(ids)).cte()
    return select(named.c.id)


def batched(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids in parts that fit into one statement."""
    for start in range(0, len(ids), MOST):
        yield ids[start : start + MOST]


def _rows(session: Session, parts: Sequence[Subquery]) -> Sequence[Rows]:
    if len(parts) == 1:
        return [session.execute(select(parts[0])).all()]
    slots = _Slots()
    places = [slots.take(part) for part in parts]
    arms = [
        _arm(number, part, place, slots.types)
        for number, (part, place) in enumerate(zip(parts, places, strict=True))
    ]
    shapes = [_shape(tuple(part.c.keys())) for part in parts]
    found: list[list[Any]] = [[] for _ in parts]
    for row in session.execute(union_all(*arms)):
        number = row[0]
        values = [row[place + 1] for place in places[number]]
        found[number].append(shapes[number]._make(values))
    return found


def _arm(
    number: int, part: Subquery, places: Sequence[int], types: Sequence[TypeEngine[Any]]
) -> Selection:
    """One selection in the common width."""
    mine: dict[int, ColumnElement[Any]] = dict(zip(places, part.c, strict=True))
    columns = [
        mine[place] if place in mine else cast(null(), type_)
        for place, type_ in enumerate(types)
    ]
    return select(literal_column(str(number), Integer), *columns).select_from(part)


class _Slots:
    """The columns of the common width, and who may sit where: types do not mix."""

    def __init__(self) -> None:
        self.types: list[TypeEngine[Any]] = []
        self._kinds: list[object] = []

    def take(self, part: Subquery) -> list[int]:
        """A place for each column of a selection."""
        places: list[int] = []
        for column in part.c:
            kind = _kind(column.type)
            free = (
                place
                for place, other in enumerate(self._kinds)
                if other == kind and place not in places
            )
            place = next(free, len(self.types))
            if place == len(self.types):
                self.types.append(column.type)
                self._kinds.append(kind)
            places.append(place)
        return places


def _kind(type_: TypeEngine[Any]) -> object:
    """Columns of one kind may share a place: their values are read the same way."""
    return type(type_), getattr(type_, "enum_class", None)


@lru_cache(maxsize=256)
def _shape(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names, rename=True)
