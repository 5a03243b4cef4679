"""Country responses: the rows of a compilation, as far as we have them."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from emnnet.domain.audience import Dissemination
from emnnet.models.base import Base


class CountryResponse(Base):
    """That a country took part, and what it said where we may keep it."""

    __tablename__ = "country_response"
    __table_args__ = (UniqueConstraint("query_id", "country"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    query_id: Mapped[int] = mapped_column(ForeignKey("query.id"), index=True)
    country: Mapped[str]  # EMN code: LT, EL, UK
    dissemination: Mapped[Dissemination | None]
    text: Mapped[str | None]
    received_at: Mapped[datetime]
