"""The lines that what institutions do leaves in the history of a query."""

from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.services.events import record


def record_for(
    session: Session,
    kind: EventKind,
    contribution: Contribution,
    *,
    by: Actor,
    now: datetime,
    **facts: object,
) -> None:
    """One line about one question put to one institution."""
    record_assignment(
        session,
        kind,
        contribution.assignment,
        by=by,
        now=now,
        contribution=contribution.id,
        question=contribution.question.label,
        **facts,
    )


def record_assignment(
    session: Session,
    kind: EventKind,
    assignment: Assignment,
    *,
    by: Actor,
    now: datetime,
    **facts: object,
) -> None:
    """One line about a query as it was put to one institution."""
    record(
        session,
        kind,
        assignment.query,
        by=by,
        now=now,
        assignment=assignment.id,
        institution=assignment.institution.short,
        **facts,
    )
