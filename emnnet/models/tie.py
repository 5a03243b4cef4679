"""Ties: dated relations between two institutions, each with its kind."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.network import Standing, TieKind
from emnnet.models.base import Base
from emnnet.models.institution import Institution


class Tie(Base):
    """`from_institution` is <kind> `to_institution`: VSAT is subordinate to VRM."""

    __tablename__ = "tie"
    __table_args__ = (
        UniqueConstraint(
            "kind", "from_institution_id", "to_institution_id", "valid_from"
        ),
        CheckConstraint("from_institution_id <> to_institution_id", name="two_ends"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TieKind]
    from_institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    to_institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    standing: Mapped[Standing]
    source_codes: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(default="")

    from_institution: Mapped[Institution] = relationship(
        foreign_keys=[from_institution_id]
    )
    to_institution: Mapped[Institution] = relationship(foreign_keys=[to_institution_id])
