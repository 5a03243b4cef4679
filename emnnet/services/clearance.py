"""Dissemination and clearance: decided by the coordinator, read by a second person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Dissemination, is_looser
from emnnet.domain.errors import DomainError, IllegalAction, StaleVersion
from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.domain.roles import Actor, Role
from emnnet.models.clearance import Clearance, ClearanceOutcome
from emnnet.models.national_response import NationalResponse
from emnnet.models.query import Query
from emnnet.models.user import User
from emnnet.selectors.contacts import Addressee
from emnnet.selectors.query_facts import get_query_facts, text_digests
from emnnet.selectors.responses import (
    changed_sources,
    proposed_dissemination,
    responses,
)
from emnnet.services.events import record
from emnnet.services.outbox import enqueue
from emnnet.services.search_pending import mark_pending

LOOSER = _n(
    "The sources allow less than that. Say why it may be disseminated more widely."
)


def decide_dissemination(
    session: Session,
    query: Query,
    response: NationalResponse,
    dissemination: Dissemination,
    reason: str,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Wider dissemination of one answer; looser than proposed needs a reason.

    The proposal is the strictest of the sources that were used.
    """
    allow_query(QueryAction.CONSOLIDATE, get_query_facts(session, query))
    proposal = proposed_dissemination(response)
    if is_looser(dissemination, proposal) and not reason.strip():
        raise DomainError(LOOSER)
    response.dissemination = dissemination
    response.dissemination_reason = reason.strip() or None
    response.decided_at, response.decided_by = now, by.name
    facts = {
        "question": response.question.label,
        "decision": dissemination,
        "proposed": proposal,
        "reason": response.dissemination_reason,
    }
    record(session, EventKind.DISSEMINATION_DECIDED, query, by=by, now=now, **facts)
    mark_pending(session, query, now=now)


def check_complete(session: Session, query: Query) -> None:
    """Raise `DomainError` unless every answer is decided and every source compared."""
    labels = {question.id: question.label for question in query.questions}
    found = responses(session, query)
    undecided = [
        labels[id_] for id_, response in found.items() if not response.dissemination
    ]
    if undecided:
        raise DomainError(
            _n("Decide on wider dissemination first. Questions: %(labels)s."),
            labels=tuple(sorted(undecided)),
        )
    changed = changed_sources(list(found.values()), labels)
    if changed:
        raise DomainError(
            _n("A source was corrected after it was used. Questions: %(labels)s."),
            labels=tuple(sorted({item.question_label for item in changed})),
        )


def ask_clearance(
    session: Session, query: Query, user: User, *, by: Actor, now: datetime
) -> Clearance:
    """Ask a second person to read the text as it stands now; approvers get a mail."""
    allow_query(QueryAction.ASK_CLEARANCE, get_query_facts(session, query))
    check_complete(session, query)
    clearance = Clearance(
        query_id=query.id,
        digest=current_digest(session, query),
        requested_at=now,
        requested_by_id=user.id,
    )
    session.add(clearance)
    session.flush()
    record(session, EventKind.CLEARANCE_ASKED, query, by=by, now=now, id=clearance.id)
    for approver in _approvers(session, besides=user):
        _mail(session, MailKind.CLEARANCE_ASKED, approver, clearance, query, now=now)
    return clearance


def decide_clearance(
    session: Session,
    clearance: Clearance,
    outcome: ClearanceOutcome,
    reason: str,
    user: User,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Approve the text, or return it with a reason. Nobody clears own work.

    Raises `StaleVersion` if the text changed since clearance was asked.
    """
    query = clearance.query
    if clearance.decided_at is not None:
        raise IllegalAction(_n("This was already decided."))
    if clearance.digest != current_digest(session, query):
        raise StaleVersion(_n("The text has changed since. Clearance is asked anew."))
    if outcome is ClearanceOutcome.APPROVED and _wrote(clearance, user):
        raise IllegalAction(_n("Nobody clears their own work: ask another person."))
    if outcome is ClearanceOutcome.RETURNED and not reason.strip():
        raise DomainError(_n("Say what is to be changed."))
    clearance.outcome, clearance.decided_at = outcome, now
    clearance.decided_by_id, clearance.reason = user.id, reason.strip() or None
    approved = outcome is ClearanceOutcome.APPROVED
    kind = EventKind.CLEARED if approved else EventKind.CLEARANCE_REFUSED
    record(session, kind, query, by=by, now=now, reason=clearance.reason)
    requester = clearance.requested_by
    _mail(session, MailKind.CLEARANCE_DECIDED, requester, clearance, query, now=now)


def clear_by_exception(
    session: Session, query: Query, reason: str, user: User, *, by: Actor, now: datetime
) -> Clearance:
    """Go on without a second person, for a reason; the approvers are told."""
    if not reason.strip():
        raise DomainError(_n("An exception needs a reason. It is kept in the history."))
    allow_query(QueryAction.CONSOLIDATE, get_query_facts(session, query))
    check_complete(session, query)
    clearance = Clearance(
        query_id=query.id,
        digest=current_digest(session, query),
        requested_at=now,
        requested_by_id=user.id,
        outcome=ClearanceOutcome.EXCEPTION,
        decided_at=now,
        decided_by_id=user.id,
        reason=reason.strip(),
    )
    session.add(clearance)
    session.flush()
    kind = EventKind.CLEARED_BY_EXCEPTION
    record(session, kind, query, by=by, now=now, reason=clearance.reason)
    for approver in _approvers(session, besides=user):
        _mail(session, MailKind.CLEARANCE_DECIDED, approver, clearance, query, now=now)
    return clearance


def current_digest(session: Session, query: Query) -> str:
    """The digest of the national text as it stands now."""
    session.flush()
    return text_digests(session, [query.id]).get(query.id, "")


def _wrote(clearance: Clearance, user: User) -> bool:
    return clearance.requested_by_id == user.id


def _approvers(session: Session, *, besides: User) -> Sequence[User]:
    return session.scalars(
        select(User).where(
            User.role == Role.APPROVER,
            User.deactivated_at.is_(None),
            User.id != besides.id,
        )
    ).all()


def _mail(
    session: Session,
    kind: MailKind,
    user: User,
    clearance: Clearance,
    query: Query,
    *,
    now: datetime,
) -> None:
    to = Addressee(0, user.email, user.language)
    key = f"{kind}:{clearance.id}:{user.id}"
    facts = {"outcome": clearance.outcome, "reason": clearance.reason}
    enqueue(session, kind, to, key=key, now=now, query=query, facts=facts)
