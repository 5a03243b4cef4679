"""Memberships: who belongs to the national network, as what, since when."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.network import MembershipKind, Standing
from emnnet.models.base import Base
from emnnet.models.institution import Institution


class Membership(Base):
    """An institution is a partner, or has a part in the NCP itself."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("institution_id", "kind", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    kind: Mapped[MembershipKind]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    standing: Mapped[Standing]
    source_codes: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(default="")

    institution: Mapped[Institution] = relationship()
