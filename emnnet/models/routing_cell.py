"""Routing cells: the grid as it is planned, before and after sending."""

from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.lifecycle import CellRole
from emnnet.models.base import Base
from emnnet.models.institution import Institution
from emnnet.models.question import Question

LEADS = text("role = 'lead'")


class RoutingCell(Base):
    """One institution is to be asked one question, in one role."""

    __tablename__ = "routing_cell"
    __table_args__ = (
        Index(
            "uq_routing_cell_lead",
            "question_id",
            unique=True,
            sqlite_where=LEADS,
            postgresql_where=LEADS,
        ),
    )

    question_id: Mapped[int] = mapped_column(
        ForeignKey("question.id"), primary_key=True
    )
    institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), primary_key=True, index=True
    )
    role: Mapped[CellRole]
    due_on: Mapped[date | None]  # as planned; sending copies it to the assignment

    question: Mapped[Question] = relationship()
    institution: Mapped[Institution] = relationship()
