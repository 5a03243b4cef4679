"""Reading the ladders of reminders, and the days without automatic mail."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.ladder import SHIPPED, Ladder, Ladders, Rule
from emnnet.domain.mail_pauses import Quiet
from emnnet.domain.network import Duty
from emnnet.models.ladder import LadderStep, LadderVersion
from emnnet.models.mail_decision import MailPause
from emnnet.selectors.reading import Reading, Rows

NEWEST = select(func.max(LadderVersion.id)).group_by(LadderVersion.duty)
STEPS = (
    select(
        LadderVersion.duty,
        LadderVersion.stuck_after,
        LadderStep.position,
        LadderStep.kind,
        LadderStep.base,
        LadderStep.working_days,
        LadderStep.chasers,
        LadderStep.is_active,
    )
    .join(LadderStep, LadderStep.ladder_id == LadderVersion.id)
    .where(LadderVersion.id.in_(NEWEST))
)
PAUSES = select(MailPause).where(
    MailPause.ended_at.is_(None),
    or_(MailPause.until.is_(None), MailPause.until >= bindparam("paused_from")),
)


def office_ladders(session: Session) -> Ladders:
    """The ladder of each duty as it counts now; the shipped one where none is set.

    One statement.
    """
    return ladders_reading().take(session)


def ladders_reading() -> Reading[Ladders]:
    """The same, to be read together with other things."""
    return Reading((STEPS,), _ladders, {})


def _ladders(steps: Rows) -> Ladders:
    rules: dict[Duty, list[Rule]] = {}
    stuck: dict[Duty, int] = {}
    for step in sorted(steps, key=lambda one: one.position):
        rules.setdefault(step.duty, []).append(rule_of(step))
        stuck[step.duty] = step.stuck_after
    set_here = {duty: Ladder(tuple(rules[duty]), stuck[duty]) for duty in rules}
    return {**SHIPPED, **set_here}


def rule_of(step: Any) -> Rule:
    """A step as the rules want it."""
    return Rule(step.kind, step.base, step.working_days, step.chasers, step.is_active)


def ladder_versions(session: Session) -> dict[Duty, list[LadderVersion]]:
    """All versions of each duty's ladder, the newest first. One statement."""
    rows = session.scalars(
        select(LadderVersion)
        .order_by(LadderVersion.duty, LadderVersion.number.desc())
        .options(joinedload(LadderVersion.steps))
    )
    found: dict[Duty, list[LadderVersion]] = {}
    for row in rows.unique():
        found.setdefault(row.duty, []).append(row)
    return found


def pause_holds(day: date) -> ColumnElement[bool]:
    """The condition that a pause holds on a day."""
    return and_(
        MailPause.ended_at.is_(None),
        MailPause.begins <= day,
        or_(MailPause.until.is_(None), MailPause.until >= day),
    )


def mail_pauses(session: Session, today: date) -> list[Any]:
    """The pauses that hold or lie ahead as rows, the first one first; one statement."""
    return pauses_reading(today).take(session)


def pauses_reading(today: date) -> Reading[list[Any]]:
    """The same, to be read together with other things."""
    return Reading((PAUSES,), _in_order, {"paused_from": today})


def _in_order(pauses: Rows) -> list[Any]:
    return sorted(pauses, key=lambda one: (one.begins, one.id))


def quiets(pauses: Iterable[Any]) -> list[Quiet]:
    """The same as the rules want them."""
    return [Quiet(one.begins, one.until, one.reason, one.made_by) for one in pauses]
