"""Answers that came when the national text was fixed, or the question was gone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.task import TaskKind
from emnnet.selectors.query_facts import status_of
from emnnet.services.tasks import open_task

FIXED = {
    QueryStatus.IN_CLEARANCE,
    QueryStatus.CLEARED,
    QueryStatus.SENT,
    QueryStatus.CLOSED,
}
"""From here on an answer changes no text by itself: the coordinator chooses."""


def tell_of_late(
    session: Session,
    assignment: Assignment,
    versions: Sequence[ContributionVersion],
    *,
    now: datetime,
) -> None:
    """Put a choice before the office if the national text was fixed already."""
    if status_of(session, assignment.query) not in FIXED:
        return
    for version in versions:
        open_task(
            session,
            TaskKind.LATE_ANSWER,
            f"late:{version.id}",
            now=now,
            query_id=assignment.query_id,
            institution_id=assignment.institution_id,
            version=version.id,
            question=version.contribution.question.label,
        )


def tell_of_note(
    session: Session, contribution: Contribution, *, now: datetime
) -> None:
    """Tell the office that a text lies with a question that was taken away."""
    assignment = contribution.assignment
    open_task(
        session,
        TaskKind.LATE_ANSWER,
        f"note:{contribution.id}",
        now=now,
        query_id=assignment.query_id,
        institution_id=assignment.institution_id,
        contribution=contribution.id,
        question=contribution.question.label,
    )
