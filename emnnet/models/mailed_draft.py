"""Mailed drafts: an answer that came by mail, until somebody confirms it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.arriving.kinds import DraftOrigin
from emnnet.domain.audience import Dissemination
from emnnet.domain.lifecycle import DeclineReason
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.models.base import Base
from emnnet.models.contribution import Contribution

UNDECIDED = text("decided_at IS NULL")


class DraftOutcome(StrEnum):
    """What became of an answer that came by mail."""

    TAKEN_OVER = "taken_over"
    DISCARDED = "discarded"


class MailedDraft(Base):
    """What a mail says to one question. It is nobody's draft until it is confirmed."""

    __tablename__ = "mailed_draft"
    __table_args__ = (
        UniqueConstraint("arrived_mail_id", "contribution_id"),
        Index(
            "ix_mailed_draft_undecided",
            "contribution_id",
            sqlite_where=UNDECIDED,
            postgresql_where=UNDECIDED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    arrived_mail_id: Mapped[int] = mapped_column(ForeignKey("arrived_mail.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    origin: Mapped[DraftOrigin]
    text: Mapped[str]
    dissemination: Mapped[Dissemination | None]
    as_of: Mapped[date | None]
    declines: Mapped[DeclineReason | None]  # no text: this is what the form says
    based_on: Mapped[int | None]  # the draft's number that the form was filled with
    carries_files: Mapped[bool] = mapped_column(default=False)  # those of the mail
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    outcome: Mapped[DraftOutcome | None]
    note: Mapped[str | None]  # of whoever confirmed it for the institution

    mail: Mapped[ArrivedMail] = relationship()
    contribution: Mapped[Contribution] = relationship()
