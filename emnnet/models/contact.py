"""Contacts: whom the office writes to in an institution."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.base import Base
from emnnet.models.institution import Institution


class Contact(Base):
    """A person or desk of an institution, with what it may be written to for."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("institution_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    role_title: Mapped[str]  # "Focal point, asylum procedures"
    email: Mapped[str]
    phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="lt")
    position: Mapped[int] = mapped_column(default=1)  # the first one is asked first
    for_routing: Mapped[bool] = mapped_column(default=True)
    for_escalation: Mapped[bool] = mapped_column(default=False)
    for_publication: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    refused_at: Mapped[datetime | None]  # the mail server said: no such address
    refusal: Mapped[str | None]
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    # Who takes over where an absence names nobody, and where the address is dead.

    institution: Mapped[Institution] = relationship()
    substitute: Mapped[Contact | None] = relationship(remote_side=[id])
