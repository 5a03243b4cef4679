"""Personal links. Only the digest of a token is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.links import LinkPurpose, LinkState, link_state
from emnnet.models.assignment import Assignment
from emnnet.models.base import Base
from emnnet.models.contact import Contact

UNREPLACED = text("replaced_at IS NULL")


class Link(Base):
    """A link mailed to an institution: one that counts for each purpose."""

    __tablename__ = "link"
    __table_args__ = (
        Index(
            "uq_link_unreplaced",
            "assignment_id",
            "purpose",
            unique=True,
            postgresql_where=UNREPLACED,
            sqlite_where=UNREPLACED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    recipient: Mapped[str]
    purpose: Mapped[LinkPurpose]
    digest: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]  # a person pressed the button

    assignment: Mapped[Assignment] = relationship()
    contact: Mapped[Contact | None] = relationship()

    def state(self, now: datetime) -> LinkState:
        """What it is good for. Computed, never stored."""
        return link_state(self.expires_at, self.replaced_at, now)
