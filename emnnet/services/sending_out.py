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
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.selectors.contacts import addressees
from emnnet.selectors.query_facts import OWED, get_query_facts
from emnnet.services.clearance import check_complete
from emnnet.services.events import record
from emnnet.services.outbox import enqueue, mark_expired
from emnnet.services.search_pending import mark_pending

IS_CLOSED = "the query was closed"


def record_sent(
    session: Session, query: Query, sent_on: date, *, by: Actor, now: datetime
) -> None:
    """The national response left on that day; from now on its text is fixed.

    Raises `IllegalAction` unless the text as it stands is cleared, `DomainError` for
    a day to come or a source that was corrected meanwhile.
    """
    allow_query(QueryAction.RECORD_SENT, get_query_facts(session, query))
    check_complete(session, query)
    if sent_on > office_day(now):
        raise DomainError(_n("It cannot have been sent on a day to come."))
    query.sent_on, query.sent_recorded_at = sent_on, now
    record(session, EventKind.SENT, query, by=by, now=now, sent_on=sent_on)
    mark_pending(session, query, now=now)


def close_query(session: Session, query: Query, *, by: Actor, now: datetime) -> int:
    """Ask nobody any more; those who did not answer are told that it is over.

    Late answers are still accepted, and marked. Returns how many are told.
    """
    allow_query(QueryAction.CLOSE, get_query_facts(session, query))
    owing = session.scalars(
        select(Assignment)
        .where(
            Assignment.query_id == query.id,
            Assignment.id.in_(select(Contribution.assignment_id).where(OWED)),
        )
        .order_by(Assignment.id)
    ).all()
    query.closed_at = now
    _drop_chasers(session, query, now=now)
    ids = {assignment.institution_id for assignment in owing}
    reached = addressees(session, ids, office_day(now))
    for assignment in owing:
        if assignment.institution_id in reached:
            enqueue(
                session,
                MailKind.NO_LONGER_NEEDED,
                reached[assignment.institution_id],
                key=f"no_longer_needed:{assignment.id}:{now.isoformat()}",
                now=now,
                assignment=assignment,
            )
    facts = {"not_answered": len(owing), "told": len(reached)}
    record(session, EventKind.CLOSED, query, by=by, now=now, **facts)
    return len(reached)


def reopen_query(
    session: Session, query: Query, reason: str, *, by: Actor, now: datetime
) -> None:
    """Take the closing back, for a reason."""
    allow_query(QueryAction.REOPEN, get_query_facts(session, query))
    if not reason.strip():
        raise DomainError(_n("Say why. The reason is kept in the history."))
    query.closed_at = None
    record(session, EventKind.REOPENED, query, by=by, now=now, reason=reason.strip())


def _drop_chasers(session: Session, query: Query, *, now: datetime) -> None:
    session.flush()
    waiting = session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.query_id == query.id,
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.expired_at.is_(None),
            OutboxMessage.failed_at.is_(None),
        )
    )
    for message in waiting:
        if message.kind.chases:
            mark_expired(message, IS_CLOSED, now=now)
