"""Intakes: what arrived and was read, until it is registered as a query."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.base import Base
from emnnet.models.query import Query
from emnnet.models.stored_file import StoredFile


class Intake(Base):
    """A document or pasted text, the text found in it, and what was read from that."""

    __tablename__ = "intake"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str | None]  # as it was called where it came from
    stored_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    text: Mapped[str]
    reading: Mapped[dict[str, Any]]  # each field with its passage and sureness
    taken_by: Mapped[str]
    taken_at: Mapped[datetime]
    query_id: Mapped[int | None] = mapped_column(ForeignKey("query.id"), index=True)
    discarded_at: Mapped[datetime | None]

    stored_file: Mapped[StoredFile | None] = relationship()
    query: Mapped[Query | None] = relationship()
