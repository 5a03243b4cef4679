"""What an institution still owes, and what more time for it would mean."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.calendar import Calendar
from emnnet.domain.extension import MoreTime, more_time
from emnnet.domain.lifecycle import contribution_status
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.extension import Extension
from emnnet.models.question import Question
from emnnet.selectors.contributions import due_on, facts_of


def owed_contributions(
    session: Session, assignment: Assignment, chosen: Collection[int] = ()
) -> list[Contribution]:
    """What the office still waits for, by question; of `chosen` ids only, if given."""
    mine = session.scalars(
        select(Contribution)
        .join(Contribution.question)
        .where(Contribution.assignment_id == assignment.id)
        .options(joinedload(Contribution.question))
        .order_by(Question.position)
    )
    return [
        one
        for one in mine
        if contribution_status(facts_of(one, assignment.query)).is_owed
        and (not chosen or one.id in chosen)
    ]


def first_due_on(owed: Sequence[Contribution]) -> date:
    """The earliest day among what is owed: more time counts from it."""
    return min(due_on(one) for one in owed)


def planned_extension(
    assignment: Assignment,
    owed: Sequence[Contribution],
    working_days: int,
    calendar: Calendar,
    today: date,
) -> MoreTime:
    """The new date as it would be counted, with its warnings; raises `DomainError`."""
    reply_by = assignment.query.reply_by
    return more_time(first_due_on(owed), working_days, reply_by, calendar, today)


def find_extension(session: Session, extension_id: int) -> Extension | None:
    """The extension with what moved, or none."""
    return session.scalar(
        select(Extension)
        .where(Extension.id == extension_id)
        .options(
            joinedload(Extension.assignment).joinedload(Assignment.query),
            joinedload(Extension.assignment).joinedload(Assignment.institution),
        )
    )


def find_asked_assignment(
    session: Session, query_id: int, assignment_id: int
) -> Assignment | None:
    """The assignment of that query with its institution, or none."""
    return session.scalar(
        select(Assignment)
        .where(Assignment.id == assignment_id, Assignment.query_id == query_id)
        .options(joinedload(Assignment.query), joinedload(Assignment.institution))
    )
