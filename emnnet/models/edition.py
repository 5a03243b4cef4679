"""Editions: a day of the organogram, frozen with a number, a name and its files."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.base import Base
from emnnet.models.stored_file import StoredFile


class EditionFileKind(StrEnum):
    """What a file of an edition is."""

    PDF = "pdf"
    SVG = "svg"
    FACTS = "facts"  # JSON; the digest of the edition is that of this file
    ORIGINAL = "original"  # a PDF made elsewhere, kept beside ours


class Edition(Base):
    """Kept for ever; one that was withdrawn keeps its number, its files and why."""

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    as_of: Mapped[date]
    bodies: Mapped[int]  # how many
    digest: Mapped[str]  # SHA-256 of the facts
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]
    withdrawn_because: Mapped[str | None]

    files: Mapped[list[EditionFile]] = relationship(order_by="EditionFile.id")


class EditionFile(Base):
    """One file of an edition, in one language or, without one, in none."""

    __tablename__ = "edition_file"
    __table_args__ = (UniqueConstraint("edition_id", "kind", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    kind: Mapped[str]  # an EditionFileKind
    language: Mapped[str] = mapped_column(default="")
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    safe_name: Mapped[str]  # as it is handed out

    stored_file: Mapped[StoredFile] = relationship()
