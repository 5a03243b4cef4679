"""What persons decided about automatic mail that lies ahead: one step, or all of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.chases import Choice
from emnnet.domain.ladder import ReminderKind
from emnnet.models.assignment import Assignment
from emnnet.models.base import Base, growing

WHOLE = text("contribution_id IS NULL AND undone_at IS NULL")
PART = text("contribution_id IS NOT NULL AND undone_at IS NULL")


class MailDecision(Base):
    """One step left out, brought forward or held. Undone, it stays as a fact."""

    __tablename__ = "mail_decision"
    # As with the ledger: nulls never collide, so there are two keys.
    __table_args__ = (
        Index(
            "uq_mail_decision_assignment",
            "assignment_id",
            "clock_start",
            "kind",
            unique=True,
            sqlite_where=WHOLE,
            postgresql_where=WHOLE,
        ),
        Index(
            "uq_mail_decision_question",
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
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    clock_start: Mapped[int]
    kind: Mapped[ReminderKind] = mapped_column(growing(ReminderKind))
    choice: Mapped[Choice]
    made_for: Mapped[date]  # left out on that day; brought forward to it
    until: Mapped[date | None]  # held until; none: till somebody releases it
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]

    assignment: Mapped[Assignment] = relationship()


class MailPause(Base):
    """No automatic mail on these days; without an end till somebody ends it."""

    __tablename__ = "mail_pause"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= begins", name="in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    begins: Mapped[date]
    until: Mapped[date | None]  # the last day without mail
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
