"""Competences: which institution leads or contributes on a theme, and since when."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.network import Level, Standing
from emnnet.models.base import Base
from emnnet.models.institution import Institution
from emnnet.models.theme import Theme


class Competence(Base):
    """One institution's part in one theme."""

    __tablename__ = "competence"
    __table_args__ = (UniqueConstraint("institution_id", "theme_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    level: Mapped[Level]
    scope: Mapped[str] = mapped_column(default="")  # which side of the theme, in words
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    standing: Mapped[Standing]
    source_codes: Mapped[list[str]] = mapped_column(default=list)

    institution: Mapped[Institution] = relationship()
    theme: Mapped[Theme] = relationship()
