"""The asking country moves its reply-by date; partners' dates move only if ticked."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.domain.roles import Actor
from emnnet.models.query import Query
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.query_facts import get_query_facts
from emnnet.selectors.reminders import owed_of
from emnnet.selectors.reply_by import DateProposal, ReplyByMove, planned_reply_by
from emnnet.services.date_moves import check_not_itself
from emnnet.services.events import record
from emnnet.services.extensions import give_time
from emnnet.services.missing_calendars import ask_for_calendar
from emnnet.services.search_pending import mark_pending

NO_REASON = _n("Say why the date is moved. Institutions whose date moves read it.")


def move_reply_by(
    session: Session,
    query: Query,
    new_on: date,
    reason: str,
    ticked: Collection[int],
    *,
    by: Actor,
    now: datetime,
) -> ReplyByMove:
    """Move the reply-by date, and the dates of the ticked assignments as proposed.

    Who is moved is told once. Raises `DomainError` for the same or a past day and
    without a reason, `IllegalAction` where the query is over.
    """
    check_not_itself(by)
    session.refresh(query, with_for_update=True)
    allow_query(QueryAction.ROUTE, get_query_facts(session, query))
    if not reason.strip():
        raise DomainError(NO_REASON)
    calendar, today = office_calendar(session), office_day(now)
    planned = planned_reply_by(session, query, new_on, calendar, today)
    old = query.reply_by
    query.reply_by = new_on
    chosen = [one for one in planned.proposals if one.assignment.id in ticked]
    for one in chosen:
        _move(session, one, reason, by=by, now=now)
    facts = {
        "reply_by": [old.isoformat() if old else None, new_on.isoformat()],
        "reason": reason.strip(),
        "moved": len(chosen),
    }
    record(session, EventKind.REPLY_BY_MOVED, query, by=by, now=now, **facts)
    ask_for_calendar(session, query, now=now)
    mark_pending(session, query, now=now)
    return planned


def _move(
    session: Session, one: DateProposal, reason: str, *, by: Actor, now: datetime
) -> None:
    """The proposed day for all that this institution still owes."""
    give_time(
        session,
        one.assignment,
        owed_of(one.assignment),
        one.proposed_on,
        reason,
        is_whole=True,
        by=by,
        now=now,
    )
