"""The end of the way: the national response is recorded as sent, the query closed."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.query import Query
from emnnet.selectors.closing import closing_notices
from emnnet.selectors.query_facts import get_query_facts
from emnnet.services.clearance import check_complete
from emnnet.services.dropping import drop_waiting
from emnnet.services.events import record
from emnnet.services.outbox import enqueue
from emnnet.services.search_pending import mark_pending

BEFORE_LAUNCH = _n("The query was launched on %(day)s: it was not answered before.")
IS_CLOSED = "the query was closed"


def record_sent(
    session: Session, query: Query, sent_on: date, *, by: Actor, now: datetime
) -> None:
    """The national response left on that day; from now on its text is fixed.

    Raises `IllegalAction` unless the text as it stands is cleared, `DomainError` for
    an impossible day or a source that was corrected meanwhile.
    """
    allow_query(QueryAction.RECORD_SENT, get_query_facts(session, query))
    check_complete(session, query)
    if sent_on > office_day(now):
        raise DomainError(_n("It cannot have been sent on a day to come."))
    if query.launched_on is not None and sent_on < query.launched_on:
        raise DomainError(BEFORE_LAUNCH, day=query.launched_on)
    query.sent_on, query.sent_recorded_at = sent_on, now
    record(session, EventKind.SENT, query, by=by, now=now, sent_on=sent_on)
    mark_pending(session, query, now=now)


def close_query(session: Session, query: Query, *, by: Actor, now: datetime) -> int:
    """Ask nobody any more; those who did not answer are told that it is over.

    Late answers are still accepted, and marked. Returns how many are told.
    """
    allow_query(QueryAction.CLOSE, get_query_facts(session, query))
    notices = closing_notices(session, query.id, office_day(now))
    query.closed_at = now
    _drop_chasers(session, query, now=now)
    for notice in notices:
        if notice.to is not None and notice.knows:
            enqueue(
                session,
                MailKind.NO_LONGER_NEEDED,
                notice.to,
                key=f"no_longer_needed:{notice.assignment.id}:{now.isoformat()}",
                now=now,
                assignment=notice.assignment,
            )
    told = sum(notice.is_told for notice in notices)
    facts = {"not_answered": len(notices), "told": told}
    record(session, EventKind.CLOSED, query, by=by, now=now, **facts)
    mark_pending(session, query, now=now)
    return told


def reopen_query(
    session: Session, query: Query, reason: str, *, by: Actor, now: datetime
) -> None:
    """Take the closing back, for a reason."""
    allow_query(QueryAction.REOPEN, get_query_facts(session, query))
    if not reason.strip():
        raise DomainError(_n("Say why. The reason is kept in the history."))
    query.closed_at = None
    record(session, EventKind.REOPENED, query, by=by, now=now, reason=reason.strip())
    mark_pending(session, query, now=now)


def _drop_chasers(session: Session, query: Query, *, now: datetime) -> None:
    chasing = [kind for kind in MailKind if kind.chases]
    asked = select(Assignment).where(Assignment.query_id == query.id)
    for assignment in session.scalars(asked.order_by(Assignment.id)).all():
        drop_waiting(session, assignment, chasing, IS_CLOSED, now=now)
