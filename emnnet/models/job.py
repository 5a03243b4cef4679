"""The log of jobs: where each job of the timetable stands, and its runs."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from emnnet.models.base import Base


class JobState(Base):
    """One row for each job of the timetable, rewritten with each run."""

    __tablename__ = "job_state"

    job: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[dict[str, Any]]  # as in the timetable: field -> value
    silence: Mapped[int]  # seconds without a good run that are no alarm
    rests: Mapped[bool]  # do days off not count for that?
    planned_at: Mapped[datetime]  # since when it is in the timetable
    next_run_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    good_at: Mapped[datetime | None]  # the end of the last run without an error
    host: Mapped[str | None]
    pid: Mapped[int | None]
    counts: Mapped[dict[str, Any]]
    error: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)  # in a row

    @property
    def is_cut_off(self) -> bool:
        """Did its last run begin and not end? So it looks while it runs, too."""
        return self.started_at is not None and self.ended_at is None


class JobRun(Base):
    """One run; frequent jobs leave a row only if they did something or failed."""

    __tablename__ = "job_run"
    __table_args__ = (Index("ix_job_run_job", "job", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    host: Mapped[str]
    pid: Mapped[int]
    counts: Mapped[dict[str, Any]]
    error: Mapped[str | None]
