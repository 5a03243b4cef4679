"""The ledger of reminders: each is promised once for each start of a clock."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.reminders import ReminderKind
from emnnet.models.assignment import Assignment
from emnnet.models.base import Base, growing
from emnnet.models.outbox import OutboxMessage

WHOLE = text("contribution_id IS NULL AND kind <> 'by_hand'")
PART = text("contribution_id IS NOT NULL AND kind <> 'by_hand'")


class Reminder(Base):
    """One reminder about an assignment, or about one question with its own date."""

    __tablename__ = "reminder"
    # Two keys: nulls never collide, so an empty question needs a key of its own.
    # By hand is as often as the office wants: the key of the mail keeps it single.
    __table_args__ = (
        Index(
            "uq_reminder_assignment",
            "assignment_id",
            "clock_start",
            "kind",
            unique=True,
            sqlite_where=WHOLE,
            postgresql_where=WHOLE,
        ),
        Index(
            "uq_reminder_question",
            "assignment_id",
            "contribution_id",
            "clock_start",
            "kind",
            unique=True,
            sqlite_where=PART,
            postgresql_where=PART,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    clock_start: Mapped[int]
    kind: Mapped[ReminderKind] = mapped_column(growing(ReminderKind))
    due_on: Mapped[date]
    queued_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox_message.id"), index=True
    )
    expired_at: Mapped[datetime | None]  # answered before the mail left
    why: Mapped[dict[str, Any]]  # rule, dates and state at that moment

    assignment: Mapped[Assignment] = relationship()
    message: Mapped[OutboxMessage | None] = relationship()
