"""Withdrawing and deleting queries: who had them is told, nobody is chased any more."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.selectors.contacts import addressees
from emnnet.selectors.query_facts import get_query_facts
from emnnet.services.dropping import drop_reminders
from emnnet.services.events import record
from emnnet.services.outbox import enqueue, mark_expired
from emnnet.services.search_pending import mark_pending

NO_REASON = _n("Say why. The reason is kept in the history.")
IS_WITHDRAWN = "the query was withdrawn"
IS_DELETED = "the query was deleted"
RECOVERABLE = timedelta(days=30)
OFFICE_ONLY = _n("Only a coordinator of the office may do this.")
TOO_LATE = _n("It was deleted more than %(days)d days ago and cannot be restored.")


def withdraw_query(
    session: Session, query: Query, reason: str, *, by: Actor, now: datetime
) -> int:
    """The asking country takes the query back: tell whoever had it, chase nobody.

    Answers stay. Returns how many institutions are told. Raises `IllegalAction`
    for a query that was sent or has ended, `DomainError` without a reason.
    """
    allow_query(QueryAction.WITHDRAW, get_query_facts(session, query))
    reason = _given(reason)
    query.withdrawn_at, query.withdrawal_reason = now, reason
    unsent = _drop_waiting(session, query, IS_WITHDRAWN, chasing=True, now=now)
    told = _tell(session, query, unsent, reason, now=now)
    facts = {"reason": reason, "told": told}
    record(session, EventKind.WITHDRAWN, query, by=by, now=now, **facts)
    mark_pending(session, query, now=now)
    return told


def delete_query(
    session: Session, query: Query, reason: str, *, by: Actor, now: datetime
) -> None:
    """Hide a query that was entered by mistake; its mail that waits never leaves.

    It can be brought back for 30 days. Raises `DomainError` without a reason,
    `IllegalAction` for a partner and for a query that was sent or has ended.
    """
    _check_office(by)
    allow_query(QueryAction.DELETE, get_query_facts(session, query))
    query.deletion_reason, query.deleted_at = _given(reason), now
    _drop_waiting(session, query, IS_DELETED, chasing=False, now=now)
    facts = {"reason": query.deletion_reason}
    record(session, EventKind.DELETED, query, by=by, now=now, **facts)
    mark_pending(session, query, now=now)


def restore_query(
    session: Session, query: Query, reason: str, *, by: Actor, now: datetime
) -> None:
    """Bring a deleted query back. Mail that was dropped meanwhile stays dropped.

    Raises `IllegalAction` after 30 days.
    """
    _check_office(by)
    allow_query(QueryAction.RESTORE, get_query_facts(session, query))
    if query.deleted_at is not None and now > query.deleted_at + RECOVERABLE:
        raise IllegalAction(TOO_LATE, days=RECOVERABLE.days)
    query.deleted_at = query.deletion_reason = None
    facts = {"reason": _given(reason)}
    record(session, EventKind.RESTORED, query, by=by, now=now, **facts)
    mark_pending(session, query, now=now)


def _check_office(by: Actor) -> None:
    if by.kind is ActorKind.LINK or by.role == Role.CONTACT:
        raise IllegalAction(OFFICE_ONLY)


def _given(reason: str) -> str:
    if not reason.strip():
        raise DomainError(NO_REASON)
    return reason.strip()


def _drop_waiting(
    session: Session, query: Query, why: str, *, chasing: bool, now: datetime
) -> set[int]:
    """Expire the mail that waits; the assignments whose invitation never left."""
    session.flush()
    waiting = session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.query_id == query.id,
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.expired_at.is_(None),
            OutboxMessage.failed_at.is_(None),
        )
    ).all()
    dropped = [message for message in waiting if message.kind.chases or not chasing]
    for message in dropped:
        mark_expired(message, why, now=now)
    _expire_reminders(session, [message.id for message in dropped], now)
    mine = select(Assignment.id).where(Assignment.query_id == query.id)
    drop_reminders(session, session.scalars(mine).all(), why, now=now)
    return {
        message.assignment_id or 0
        for message in dropped
        if message.kind is MailKind.INVITATION and message.claimed_at is None
    }


def _expire_reminders(session: Session, message_ids: list[int], now: datetime) -> None:
    wanted = select(Reminder).where(Reminder.message_id.in_(message_ids))
    for reminder in session.scalars(wanted):
        reminder.expired_at = reminder.expired_at or now


def _tell(
    session: Session, query: Query, unsent: set[int], reason: str, *, now: datetime
) -> int:
    """One notice to each institution that had the query; returns how many."""
    had = [
        assignment
        for assignment in _asked(session, query)
        if assignment.id not in unsent
    ]
    ids = {assignment.institution_id for assignment in had}
    reached = addressees(session, ids, office_day(now))
    for assignment in had:
        to = reached.get(assignment.institution_id)
        if to is not None:
            enqueue(
                session,
                MailKind.WITHDRAWN,
                to,
                key=f"withdrawn:{query.id}:{assignment.institution_id}",
                now=now,
                assignment=assignment,
                facts={"reason": reason},
            )
    return len(reached)


def _asked(session: Session, query: Query) -> list[Assignment]:
    """The assignments of which something was not released."""
    live = select(Contribution.assignment_id).where(Contribution.released_at.is_(None))
    wanted = select(Assignment).where(
        Assignment.query_id == query.id, Assignment.id.in_(live)
    )
    return list(session.scalars(wanted.order_by(Assignment.id)))
