"""What state a query is in: computed from its moments and its contributions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from emnnet.domain.errors import IllegalAction
from emnnet.domain.messages import _n


class QueryStatus(StrEnum):
    """Where a query stands. Published or not is told apart."""

    REGISTERED = "registered"  # nobody has been asked yet
    WAITING = "waiting"  # contributions are owed
    ALL_REFUSED = "all_refused"  # a question has nobody left who answers
    TO_CONSOLIDATE = "to_consolidate"  # all are in, the text is not whole
    TO_CLEAR = "to_clear"  # the text is whole, nobody else has read it
    IN_CLEARANCE = "in_clearance"
    CLEARED = "cleared"
    SENT = "sent"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DELETED = "deleted"

    @property
    def is_final(self) -> bool:
        """Does it wait for nothing any more?"""
        return self in _FINAL


_FINAL = {QueryStatus.CLOSED, QueryStatus.WITHDRAWN, QueryStatus.DELETED}


@dataclass(frozen=True)
class QueryFacts:
    """All that decides the status of a query."""

    asked: int = 0  # contributions that were asked for and not released
    owed: int = 0  # of these, still awaited
    refused_questions: int = 0  # questions of which all who were asked declined
    questions: int = 0
    answered_questions: int = 0  # with a national text
    clearance_asked: bool = False  # for the very text as it stands now
    cleared: bool = False  # for the very text as it stands now
    sent_on: date | None = None
    closed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    deleted_at: datetime | None = None


def query_status(facts: QueryFacts) -> QueryStatus:
    """Where the query stands. The last fact in its life decides."""
    ended = _ended(facts)
    if ended is not None:
        return ended
    whole = 0 < facts.questions <= facts.answered_questions
    if whole and facts.cleared:
        return QueryStatus.CLEARED
    if whole and facts.clearance_asked:
        return QueryStatus.IN_CLEARANCE
    if whole:
        return QueryStatus.TO_CLEAR
    return _under_way(facts)


def _ended(facts: QueryFacts) -> QueryStatus | None:
    if facts.deleted_at:
        return QueryStatus.DELETED
    if facts.withdrawn_at:
        return QueryStatus.WITHDRAWN
    if facts.closed_at:
        return QueryStatus.CLOSED
    return QueryStatus.SENT if facts.sent_on else None


def _under_way(facts: QueryFacts) -> QueryStatus:
    if facts.refused_questions:
        return QueryStatus.ALL_REFUSED
    if not facts.asked:
        return QueryStatus.REGISTERED
    return QueryStatus.WAITING if facts.owed else QueryStatus.TO_CONSOLIDATE


class QueryAction(StrEnum):
    """What can be done with a query."""

    CHANGE = "change"
    ROUTE = "route"
    CONSOLIDATE = "consolidate"
    ASK_CLEARANCE = "ask_clearance"
    CLEAR = "clear"
    RECORD_SENT = "record_sent"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    PUBLISH = "publish"
    DELETE = "delete"
    RESTORE = "restore"


_LIVING = {
    QueryAction.CHANGE,
    QueryAction.ROUTE,
    QueryAction.CONSOLIDATE,
    QueryAction.CLOSE,
    QueryAction.WITHDRAW,
    QueryAction.DELETE,
}
QUERY_ACTIONS: Mapping[QueryStatus, frozenset[QueryAction]] = {
    QueryStatus.REGISTERED: frozenset(_LIVING),
    QueryStatus.WAITING: frozenset(_LIVING),
    QueryStatus.ALL_REFUSED: frozenset(_LIVING),
    QueryStatus.TO_CONSOLIDATE: frozenset(_LIVING),
    QueryStatus.TO_CLEAR: frozenset(_LIVING | {QueryAction.ASK_CLEARANCE}),
    QueryStatus.IN_CLEARANCE: frozenset(_LIVING | {QueryAction.CLEAR}),
    QueryStatus.CLEARED: frozenset(_LIVING | {QueryAction.RECORD_SENT}),
    QueryStatus.SENT: frozenset({QueryAction.CLOSE, QueryAction.PUBLISH}),
    QueryStatus.CLOSED: frozenset({QueryAction.REOPEN, QueryAction.PUBLISH}),
    QueryStatus.WITHDRAWN: frozenset(),
    QueryStatus.DELETED: frozenset({QueryAction.RESTORE}),
}


def allow_query(action: QueryAction, facts: QueryFacts) -> None:
    """Raise `IllegalAction` with the reason unless the facts permit the action."""
    status = query_status(facts)
    if action not in QUERY_ACTIONS[status]:
        raise IllegalAction(refusal(action, status))


def refusal(action: QueryAction, status: QueryStatus) -> str:
    """Why the action is not possible in that state."""
    general = REFUSALS.get(action, _n("This cannot be done now."))
    return REFUSALS_IN.get((status, action), general)


REFUSALS: Mapping[QueryAction, str] = {
    QueryAction.CHANGE: _n("A query that was sent or has ended is not changed."),
    QueryAction.ROUTE: _n("A query that was sent or has ended asks nobody any more."),
    QueryAction.CONSOLIDATE: _n("The national response is fixed: it was sent."),
    QueryAction.ASK_CLEARANCE: _n("Clearance needs a text for every question."),
    QueryAction.CLEAR: _n("No clearance is asked for this text."),
    QueryAction.RECORD_SENT: _n("The text as it stands now is not cleared."),
    QueryAction.PUBLISH: _n("Only a response that was sent can be published."),
}
REFUSALS_IN: Mapping[tuple[QueryStatus, QueryAction], str] = {
    (QueryStatus.IN_CLEARANCE, QueryAction.ASK_CLEARANCE): _n(
        "Clearance is asked for already."
    ),
    (QueryStatus.CLEARED, QueryAction.ASK_CLEARANCE): _n(
        "The text as it stands now is cleared already."
    ),
    (QueryStatus.SENT, QueryAction.RECORD_SENT): _n("It is recorded as sent already."),
    (QueryStatus.CLOSED, QueryAction.CLOSE): _n("The query is closed already."),
    (QueryStatus.CLOSED, QueryAction.CONSOLIDATE): _n("The query is closed."),
    (QueryStatus.WITHDRAWN, QueryAction.CONSOLIDATE): _n(
        "The asking country has withdrawn the query."
    ),
}
