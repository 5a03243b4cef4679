"""The assignments whose ladder holds no further step, told by the ledger alone."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from emnnet.domain.ladder import Base, Ladder, Ladders, ReminderKind, ladder_for
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.reminder import Reminder

Chosen = Select[Any]
"""The ids of the assignments a reading is about."""


def chosen_before_the_end(chosen: Chosen, ladders: Ladders) -> Chosen:
    """Those of the chosen assignments for which something may still fall due.

    Left out is what has every step from the first chaser on in its ledger, and no
    question with a date or a promise of its own. So a run does not read again and
    again what was chased to the end and is stuck.
    """
    return (
        select(Assignment.id)
        .join(Institution, Institution.id == Assignment.institution_id)
        .where(Assignment.id.in_(chosen), or_(~_ended(ladders), _has_own_dates()))
    )


def _has_own_dates() -> ColumnElement[bool]:
    return exists().where(
        Contribution.assignment_id == Assignment.id,
        or_(Contribution.due_on.is_not(None), Contribution.promised_on.is_not(None)),
    )


def _ended(ladders: Ladders) -> ColumnElement[bool]:
    unstated = and_(Institution.duty.is_(None), _all_done(ladder_for(None, ladders)))
    stated = [
        and_(Institution.duty == duty, _all_done(ladder))
        for duty, ladder in ladders.items()
    ]
    return or_(unstated, *stated)


def _all_done(ladder: Ladder) -> ColumnElement[bool]:
    """Is each step that comes after the date in the ledger of this clock?"""
    steps = [
        rule.kind
        for rule in ladder.active
        if rule.kind is ReminderKind.DAY_AFTER
        or rule.base in {Base.LAST_CHASER, Base.REPLY_BY}
    ]
    return and_(*(_done(kind) for kind in steps)) if steps else false()


def _done(kind: ReminderKind) -> ColumnElement[bool]:
    return exists().where(
        Reminder.assignment_id == Assignment.id,
        Reminder.contribution_id.is_(None),
        Reminder.clock_start == Assignment.clock_start,
        Reminder.kind == kind,
    )
