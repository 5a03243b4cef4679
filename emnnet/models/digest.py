"""The ledger of digests: one a person and day, also where it would have been empty."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.base import Base
from emnnet.models.outbox import OutboxMessage


class Digest(Base):
    """What happened from `since` to `until` is handled for that person."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    day: Mapped[date]
    since: Mapped[datetime]
    until: Mapped[datetime]
    items: Mapped[int]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_message.id"))

    message: Mapped[OutboxMessage | None] = relationship()
