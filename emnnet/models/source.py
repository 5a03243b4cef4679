"""Sources: where a fact about an institution was read."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from emnnet.models.base import Base


class Source(Base):
    """A public page or legal act, by the short code the data files use."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str]
    title: Mapped[str | None]
    read_on: Mapped[date | None]
    as_of: Mapped[str] = mapped_column(default="")  # "2026-11" where no day is known
