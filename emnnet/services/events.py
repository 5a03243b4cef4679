"""Writing the history: one chain of events for each query, one for the rest."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from emnnet.domain.history import BEGINNING, Entry, EventKind, chained
from emnnet.domain.roles import Actor
from emnnet.models.event import Event, EventStream
from emnnet.models.query import Query


def record(
    session: Session,
    kind: EventKind,
    query: Query,
    *,
    by: Actor,
    now: datetime,
    **facts: Any,
) -> Event:
    """Add one line to the history of a query. `facts` hold words, never texts."""
    return _append(session, f"query:{query.id}", query.id, kind, by, now, facts)


def record_office(
    session: Session,
    stream: str,
    kind: EventKind,
    *,
    by: Actor,
    now: datetime,
    **facts: Any,
) -> Event:
    """Add one line to a history that belongs to no query: network, accounts."""
    return _append(session, stream, None, kind, by, now, facts)


def _append(
    session: Session,
    stream: str,
    query_id: int | None,
    kind: EventKind,
    by: Actor,
    now: datetime,
    facts: dict[str, Any],
) -> Event:
    head = _locked(session, stream)
    entry = Entry(
        stream, head.length + 1, kind, by.kind, by.name, by.role, now, _plain(facts)
    )
    head.length, head.digest = entry.number, chained(entry, head.digest)
    event = Event(query_id=query_id, digest=head.digest, **vars(entry))
    session.add(event)
    session.flush()
    return event


def _locked(session: Session, stream: str) -> EventStream:
    """The head of the chain, held until the commit: chains must not fork."""
    session.flush()
    touch = (
        update(EventStream)
        .where(EventStream.name == stream)
        .values(length=EventStream.length)
    )
    session.execute(touch, execution_options={"synchronize_session": False})
    wanted = select(EventStream).where(EventStream.name == stream)
    try:
        return session.scalars(wanted.execution_options(populate_existing=True)).one()
    except NoResultFound:
        head = EventStream(name=stream, length=0, digest=BEGINNING)
        session.add(head)
        session.flush()
        return head


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Days and moments as text, so that the digest is the same when read back."""
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in facts.items()
        if value is not None
    }
