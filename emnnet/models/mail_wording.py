"""Mails in the office's own words: every version that was ever saved."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from emnnet.models.base import Base


class MailWording(Base):
    """One version; the highest number counts. Without words: the shipped text again.

    Rows are never changed: a version taken back is saved once more.
    """

    __tablename__ = "mail_wording"
    __table_args__ = (
        UniqueConstraint("kind", "occasion", "language", "duty", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # of domain/mail_wordings.TEXTS, as is the occasion
    occasion: Mapped[str]
    language: Mapped[str]
    duty: Mapped[str]  # of the institution, or "all"
    number: Mapped[int]
    subject: Mapped[str | None]
    body: Mapped[str | None]
    taken_from: Mapped[int | None]  # the number of the version it brought back
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]

    @property
    def is_shipped(self) -> bool:
        """Does it say that the shipped text counts?"""
        return self.body is None
