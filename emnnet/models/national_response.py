"""National responses: the one answer to a question, in paragraphs with sources."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.audience import Dissemination
from emnnet.models.base import Base
from emnnet.models.contribution import ContributionVersion
from emnnet.models.question import Question


class NationalResponse(Base):
    """The consolidated answer to one question."""

    __tablename__ = "national_response"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), unique=True)
    dissemination: Mapped[Dissemination | None]  # decided by the coordinator
    dissemination_reason: Mapped[str | None]  # asked for where it is looser
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    question: Mapped[Question] = relationship()
    paragraphs: Mapped[list[Paragraph]] = relationship(
        order_by="Paragraph.position", back_populates="response"
    )

    __mapper_args__ = {"version_id_col": version}


class Paragraph(Base):
    """One paragraph of a national response; without sources it is the office's own."""

    __tablename__ = "paragraph"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(
        ForeignKey("national_response.id"), index=True
    )
    position: Mapped[int]
    text: Mapped[str]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    version: Mapped[int] = mapped_column()

    response: Mapped[NationalResponse] = relationship(back_populates="paragraphs")
    sources: Mapped[list[ParagraphSource]] = relationship(
        cascade="all, delete-orphan", back_populates="paragraph"
    )

    __mapper_args__ = {"version_id_col": version}


class ParagraphSource(Base):
    """A paragraph was taken from this version of a contribution."""

    __tablename__ = "paragraph_source"
    __table_args__ = (UniqueConstraint("paragraph_id", "contribution_version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id"), index=True)
    contribution_version_id: Mapped[int] = mapped_column(
        ForeignKey("contribution_version.id"), index=True
    )
    quote: Mapped[str]  # the source's paragraph as it stood then
    seen_number: Mapped[int]  # the newest version somebody compared it with

    paragraph: Mapped[Paragraph] = relationship(back_populates="sources")
    contribution_version: Mapped[ContributionVersion] = relationship()
