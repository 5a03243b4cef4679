"""Institutions, their former names, and what each fact about them stands on."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.network import Aspect, Duty, Sector, Standing
from emnnet.models.base import Base


class Institution(Base):
    """A body of the organogram; some are partners of the network."""

    __tablename__ = "institution"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str]
    name_lt: Mapped[str]
    abbreviation: Mapped[str] = mapped_column(default="")
    sector: Mapped[Sector]
    duty: Mapped[Duty | None]
    function_en: Mapped[str] = mapped_column(default="")
    function_lt: Mapped[str] = mapped_column(default="")
    legal_basis: Mapped[str | None]
    mailbox: Mapped[str | None]  # the functional address, for people and as a fallback
    website: Mapped[str | None]
    address: Mapped[str | None]
    code: Mapped[str | None]  # in the register of legal entities
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    former_names: Mapped[list[FormerName]] = relationship(
        order_by="FormerName.valid_from", cascade="all, delete-orphan"
    )
    facts: Mapped[list[InstitutionFact]] = relationship(cascade="all, delete-orphan")

    @property
    def short(self) -> str:
        """What fits a column head: the first abbreviation, or the name."""
        return self.abbreviation.split(" / ")[0] or self.name_en

    def existed_on(self, day: date) -> bool:
        """Did it exist on that day? An unknown bound is open."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class FormerName(Base):
    """What an institution was called in earlier years."""

    __tablename__ = "former_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    name_en: Mapped[str]
    name_lt: Mapped[str]
    abbreviation: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class InstitutionFact(Base):
    """Whether one fact about an institution is sourced, and by what."""

    __tablename__ = "institution_fact"
    __table_args__ = (UniqueConstraint("institution_id", "aspect"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    aspect: Mapped[Aspect]
    standing: Mapped[Standing]
    source_codes: Mapped[list[str]] = mapped_column(default=list)
