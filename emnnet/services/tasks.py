"""Tasks for the office: opened once, done by a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.roles import Actor
from emnnet.models.task import Task, TaskKind


def open_task(
    session: Session,
    kind: TaskKind,
    key: str,
    *,
    now: datetime,
    query_id: int | None = None,
    institution_id: int | None = None,
    message_id: int | None = None,
    **facts: Any,
) -> Task:
    """Put something before the office; the same key opens one task only."""
    session.flush()
    task = session.scalar(select(Task).where(Task.key == key))
    if task is None:
        task = Task(
            key=key,
            kind=kind,
            query_id=query_id,
            institution_id=institution_id,
            message_id=message_id,
            facts=facts,
            made_at=now,
        )
        session.add(task)
        session.flush()
    return task


def finish_task(task: Task, *, by: Actor, now: datetime) -> None:
    """Somebody has dealt with it."""
    task.done_at, task.done_by = now, by.name
