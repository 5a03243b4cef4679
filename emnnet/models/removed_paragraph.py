"""Paragraphs taken out of national texts, kept for some days to be put back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.base import Base
from emnnet.models.national_response import NationalResponse


class RemovedParagraph(Base):
    """A paragraph as it stood, with its place and its sources."""

    __tablename__ = "removed_paragraph"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(
        ForeignKey("national_response.id"), index=True
    )
    position: Mapped[int]
    text: Mapped[str]
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    removed_at: Mapped[datetime]
    removed_by: Mapped[str]
    restored_at: Mapped[datetime | None]

    response: Mapped[NationalResponse] = relationship()
