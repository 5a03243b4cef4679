"""The assignments whose ladder holds no further step, told by the ledger alone."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, false, or_, select

from emnnet.domain.ladder import Base, Ladder, Ladders, ReminderKind, ladder_for
from emnnet.domain.network import Duty
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.reminder import Reminder

Chosen = Select[Any]
"""The ids of the assignments a reading is about."""
LastSteps = tuple[tuple[Duty | None, tuple[ReminderKind, ...]], ...]
"""By duty, the steps after which a ladder has ended."""


def last_steps(ladders: Ladders) -> LastSteps:
    """The steps after the date by duty; first for who has none stated."""
    unstated = None, _steps(ladder_for(None, ladders))
    return unstated, *((duty, _steps(ladder)) for duty, ladder in ladders.items())


def _steps(ladder: Ladder) -> tuple[ReminderKind, ...]:
    return tuple(
        rule.kind
        for rule in ladder.active
        if rule.kind is ReminderKind.DAY_AFTER
        or rule.base in {Base.LAST_CHASER, Base.REPLY_BY}
    )


def before_the_end(near: Subquery, ends: LastSteps) -> Chosen:
    """Those of the near assignments for which something may still fall due.

    Left out is what has every step from the first chaser on in its ledger, and no
    question with a date or a promise of its own. So a run does not read again and
    again what was chased to the end and is stuck. `near` has the columns id,
    institution_id and clock_start.
    """
    ended = or_(
        *(
            and_(Institution.duty.is_not_distinct_from(duty), _all_done(near, steps))
            for duty, steps in ends
        )
    )
    return (
        select(near.c.id)
        .join(Institution, Institution.id == near.c.institution_id)
        .where(or_(~ended, _has_own_dates(near)))
    )


def _has_own_dates(near: Subquery) -> ColumnElement[bool]:
    own = select(Contribution.id).where(
        Contribution.assignment_id == near.c.id,
        or_(Contribution.due_on.is_not(None), Contribution.promised_on.is_not(None)),
    )
    return _is_there(own, near)


def _all_done(near: Subquery, steps: Sequence[ReminderKind]) -> ColumnElement[bool]:
    """Is each of these steps in the ledger of this clock?"""
    return and_(*(_done(near, kind) for kind in steps)) if steps else false()


def _done(near: Subquery, kind: ReminderKind) -> ColumnElement[bool]:
    row = select(Reminder.id).where(
        Reminder.assignment_id == near.c.id,
        Reminder.contribution_id.is_(None),
        Reminder.clock_start == near.c.clock_start,
        Reminder.kind == kind,
    )
    return _is_there(row, near)


def _is_there(rows: Select[int], near: Subquery) -> ColumnElement[bool]:
    """Asked for each assignment by its index.

    Out of an EXISTS PostgreSQL makes a table of all contributions, or of the whole
    ledger; with a limit it does not.
    """
    return rows.correlate(near).limit(1).scalar_subquery().is_not(None)
