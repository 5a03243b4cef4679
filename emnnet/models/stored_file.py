"""Stored files: what lies in the file room, once for each content."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from emnnet.models.base import Base


class StoredFile(Base):
    """Bytes known by their SHA-256; the room `files` keeps them."""

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]  # bytes
    media_type: Mapped[str]
    stored_at: Mapped[datetime]
