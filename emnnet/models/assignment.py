"""Assignments: one query put to one institution."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.calendar import Unit
from emnnet.domain.terms import Term, find_term
from emnnet.models.base import Base
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.query import Query

if TYPE_CHECKING:
    from emnnet.models.contribution import Contribution


class Assignment(Base):
    """An institution is asked to contribute to a query by `due_on`."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("query_id", "institution_id"),
        Index(None, "query_id", "due_on"),  # what is near of the queries that run
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    query_id: Mapped[int] = mapped_column(ForeignKey("query.id"))
    institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    due_on: Mapped[date] = mapped_column(index=True)  # the internal date
    due_time: Mapped[time | None]  # its hour, by the office's clock; None: all day
    # How `due_on` was counted; a negative term back from its day. None: set by hand.
    term_days: Mapped[int | None]
    term_unit: Mapped[Unit | None]
    term_from: Mapped[date | None]
    asked_at: Mapped[datetime]  # the coordinator pressed "send"
    invited_at: Mapped[datetime | None]  # the invitation left
    opened_at: Mapped[datetime | None]  # a person first pressed the button
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None]
    clock_start: Mapped[int] = mapped_column(default=1)  # grows when the clock restarts
    version: Mapped[int] = mapped_column()

    query: Mapped[Query] = relationship()
    institution: Mapped[Institution] = relationship()
    contact: Mapped[Contact | None] = relationship()
    contributions: Mapped[list[Contribution]] = relationship(
        order_by="Contribution.id", back_populates="assignment"
    )

    @property
    def term(self) -> Term | None:
        """How its date was counted, or none where it was set by hand."""
        return find_term(self.term_days, self.term_unit, self.term_from)

    def set_due(
        self, due_on: date, due_time: time | None = None, term: Term | None = None
    ) -> None:
        """Give it a new date, and remember how that was counted."""
        self.due_on, self.due_time = due_on, due_time
        self.term_days = term.days if term else None
        self.term_unit = term.unit if term else None
        self.term_from = term.day_zero if term else None

    __mapper_args__ = {"version_id_col": version}
