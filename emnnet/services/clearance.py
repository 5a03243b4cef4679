"""Dissemination and clearance: decided by the coordinator, read by a second person."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Dissemination, is_looser
from emnnet.domain.errors import DomainError, IllegalAction, StaleVersion
from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.query_lifecycle import (
    QueryAction,
    QueryStatus,
    allow_query,
    refusal,
)
from emnnet.domain.response_text import written_out
from emnnet.domain.roles import Actor
from emnnet.models.clearance import Clearance, ClearanceOutcome
from emnnet.models.national_response import NationalResponse, Paragraph
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.user import User
from emnnet.selectors.clearances import second_readers
from emnnet.selectors.contacts import Addressee
from emnnet.selectors.query_facts import (
    answered_questions,
    get_query_facts,
    status_of,
    text_digests,
)
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
NO_TEXT = _n("There is no national text yet whose dissemination could be decided.")
UNDECIDED = _n("Decide on wider dissemination first. Questions: %(labels)s.")
CHANGED = _n("A source was corrected after it was used. Questions: %(labels)s.")
TOO_LOOSE = _n(
    "The sources allow less than was decided. Decide on wider dissemination anew."
    " Questions: %(labels)s."
)
NOBODY_ELSE = _n(
    "There is nobody else who may clear it. Clear it by exception, with a reason."
)
UNCLEARED = {QueryStatus.TO_CLEAR, QueryStatus.IN_CLEARANCE}


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
    _refuse(UNDECIDED, [labels[id_] for id_ in found if not found[id_].dissemination])
    changed = changed_sources(list(found.values()), labels)
    _refuse(CHANGED, [item.question_label for item in changed])
    _refuse(TOO_LOOSE, [labels[id_] for id_ in found if _is_too_loose(found[id_])])


def ask_clearance(
    session: Session, query: Query, user: User, *, by: Actor, now: datetime
) -> Clearance:
    """Ask a second person to read the text as it stands now; approvers get a mail.

    Raises `DomainError` where nobody but the asker may clear it.
    """
    allow_query(QueryAction.ASK_CLEARANCE, get_query_facts(session, query))
    check_complete(session, query)
    others = second_readers(session, besides=user.id)
    if not others:
        raise DomainError(NOBODY_ELSE)
    clearance = _opened(session, query, user, now=now)
    record(session, EventKind.CLEARANCE_ASKED, query, by=by, now=now, id=clearance.id)
    for reader in others:
        _mail(session, MailKind.CLEARANCE_ASKED, reader, clearance, by=by, now=now)
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
    session.refresh(clearance, with_for_update={"of": Clearance})
    query, approved = clearance.query, outcome is ClearanceOutcome.APPROVED
    if clearance.decided_at is not None:
        raise IllegalAction(_n("This was already decided."))
    if clearance.digest != current_digest(session, query):
        raise StaleVersion(_n("The text has changed since. Clearance is asked anew."))
    allow_query(QueryAction.CLEAR, get_query_facts(session, query))
    if approved and is_own_work(session, clearance, user):
        raise IllegalAction(_n("Nobody clears their own work: ask another person."))
    if not approved and not reason.strip():
        raise DomainError(_n("Say what is to be changed."))
    clearance.outcome, clearance.decided_at = outcome, now
    clearance.decided_by_id, clearance.reason = user.id, reason.strip() or None
    kind = EventKind.CLEARED if approved else EventKind.CLEARANCE_REFUSED
    record(session, kind, query, by=by, now=now, reason=clearance.reason)
    asker = clearance.requested_by
    _mail(session, MailKind.CLEARANCE_DECIDED, asker, clearance, by=by, now=now)


def clear_by_exception(
    session: Session, query: Query, reason: str, user: User, *, by: Actor, now: datetime
) -> Clearance:
    """Go on without a second person, for a reason; the approvers are told."""
    if not reason.strip():
        raise DomainError(_n("An exception needs a reason. It is kept in the history."))
    status = status_of(session, query)
    if status not in UNCLEARED:
        raise IllegalAction(refusal(QueryAction.ASK_CLEARANCE, status))
    check_complete(session, query)
    clearance = _opened(session, query, user, now=now)
    clearance.outcome, clearance.reason = ClearanceOutcome.EXCEPTION, reason.strip()
    clearance.decided_at, clearance.decided_by_id = now, user.id
    session.flush()
    kind = EventKind.CLEARED_BY_EXCEPTION
    record(session, kind, query, by=by, now=now, reason=clearance.reason)
    for reader in second_readers(session, besides=user.id):
        _mail(session, MailKind.CLEARANCE_DECIDED, reader, clearance, by=by, now=now)
    return clearance


def current_digest(session: Session, query: Query) -> str:
    """The digest of the national text as it stands now."""
    session.flush()
    return text_digests(session, [query.id]).get(query.id, "")


def is_own_work(session: Session, clearance: Clearance, user: User) -> bool:
    """Did this person ask for the clearance, or write a paragraph of the text?"""
    wrote = (
        select(Paragraph.id)
        .join(NationalResponse, NationalResponse.id == Paragraph.response_id)
        .join(Question, Question.id == NationalResponse.question_id)
        .where(Question.query_id == clearance.query_id, Paragraph.saved_by == user.name)
    )
    asked = clearance.requested_by_id == user.id
    return asked or session.scalar(wrote.limit(1)) is not None


def _opened(session: Session, query: Query, user: User, *, now: datetime) -> Clearance:
    """A clearance of the text as it stands now, with the text itself."""
    session.flush()
    content = written_out(answered_questions(session, [query.id]).get(query.id, []))
    clearance = Clearance(
        query_id=query.id,
        digest=current_digest(session, query),
        content=content,
        requested_at=now,
        requested_by_id=user.id,
    )
    session.add(clearance)
    session.flush()
    return clearance


def _is_too_loose(response: NationalResponse) -> bool:
    """Was it opened further than its sources allow, without a word why?"""
    decided = response.dissemination
    if decided is None or response.dissemination_reason:
        return False
    return is_looser(decided, proposed_dissemination(response))


def _refuse(message: str, labels: Iterable[str]) -> None:
    if named := tuple(sorted(set(labels))):
        raise DomainError(message, labels=named)


def _mail(
    session: Session,
    kind: MailKind,
    user: User,
    clearance: Clearance,
    *,
    by: Actor,
    now: datetime,
) -> None:
    to = Addressee(0, user.email, user.language)
    key = f"{kind}:{clearance.id}:{user.id}"
    facts = {"by": by.name, "outcome": clearance.outcome, "reason": clearance.reason}
    query = clearance.query
    enqueue(session, kind, to, key=key, now=now, query=query, facts=facts)
