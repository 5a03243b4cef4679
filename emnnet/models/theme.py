"""Themes: one controlled list, and what other vocabularies call the same."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.network import Vocabulary
from emnnet.models.base import Base


class Theme(Base):
    """A main theme of queries and competences."""

    __tablename__ = "theme"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str]
    name_lt: Mapped[str]
    position: Mapped[int]
    keywords: Mapped[dict[str, Any]] = mapped_column(default=dict)  # by language

    terms: Mapped[list[ThemeTerm]] = relationship(cascade="all, delete-orphan")


class ThemeTerm(Base):
    """The word of another vocabulary that falls under a theme."""

    __tablename__ = "theme_term"
    __table_args__ = (UniqueConstraint("vocabulary", "term", "theme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    vocabulary: Mapped[Vocabulary]
    term: Mapped[str]
