"""Stopped clocks: a query waits while the asking country clarifies."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.pauses import Pause
from emnnet.models.base import Base
from emnnet.models.query import Query

STANDING = text("restarted_on IS NULL AND taken_back_at IS NULL")


class ClockStop(Base):
    """The clock of a query was stopped on a day, and perhaps started again."""

    __tablename__ = "clock_stop"
    __table_args__ = (
        Index(
            "uq_clock_stop_running",
            "query_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    query_id: Mapped[int] = mapped_column(ForeignKey("query.id"), index=True)
    stopped_on: Mapped[date]
    reason: Mapped[str]
    stopped_at: Mapped[datetime]
    stopped_by: Mapped[str]
    restarted_on: Mapped[date | None]
    restarted_at: Mapped[datetime | None]
    restarted_by: Mapped[str | None]
    working_days: Mapped[int | None]  # by which the dates moved when it was restarted
    taken_back_at: Mapped[datetime | None]  # stopped by mistake: it counts for nothing
    taken_back_by: Mapped[str | None]

    query: Mapped[Query] = relationship()

    @property
    def pause(self) -> Pause:
        """The stop as the rules want it."""
        return Pause(self.stopped_on, self.reason, self.restarted_on)
