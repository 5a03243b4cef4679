"""Links for one small errand each: only the digest of their token is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.links import Errand, LinkState, link_state
from emnnet.models.base import Base
from emnnet.models.contact import Contact
from emnnet.models.query import Query
from emnnet.models.user import User

COUNTING = text("replaced_at IS NULL AND revoked_at IS NULL")


class ScopedLink(Base):
    """A link that opens one page for one subject: one that counts for each errand."""

    __tablename__ = "scoped_link"
    __table_args__ = (
        Index(
            "uq_scoped_link_counting",
            "subject",
            "errand",
            unique=True,
            postgresql_where=COUNTING,
            sqlite_where=COUNTING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    errand: Mapped[Errand]
    subject: Mapped[str]  # "contact:12": nulls never collide, a word does
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    query_id: Mapped[int | None] = mapped_column(ForeignKey("query.id"))
    digest: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    issued_by: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    replaced_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]

    contact: Mapped[Contact | None] = relationship()
    user: Mapped[User | None] = relationship()
    query: Mapped[Query | None] = relationship()

    def state(self, now: datetime) -> LinkState:
        """What it is good for, unless it was revoked. Computed, never stored."""
        return link_state(self.expires_at, self.replaced_at, now)
