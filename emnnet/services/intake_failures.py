"""The task that tells that mail cannot be fetched: opened, and closed by itself."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.roles import SCHEDULER
from emnnet.models.task import Task, TaskKind
from emnnet.services.tasks import finish_task, open_task

KEY = f"{TaskKind.INTAKE_FAILED}:mailbox"


def intake_failed(session: Session, error: str, *, now: datetime) -> Task:
    """Tell the office that the mailbox cannot be read (B27); told once until it can."""
    task = open_task(session, TaskKind.INTAKE_FAILED, KEY, now=now, error=error)
    if task.done_at is not None:
        task.done_at, task.done_by, task.made_at = None, None, now
    task.facts = {"error": error[:500]}
    return task


def intake_works(session: Session, *, now: datetime) -> None:
    """The mailbox was read: the task is done."""
    undone = select(Task).where(Task.key == KEY, Task.done_at.is_(None))
    for task in session.scalars(undone):
        finish_task(task, by=SCHEDULER, now=now)
