"""The office calendars: days off, and the years that are known."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from emnnet.models.base import Base


class Holiday(Base):
    """A day that deadlines skip, in one calendar."""

    __tablename__ = "holiday"

    calendar: Mapped[str] = mapped_column(primary_key=True)  # LT, BE, EU
    day: Mapped[date] = mapped_column(primary_key=True)
    name_en: Mapped[str]
    name_local: Mapped[str]


class CalendarYear(Base):
    """A year whose holidays are known; any other is never taken for free of them."""

    __tablename__ = "calendar_year"

    calendar: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    version: Mapped[str]
    loaded_at: Mapped[datetime]
