"""The office calendars: days off, the years that are known, and every change."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from emnnet.models.base import Base


class OfficeCalendar(Base):
    """A calendar that days are counted in: a country's, or the institutions' of the EU.

    After `closes_at` a day counts as the next working day; None: never.
    """

    __tablename__ = "office_calendar"

    code: Mapped[str] = mapped_column(primary_key=True)  # LT, BE, EU
    name_en: Mapped[str]
    name_lt: Mapped[str]
    closes_at: Mapped[time | None]


class Holiday(Base):
    """A day that deadlines skip, in one calendar."""

    __tablename__ = "holiday"

    calendar: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    name_en: Mapped[str]
    name_local: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    added_by: Mapped[str | None]
    added_at: Mapped[datetime | None]


class CalendarYear(Base):
    """A year whose holidays are known; any other is never taken for free of them."""

    __tablename__ = "calendar_year"

    calendar: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    version: Mapped[str]
    revision: Mapped[int] = mapped_column(default=0)  # changes since it was loaded
    loaded_at: Mapped[datetime]
    loaded_by: Mapped[str | None]
    changed_at: Mapped[datetime | None]


class CalendarChange(Base):
    """A confirmed change of a calendar: its lines, and what undoes it."""

    __tablename__ = "calendar_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar: Mapped[str] = mapped_column(index=True)
    source: Mapped[str]
    lines: Mapped[list[str]]  # as `domain/calendar_edits` writes them
    undo_lines: Mapped[list[str]]
    moved: Mapped[int]  # how many dates were moved with it
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("calendar_change.id"))
