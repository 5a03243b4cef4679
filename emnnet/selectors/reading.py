"""Several readings of the data base in one statement.

A page that needs unlike rows would say one statement for each of them. Here they
become one: a UNION ALL, with a column for each type that occurs, in which a part
leaves empty what it does not use.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, TypeVar, overload

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    Subquery,
    bindparam,
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

    The rows of a selection come in no order, unless it has a limit. With `values` the
    selections are always the same objects, and these are what their parameters stand
    for: a statement of such readings is put together once in a process.
    """

    selections: tuple[Selection, ...]
    made: Callable[..., T]
    values: Mapping[str, Any] | None = None
    is_mixed: bool = False  # some have values, others are made anew each time

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
    return whole.made(*_rows(session, whole))


def joined(made: Callable[..., T], *readings: Reading[Any]) -> Reading[T]:
    """Some readings as one; `made` is given what each of them found."""
    selections = tuple(one for reading in readings for one in reading.selections)

    def made_of(*rows: Rows) -> T:
        left = iter(rows)
        return made(
            *(one.made(*(next(left) for _ in one.selections)) for one in readings)
        )

    values: dict[str, Any] = {}
    for one in readings:
        values |= one.values or {}
    mixed = any(one.values is None or one.is_mixed for one in readings)
    return Reading(selections, made_of, values, mixed)


def those(column: InstrumentedAttribute[int], ids: Any) -> Select[int]:
    """Rows by id, for a reading that needs them in several selections: named once."""
    named = select(column.label("id")).where(column.in_(ids)).cte()
    return select(named.c.id)


def some(name: str) -> BindParameter[Any]:
    """The parameter of that name stands for any number of values."""
    return bindparam(name, expanding=True)


def batched(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids in parts that fit into one statement."""
    for start in range(0, len(ids), MOST):
        yield ids[start : start + MOST]


def _rows(session: Session, reading: Reading[Any]) -> Sequence[Rows]:
    whole = (_whole if reading.is_mixed else _kept)(reading.selections)
    rows = session.execute(whole.statement, reading.values)
    if len(whole.parts) == 1:
        return [rows.all()]
    found: list[list[Any]] = [[] for _ in whole.parts]
    for row in rows:
        number = row[0]
        shape, taken = whole.parts[number]
        found[number].append(shape._make(taken(row)))
    return found


@dataclass(frozen=True)
class _Whole:
    """A statement of some selections; of each the shape of its rows, and where."""

    statement: Any
    parts: Sequence[tuple[Any, Callable[[Any], Sequence[Any]]]]


def _whole(selections: tuple[Selection, ...]) -> _Whole:
    parts = [one.subquery() for one in selections]
    slots = _Slots()
    places = [slots.take(part) for part in parts]
    shapes = [_shape(tuple(part.c.keys())) for part in parts]
    if len(parts) == 1:
        return _Whole(select(parts[0]), [(shapes[0], tuple)])
    arms = [
        _arm(number, part, place, slots.types)
        for number, (part, place) in enumerate(zip(parts, places, strict=True))
    ]
    taken = [_taken([place + 1 for place in one]) for one in places]
    return _Whole(union_all(*arms), list(zip(shapes, taken, strict=True)))


def _taken(places: Sequence[int]) -> Callable[[Any], Sequence[Any]]:
    """What takes the values at these places out of a row."""
    if len(places) == 1:
        (place,) = places
        return lambda row: (row[place],)
    return itemgetter(*places)


_kept = lru_cache(maxsize=256)(_whole)


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
