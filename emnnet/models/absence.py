"""Absences: when a contact or a whole institution is away, and who takes over."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.addressing import Stand
from emnnet.models.base import Base
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution


class Absence(Base):
    """A contact is away; mail goes to the substitute, the mailbox or the next one."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= begins", name="in_order"),
        CheckConstraint(
            "stand <> 'contact' OR substitute_id IS NOT NULL", name="substitute"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    begins: Mapped[date]
    until: Mapped[date | None]  # the last day; none: till it is ended
    stand: Mapped[Stand]  # who gets the mail meanwhile
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    proposed_email: Mapped[str | None]  # not known to us: the office confirms it
    proposed_title: Mapped[str | None]
    said_at: Mapped[datetime]
    said_by: Mapped[str]
    ended_at: Mapped[datetime | None]  # taken back, or replaced by a later one
    ended_by: Mapped[str | None]

    contact: Mapped[Contact] = relationship(foreign_keys=[contact_id])
    substitute: Mapped[Contact | None] = relationship(foreign_keys=[substitute_id])


class Closure(Base):
    """A whole institution is closed; mail waits for its end or goes to a substitute."""

    __tablename__ = "closure"
    __table_args__ = (CheckConstraint("until >= begins", name="in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    begins: Mapped[date]
    until: Mapped[date]  # the last day
    reason: Mapped[str]
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]

    institution: Mapped[Institution] = relationship()
    substitute: Mapped[Contact | None] = relationship()
