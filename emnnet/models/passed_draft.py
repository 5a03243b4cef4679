"""Drafts that were passed on: what one institution began and another may use."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.base import Base
from emnnet.models.contribution import Contribution


class PassedDraft(Base):
    """The draft of an institution that lost a question, shown to the one that has it.

    It is a copy, as it stood when somebody agreed to pass it on.
    """

    __tablename__ = "passed_draft"
    __table_args__ = (UniqueConstraint("origin_id", "receiver_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    origin_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    receiver_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    text: Mapped[str]
    as_of: Mapped[date | None]
    written_by: Mapped[str]
    passed_at: Mapped[datetime]
    passed_by: Mapped[str]  # who agreed
    taken_at: Mapped[datetime | None]  # it became the receiver's own draft

    origin: Mapped[Contribution] = relationship(foreign_keys=[origin_id])
    receiver: Mapped[Contribution] = relationship(foreign_keys=[receiver_id])
