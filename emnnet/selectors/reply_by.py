"""What no longer fits when the asking country moves its reply-by date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.calendar import Calendar
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import Message, _n
from emnnet.domain.partner_dates import find_plan
from emnnet.domain.planner import IN_THE_PAST, Plan
from emnnet.models.assignment import Assignment
from emnnet.models.extension import Extension
from emnnet.models.query import Query
from emnnet.models.reply_by_move import ReplyByMove
from emnnet.selectors.clock_stops import running_assignments
from emnnet.selectors.contributions import due_on
from emnnet.selectors.reminders import owed_of

SAME_DATE = _n("The reply-by date is %(day)s already. Choose another day.")


@dataclass(frozen=True)
class DateProposal:
    """One institution: its date, whether it fits, and the day that is proposed."""

    assignment: Assignment
    old_on: date
    proposed_on: date
    fits: bool


@dataclass(frozen=True)
class PlannedMove:
    """What another reply-by date means: the plan before and after, and who is hit."""

    old_on: date | None
    new_on: date
    old_plan: Plan | None
    new_plan: Plan
    proposals: tuple[DateProposal, ...]

    @property
    def warnings(self) -> tuple[Message, ...]:
        """What has to be known: no time left, a calendar that is missing."""
        return self.new_plan.warnings


def planned_reply_by(
    session: Session, query: Query, new_on: date, calendar: Calendar, today: date
) -> PlannedMove:
    """Look at another reply-by date; raises `DomainError` for the same or a past one.

    A partner's date fits if it leaves the planned days for writing, clearing and
    sending. Another day is proposed to each, also where the date still fits.
    """
    if new_on == query.reply_by:
        raise DomainError(SAME_DATE, day=new_on)
    if new_on < today:
        raise DomainError(IN_THE_PAST, day=new_on)
    plan = find_plan(new_on, calendar, today)
    assert plan is not None  # noqa: S101 -- there is a date
    proposed = _proposed(plan, calendar, today)
    proposals = [
        DateProposal(one, old, proposed, old <= plan.partner_due_on)
        for one in running_assignments(session, query)
        for old in [last_due_on(one)]
        if old != proposed
    ]
    old_plan = find_plan(query.reply_by, calendar, today)
    return PlannedMove(query.reply_by, new_on, old_plan, plan, tuple(proposals))


def find_last_move(session: Session, query: Query) -> ReplyByMove | None:
    """The last move of the date that counts, or none."""
    return session.scalar(
        select(ReplyByMove)
        .where(ReplyByMove.query_id == query.id, ReplyByMove.taken_back_at.is_(None))
        .order_by(ReplyByMove.id.desc())
        .limit(1)
    )


def find_move(session: Session, query: Query, move_id: int) -> ReplyByMove | None:
    """A move of the date of this query, or none."""
    return session.scalar(
        select(ReplyByMove).where(
            ReplyByMove.id == move_id, ReplyByMove.query_id == query.id
        )
    )


def moved_along(session: Session, move: ReplyByMove) -> Sequence[Extension]:
    """The dates of institutions that moved with it, in the order they did."""
    return session.scalars(
        select(Extension)
        .where(Extension.reply_by_move_id == move.id)
        .options(joinedload(Extension.assignment))
        .order_by(Extension.id)
    ).all()


def _proposed(plan: Plan, calendar: Calendar, today: date) -> date:
    """The day of the plan; where that has passed, the next working day, if one is left.

    Never the reply-by date itself as long as there is an earlier day: an answer that
    comes on it is too late to be put together, cleared and sent.
    """
    soonest = min(calendar.add_working_days(today, 1), plan.reply_by)
    return max(plan.partner_due_on, soonest)


def last_due_on(assignment: Assignment) -> date:
    """The last day among what an institution still owes."""
    return max(due_on(one) for one in owed_of(assignment))
