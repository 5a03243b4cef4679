"""Reading the history: the events of a query, and whether all chains still hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from emnnet.domain.history import BEGINNING, Entry, chained
from emnnet.domain.roles import ActorKind
from emnnet.models.event import Event, EventStream
from emnnet.models.query import Query

PER_PAGE = 100
AT_ONCE = 1_000  # rows held in memory while all chains are walked


@dataclass(frozen=True)
class HistoryLine:
    """One event of a query."""

    number: int
    kind: str
    actor_kind: ActorKind
    actor_name: str
    actor_role: str
    at: datetime
    facts: dict[str, Any]


@dataclass(frozen=True)
class HistoryPage:
    """Some events, the newest first, and how many there are."""

    lines: list[HistoryLine]
    total: int


class BreakKind(StrEnum):
    """How a chain is broken."""

    CHANGED = "changed"  # the event does not say what was recorded
    MISSING = "missing"  # an event between two others is gone
    CUT_OFF = "cut_off"  # the last events are gone
    NO_HISTORY = "no_history"  # a query without any event


@dataclass(frozen=True)
class Break:
    """Where a chain is broken first: its stream and the number of the event."""

    stream: str
    number: int
    kind: BreakKind


@dataclass(frozen=True)
class Verified:
    """What walking all chains came to."""

    streams: int
    events: int
    breaks: tuple[Break, ...]


def query_history(session: Session, query: Query, *, page: int = 1) -> HistoryPage:
    """One page of the events of a query, the newest first; one statement."""
    rows = session.execute(
        select(
            Event.number,
            Event.kind,
            Event.actor_kind,
            Event.actor_name,
            Event.actor_role,
            Event.at,
            Event.facts,
            func.count().over().label("total"),
        )
        .where(Event.query_id == query.id)
        .order_by(Event.number.desc())
        .limit(PER_PAGE)
        .offset((max(page, 1) - 1) * PER_PAGE)
    ).all()
    lines = [HistoryLine(*row[:-1]) for row in rows]
    return HistoryPage(lines, rows[0].total if rows else 0)


def verify_history(session: Session) -> Verified:
    """Walk every chain from its first event to its head."""
    heads = {
        stream.name: (stream.length, stream.digest)
        for stream in session.scalars(select(EventStream))
    }
    events, breaks, walked = 0, [], set()
    for name, rows in groupby(_all_events(session), key=lambda row: row.stream):
        chain = list(rows)
        events += len(chain)
        walked.add(name)
        breaks += _breaks(name, chain, heads.get(name, (0, BEGINNING)))
    for name, (length, _digest) in heads.items():
        if name not in walked and length:
            breaks.append(Break(name, 1, BreakKind.CUT_OFF))
    breaks += _without_history(session)
    breaks.sort(key=lambda each: (each.stream, each.number))
    return Verified(len(heads), events, tuple(breaks))


def _all_events(session: Session) -> Iterator[Row[Any]]:
    ordered = select(
        Event.stream,
        Event.number,
        Event.kind,
        Event.actor_kind,
        Event.actor_name,
        Event.actor_role,
        Event.at,
        Event.facts,
        Event.digest,
    ).order_by(Event.stream, Event.number)
    yield from session.execute(ordered.execution_options(yield_per=AT_ONCE))


def _breaks(name: str, chain: list[Row[Any]], head: tuple[int, str]) -> list[Break]:
    """The first break of one chain, or none."""
    before, expected = BEGINNING, 1
    for row in chain:
        digest = row.digest
        entry = Entry(*tuple(row)[:-1])
        if entry.number != expected:
            return [Break(name, expected, BreakKind.MISSING)]
        if chained(entry, before) != digest:
            return [Break(name, expected, BreakKind.CHANGED)]
        before, expected = digest, expected + 1
    length, last = head
    if expected <= length:
        return [Break(name, expected, BreakKind.CUT_OFF)]
    if (length, last) != (expected - 1, before):
        return [Break(name, expected - 1, BreakKind.CHANGED)]
    return []


def _without_history(session: Session) -> list[Break]:
    """Queries of which not even the registration is told any more."""
    told = select(Event.query_id).where(Event.query_id.is_not(None))
    lost = session.scalars(
        select(Query.id).where(Query.id.not_in(told)).order_by(Query.id)
    )
    streams = (f"query:{query_id}" for query_id in lost)
    return [Break(stream, 1, BreakKind.NO_HISTORY) for stream in streams]
