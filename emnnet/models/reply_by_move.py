"""Reply-by dates that the asking country moved."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.base import Base
from emnnet.models.query import Query


class ReplyByMove(Base):
    """The date as it was and as it became, and what was moved with it."""

    __tablename__ = "reply_by_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    query_id: Mapped[int] = mapped_column(ForeignKey("query.id"), index=True)
    old_on: Mapped[date | None]
    new_on: Mapped[date]
    reason: Mapped[str]
    moved_at: Mapped[datetime]
    moved_by: Mapped[str]
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[str | None]

    query: Mapped[Query] = relationship()
