"""Questions: numbered, nested or conditional, and their former wordings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.base import Base

if TYPE_CHECKING:
    from emnnet.models.query import Query


class Question(Base):
    """One thing that is asked; routing and answering go by question."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("query_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    query_id: Mapped[int] = mapped_column(ForeignKey("query.id"), index=True)
    position: Mapped[int]
    label: Mapped[str]  # as printed: "1", "a) i."; or our count where none is
    text: Mapped[str]
    depth: Mapped[int] = mapped_column(default=0)
    condition: Mapped[str | None]  # "If yes to Q1"
    number: Mapped[int] = mapped_column(default=1)  # version of the wording

    query: Mapped[Query] = relationship(back_populates="questions")


class FormerQuestion(Base):
    """What a question said before the asking country corrected it."""

    __tablename__ = "former_question"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    number: Mapped[int]
    label: Mapped[str]
    text: Mapped[str]
    replaced_at: Mapped[datetime]
