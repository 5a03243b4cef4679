"""Private calendar addresses. Only the digest of an address's token is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.base import Base
from emnnet.models.contact import Contact
from emnnet.models.user import User

COUNTS = text("revoked_at IS NULL")


class CalendarFeed(Base):
    """An address under which one person's dates are read; one that counts each."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (contact_id IS NULL)", name="one_person"),
        Index(
            "uq_calendar_feed_user",
            "user_id",
            unique=True,
            sqlite_where=COUNTS,
            postgresql_where=COUNTS,
        ),
        Index(
            "uq_calendar_feed_contact",
            "contact_id",
            unique=True,
            sqlite_where=COUNTS,
            postgresql_where=COUNTS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship()
    contact: Mapped[Contact | None] = relationship()
