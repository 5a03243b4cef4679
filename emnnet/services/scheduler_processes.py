"""A scheduler process says that it lives."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from emnnet.models.scheduler_process import SchedulerProcess
from emnnet.services.job_runs import Place


def come_alive(session: Session, where: Place, *, now: datetime) -> int:
    """A process has started; returns the number it goes by."""
    process = SchedulerProcess(
        host=where.host, pid=where.pid, started_at=now, seen_at=now, leads=False
    )
    session.add(process)
    session.flush()
    return process.id


def say_alive(session: Session, process_id: int, *, leads: bool, now: datetime) -> bool:
    """It still lives, and leads or not; False if its row is gone."""
    beat = (
        update(SchedulerProcess)
        .where(SchedulerProcess.id == process_id)
        .values(seen_at=now, leads=leads)
        .returning(SchedulerProcess.id)
    )
    return session.scalar(beat) is not None


def depart(session: Session, process_id: int) -> None:
    """It stops, and says so: nobody has to wonder why it is silent."""
    session.execute(delete(SchedulerProcess).where(SchedulerProcess.id == process_id))
