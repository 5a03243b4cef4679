"""Call notes: what came of telephoning an institution about what it owes."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.calls import CallOutcome
from emnnet.models.assignment import Assignment
from emnnet.models.base import Base


class CallNote(Base):
    """One call. A promise it brought stands at the questions, too."""

    __tablename__ = "call_note"
    __table_args__ = (
        CheckConstraint(
            "(outcome = 'promised') = (promised_on IS NOT NULL)", name="promise"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    outcome: Mapped[CallOutcome]
    promised_on: Mapped[date | None]
    text: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by: Mapped[str]

    assignment: Mapped[Assignment] = relationship()
