"""Queries: what another country asks, with the moments of its life."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.calendar import Unit
from emnnet.models.base import Base
from emnnet.models.question import Question
from emnnet.models.theme import Theme
from emnnet.models.user import User

RUNNING = text(
    "sent_on IS NULL AND closed_at IS NULL AND withdrawn_at IS NULL"
    " AND deleted_at IS NULL"
)
OPEN = text("closed_at IS NULL AND withdrawn_at IS NULL AND deleted_at IS NULL")


class RequesterKind(StrEnum):
    """What stands behind "Requested by"."""

    NCP = "ncp"
    COMMISSION = "commission"
    COUNTRY = "country"
    PERSON = "person"
    EMN = "emn"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    """How a query relates to an earlier one."""

    UPDATE = "update"
    FOLLOW_UP = "follow_up"
    PART = "part"
    FEEDS_INFORM = "feeds_inform"
    UPDATES_STUDY = "updates_study"


class Query(Base):
    """An ad-hoc query (AHQ) that came in. Its status is computed from the moments."""

    __tablename__ = "query"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        Index("ix_query_open", "reply_by", sqlite_where=OPEN, postgresql_where=OPEN),
        Index(
            "ix_query_running",
            "id",
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
        Index(None, "published_at", "unpublished_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]  # our own, within the year
    foreign_reference: Mapped[str | None]  # "2019.5", "588."; not unique
    title: Mapped[str]
    printed_title: Mapped[str]
    requester_kind: Mapped[RequesterKind]
    requester_code: Mapped[str | None]  # EMN country code, or COM
    requester_printed: Mapped[str]
    originator: Mapped[str | None]
    launched_on: Mapped[date | None]
    reply_by: Mapped[date | None]  # the asking country's; partners never see it
    term_days: Mapped[int | None]  # the partners', from the sending; None: planned back
    term_unit: Mapped[Unit | None]
    due_time: Mapped[time | None]  # the hour of the partners' last day
    compiled_on: Mapped[date | None]
    background: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    stated_total: Mapped[int | None]  # of responses, as printed; never trusted
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column()  # of two who save at once, one is told

    received_at: Mapped[datetime]
    routed_at: Mapped[datetime | None]  # the first sending to partners
    sent_on: Mapped[date | None]  # the national response left on that day
    sent_recorded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]
    published_at: Mapped[datetime | None]
    unpublished_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]  # entered by mistake: hidden, recoverable
    deletion_reason: Mapped[str | None]

    theme: Mapped[Theme | None] = relationship()
    coordinator: Mapped[User | None] = relationship()
    questions: Mapped[list[Question]] = relationship(
        order_by=Question.position, back_populates="query"
    )
    tags: Mapped[list[QueryTag]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """Our own number, as it is spoken: 2026.12."""
        return f"{self.year}.{self.number}"

    @property
    def term(self) -> tuple[int, Unit] | None:
        """How many days of what the partners get from the sending, if it was chosen."""
        if self.term_days is None or self.term_unit is None:
            return None
        return self.term_days, self.term_unit

    @property
    def is_public(self) -> bool:
        """May visitors read it now?"""
        return self.published_at is not None and self.unpublished_at is None


class QueryTag(Base):
    """A word under which a query is found, besides its theme."""

    __tablename__ = "query_tag"

    query_id: Mapped[int] = mapped_column(ForeignKey("query.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True)


class QueryRelation(Base):
    """`query` is a <kind> of `earlier`."""

    __tablename__ = "query_relation"
    __table_args__ = (UniqueConstraint("query_id", "earlier_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    query_id: Mapped[int] = mapped_column(ForeignKey("query.id"), index=True)
    earlier_id: Mapped[int] = mapped_column(ForeignKey("query.id"), index=True)
    kind: Mapped[RelationKind]

    query: Mapped[Query] = relationship(foreign_keys=[query_id])
    earlier: Mapped[Query] = relationship(foreign_keys=[earlier_id])
