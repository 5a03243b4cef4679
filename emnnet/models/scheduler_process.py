"""Scheduler processes: who is alive, and who of them leads."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from emnnet.models.base import Base


class SchedulerProcess(Base):
    """A process that says every few seconds that it lives."""

    __tablename__ = "scheduler_process"

    id: Mapped[int] = mapped_column(primary_key=True)
    host: Mapped[str]
    pid: Mapped[int]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    leads: Mapped[bool]
