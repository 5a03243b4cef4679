"""Requests for more time: an institution asks, the office decides."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.assignment import Assignment
from emnnet.models.base import Base
from emnnet.models.extension import Extension

UNDECIDED = text("decided_at IS NULL")


class TimeRequest(Base):
    """Until when an institution needs time, why, and what the office said."""

    __tablename__ = "time_request"
    __table_args__ = (
        Index(
            "uq_time_request_undecided",
            "assignment_id",
            unique=True,
            sqlite_where=UNDECIDED,
            postgresql_where=UNDECIDED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    wanted_on: Mapped[date]
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    answer: Mapped[str | None]  # what the office said to it, where it refused
    extension_id: Mapped[int | None] = mapped_column(ForeignKey("extension.id"))

    assignment: Mapped[Assignment] = relationship()
    extension: Mapped[Extension | None] = relationship()
