"""What search may show to whom, and what waits to be indexed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from emnnet.domain.audience import Audience
from emnnet.models.base import Base


class SearchEntry(Base):
    """One text that can be found. Its terms are stems; excerpts come from `body`."""

    __tablename__ = "search_entry"
    __table_args__ = (Index(None, "query_id", "audience"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    query_id: Mapped[int] = mapped_column(ForeignKey("query.id"))
    audience: Mapped[Audience]  # who may find it
    language: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    terms: Mapped[str]  # stems of title and body, parted by blanks
    dated: Mapped[date | None]  # for "newest first"


class SearchPending(Base):
    """A query whose entries are older than its facts; the sweeper takes it next."""

    __tablename__ = "search_pending"

    query_id: Mapped[int] = mapped_column(ForeignKey("query.id"), primary_key=True)
    since: Mapped[datetime]
