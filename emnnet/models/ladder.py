"""The ladders of reminders as the office set them; each change is a new version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.ladder import Base as Counted
from emnnet.domain.ladder import ReminderKind
from emnnet.domain.network import Duty
from emnnet.models.base import Base, growing


class LadderVersion(Base):
    """The ladder of one duty from a moment on; the highest number counts."""

    __tablename__ = "ladder"
    __table_args__ = (UniqueConstraint("duty", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty: Mapped[Duty]
    number: Mapped[int]
    stuck_after: Mapped[int]  # working days after the last step
    is_shipped: Mapped[bool]
    made_at: Mapped[datetime]
    made_by: Mapped[str]

    steps: Mapped[list[LadderStep]] = relationship(
        order_by="LadderStep.position", cascade="all, delete-orphan"
    )


class LadderStep(Base):
    """One step: so many working days from its base."""

    __tablename__ = "ladder_step"
    __table_args__ = (UniqueConstraint("ladder_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ladder_id: Mapped[int] = mapped_column(ForeignKey("ladder.id"))
    position: Mapped[int]
    kind: Mapped[ReminderKind] = mapped_column(growing(ReminderKind))
    base: Mapped[Counted] = mapped_column(growing(Counted))
    working_days: Mapped[int]  # negative: before
    chasers: Mapped[int]  # that must have been delivered
    is_active: Mapped[bool]
