"""Incidents: something is not well, from when to when, and who was told."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from emnnet.models.base import Base

OPEN = text("ended_at IS NULL")


class Incident(Base):
    """One thing that fails; while it lasts there is one row of its name."""

    __tablename__ = "incident"
    __table_args__ = (
        Index(
            "uq_incident_open",
            "name",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]  # the part that fails, and which: "job:queue_reminders"
    detail: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]  # somebody is telling it
    told_at: Mapped[datetime | None]
    end_told_at: Mapped[datetime | None]
