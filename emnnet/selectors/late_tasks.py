"""Which late answers still wait for a choice."""

from sqlalchemy import ColumnElement, String, cast, exists, literal, select
from sqlalchemy.orm import Session, aliased

from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.task import Task, TaskKind

LATE = "late:"  # and the id of the version: the key of its task
NOTE = "note:"  # and the id of the contribution


def late_tasks(session: Session, version: ContributionVersion) -> list[Task]:
    """The open tasks about this version and those before it."""
    ids = [
        one.id for one in version.contribution.versions if one.number <= version.number
    ]
    wanted = select(Task).where(
        Task.kind == TaskKind.LATE_ANSWER,
        Task.done_at.is_(None),
        Task.key.in_([f"{LATE}{id_}" for id_ in ids]),
    )
    return list(session.scalars(wanted))


def note_tasks(session: Session, contribution: Contribution) -> list[Task]:
    """The open tasks about a text that was written after the question was gone."""
    wanted = select(Task).where(
        Task.kind == TaskKind.LATE_ANSWER,
        Task.done_at.is_(None),
        Task.key == f"{NOTE}{contribution.id}",
    )
    return list(session.scalars(wanted))


def waits_to_be_noted() -> ColumnElement[bool]:
    """The condition on a contribution: a note about it was not yet looked at."""
    return exists(
        select(Task.id).where(
            Task.key == literal(NOTE) + cast(Contribution.id, String),
            Task.kind == TaskKind.LATE_ANSWER,
            Task.done_at.is_(None),
        )
    )


def waits_for_choice() -> ColumnElement[bool]:
    """The condition on a contribution: its newest version waits for a choice."""
    latest = aliased(ContributionVersion)
    return exists(
        select(Task.id)
        .join(latest, Task.key == literal(LATE) + cast(latest.id, String))
        .where(
            latest.contribution_id == Contribution.id,
            latest.number == Contribution.latest_number,
            Task.kind == TaskKind.LATE_ANSWER,
            Task.done_at.is_(None),
        )
    )
