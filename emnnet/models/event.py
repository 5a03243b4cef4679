"""Events: the history. Rows are added, never changed, and chained by digests."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from emnnet.domain.roles import ActorKind
from emnnet.models.base import Base


class EventStream(Base):
    """One chain of events; its row is the lock that keeps the chain straight."""

    __tablename__ = "event_stream"

    name: Mapped[str] = mapped_column(primary_key=True)  # query:12, network, accounts
    length: Mapped[int]
    digest: Mapped[str]  # of the last event


class Event(Base):
    """That something happened: what, to which query, by whom, when."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("stream", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stream: Mapped[str] = mapped_column(ForeignKey("event_stream.name"))
    number: Mapped[int]  # within its stream, from 1
    query_id: Mapped[int | None] = mapped_column(ForeignKey("query.id"), index=True)
    kind: Mapped[str]  # of domain.history.EventKind; kept as a plain word for ever
    actor_kind: Mapped[ActorKind]
    actor_name: Mapped[str]
    actor_role: Mapped[str]
    at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]
    digest: Mapped[str]  # of this event and the digest before it
