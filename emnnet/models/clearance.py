"""Clearances: a second person has read the national response, or an exception."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.base import Base
from emnnet.models.query import Query
from emnnet.models.user import User


class ClearanceOutcome(StrEnum):
    """What came of a request for clearance."""

    APPROVED = "approved"
    RETURNED = "returned"
    EXCEPTION = "exception"  # sent on without a second person, for a reason


class Clearance(Base):
    """A request and its outcome. It covers the very text whose digest it keeps."""

    __tablename__ = "clearance"
    __table_args__ = (
        CheckConstraint("outcome <> 'exception' OR reason IS NOT NULL", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    query_id: Mapped[int] = mapped_column(ForeignKey("query.id"), index=True)
    digest: Mapped[str]  # of the text and dissemination that were asked about
    content: Mapped[str | None]  # written out: what the next is compared with
    requested_at: Mapped[datetime]
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    outcome: Mapped[ClearanceOutcome | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str | None]

    query: Mapped[Query] = relationship()
    requested_by: Mapped[User] = relationship(foreign_keys=[requested_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
