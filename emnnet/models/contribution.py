"""Contributions: one institution's answer to one question, with all its versions."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.audience import Dissemination
from emnnet.domain.lifecycle import CellRole, DeclineReason
from emnnet.models.assignment import Assignment
from emnnet.models.base import Base
from emnnet.models.institution import Institution
from emnnet.models.question import Question

LIVE_LEAD = text("role = 'lead' AND released_at IS NULL")
NAMED = text("due_on IS NOT NULL AND released_at IS NULL")  # a date of its own


class LateChoice(StrEnum):
    """What the coordinator does with an answer that came after the text was fixed."""

    USE = "use"
    ANNEX = "annex"
    FILE_ONLY = "file_only"


class Contribution(Base):
    """A cell of the routing that was sent: asked, drafted, answered or declined."""

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("assignment_id", "question_id"),
        Index(
            "uq_contribution_lead",
            "question_id",
            unique=True,
            sqlite_where=LIVE_LEAD,
            postgresql_where=LIVE_LEAD,
        ),
        Index(
            "ix_contribution_own_date",
            "due_on",
            sqlite_where=NAMED,
            postgresql_where=NAMED,
        ),
        CheckConstraint(
            "(declined_at IS NULL) = (decline_reason IS NULL)", name="decline_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    role: Mapped[CellRole]
    asked_at: Mapped[datetime]
    due_on: Mapped[date | None]  # its own date, where it differs from the assignment's
    clock_start: Mapped[int] = mapped_column(default=0)  # grows when its own date moves
    clock_started_on: Mapped[date | None]  # the day that own date was set last
    wording: Mapped[int] = mapped_column(default=1)  # of the question: answered to it
    due_time: Mapped[time | None]  # the hour of its own date

    draft: Mapped[str] = mapped_column(default="")
    draft_dissemination: Mapped[Dissemination | None]
    draft_as_of: Mapped[date | None]
    draft_number: Mapped[int] = mapped_column(default=0)  # grows with each save
    draft_saved_at: Mapped[datetime | None]
    draft_saved_by: Mapped[str | None]

    latest_number: Mapped[int] = mapped_column(default=0)  # of the versions
    accepted_number: Mapped[int] = mapped_column(default=0)
    accepted_at: Mapped[datetime | None]
    returned_number: Mapped[int] = mapped_column(default=0)
    returned_at: Mapped[datetime | None]
    return_comment: Mapped[str | None]

    declined_at: Mapped[datetime | None]
    declined_by: Mapped[str | None]
    decline_reason: Mapped[DeclineReason | None]
    decline_note: Mapped[str | None]
    suggested_institution_id: Mapped[int | None] = mapped_column(
        ForeignKey("institution.id")
    )
    suggested_other: Mapped[str | None]  # a body that is not in the tables
    promised_on: Mapped[date | None]
    promised_at: Mapped[datetime | None]
    change_asked_at: Mapped[datetime | None]
    change_reason: Mapped[str | None]
    released_at: Mapped[datetime | None]
    released_by: Mapped[str | None]
    release_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    assignment: Mapped[Assignment] = relationship(back_populates="contributions")
    question: Mapped[Question] = relationship()
    suggested_institution: Mapped[Institution | None] = relationship()
    versions: Mapped[list[ContributionVersion]] = relationship(
        order_by="ContributionVersion.number", back_populates="contribution"
    )

    __mapper_args__ = {"version_id_col": version}


class ContributionVersion(Base):
    """What was submitted; a later one supersedes it, none is overwritten."""

    __tablename__ = "contribution_version"
    __table_args__ = (UniqueConstraint("contribution_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    number: Mapped[int]
    text: Mapped[str]
    dissemination: Mapped[Dissemination]
    as_of: Mapped[date | None]
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[str]
    due_on: Mapped[date]  # the date that held then: late is told by comparing
    due_time: Mapped[time | None]
    late_choice: Mapped[LateChoice | None]

    contribution: Mapped[Contribution] = relationship(back_populates="versions")
