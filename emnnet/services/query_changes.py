"""Changing what a query says, and how it relates to earlier ones."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from emnnet.domain.errors import DomainError, StaleVersion
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.domain.roles import Actor
from emnnet.models.query import Query, QueryRelation, QueryTag, RelationKind
from emnnet.models.theme import Theme
from emnnet.models.user import User
from emnnet.selectors.corrections import planned_corrections
from emnnet.selectors.query_facts import get_query_facts
from emnnet.services.corrections import carry_out
from emnnet.services.events import record
from emnnet.services.queries import check_draft, plain_tags
from emnnet.services.query_drafts import QueryDraft
from emnnet.services.query_questions import change_questions
from emnnet.services.search_pending import mark_pending

CHANGED_MEANWHILE = _n(
    "Somebody else changed this query while you were writing."
    " Your text is still here: compare it with the query, then save again."
)
ITSELF = _n("A query is not related to itself.")
RELATED_ALREADY = _n("This relation to query %(reference)s is recorded already.")
NAMED = (
    "title",
    "requester_kind",
    "requester_code",
    "requester_printed",
    "originator",
    "launched_on",
    "reply_by",
    "compiled_on",
    "theme_id",
    "foreign_reference",
    "stated_total",
    "coordinator_id",
)
"""Fields whose value before and after goes into the history."""
ROWS: dict[str, tuple[str, type[Theme] | type[User]]] = {
    "theme_id": ("theme", Theme),
    "coordinator_id": ("coordinator", User),
}
LONG = ("printed_title", "background", "summary")
"""Fields of which the history only says that they changed."""


def change_query(
    session: Session,
    query: Query,
    draft: QueryDraft,
    *,
    version: int,
    by: Actor,
    now: datetime,
    due_on: date | None = None,
) -> None:
    """Write the draft over the query; former wordings of questions are kept.

    Institutions that have a corrected question are told; `due_on` gives those who
    still owe an answer to it more time. Raises `StaleVersion` if it was changed since
    `version` was read.
    """
    if query.version != version:
        raise StaleVersion(CHANGED_MEANWHILE)
    allow_query(QueryAction.CHANGE, get_query_facts(session, query))
    check_draft(draft)
    changes = _changed_fields(session, query, draft)
    changes |= _changed_tags(query, draft)
    texts = [(one.question_id, one.text) for one in draft.questions]
    corrections = planned_corrections(session, query, texts)
    changes |= change_questions(session, query, draft.questions, by=by, now=now)
    if changes:
        flag_modified(query, "title")  # a new version, also for tags and questions
        record(session, EventKind.QUERY_CHANGED, query, by=by, now=now, **changes)
        mark_pending(session, query, now=now)
    carry_out(session, query, corrections, due_on, by=by, now=now)


def relate(
    session: Session,
    query: Query,
    earlier: Query,
    kind: RelationKind,
    *,
    by: Actor,
    now: datetime,
) -> QueryRelation:
    """Record that the query is an update, follow-up or part of an earlier one."""
    if query.id == earlier.id:
        raise DomainError(ITSELF)
    if _find_relation(session, query, earlier, kind):
        raise DomainError(RELATED_ALREADY, reference=earlier.reference)
    relation = QueryRelation(query_id=query.id, earlier_id=earlier.id, kind=kind)
    session.add(relation)
    facts = {"relation": kind, "earlier": earlier.reference}
    record(session, EventKind.RELATED, query, by=by, now=now, **facts)
    return relation


def unrelate(
    session: Session, relation: QueryRelation, *, by: Actor, now: datetime
) -> None:
    """Take a relation away that was recorded by mistake."""
    facts = {"relation": relation.kind, "earlier": relation.earlier.reference}
    facts |= {"taken_away": "yes"}
    record(session, EventKind.RELATED, relation.query, by=by, now=now, **facts)
    session.delete(relation)


def _find_relation(
    session: Session, query: Query, earlier: Query, kind: RelationKind
) -> QueryRelation | None:
    return session.scalar(
        select(QueryRelation).where(
            QueryRelation.query_id == query.id,
            QueryRelation.earlier_id == earlier.id,
            QueryRelation.kind == kind,
        )
    )


def _changed_fields(
    session: Session, query: Query, draft: QueryDraft
) -> dict[str, object]:
    changes: dict[str, object] = {}
    for name in (*NAMED, *LONG):
        before, after = getattr(query, name), getattr(draft, name)
        after = after.strip() if isinstance(after, str) else after
        if (before or None) == (after or None):
            continue
        setattr(query, name, after if name in LONG or after else _nothing(name))
        if name in ROWS:
            word, kind = ROWS[name]
            changes[word] = [_name(session, kind, id_) for id_ in (before, after)]
        else:
            shown = name in NAMED
            changes[name] = [_plain(before), _plain(after)] if shown else "changed"
    return changes


def _name(session: Session, kind: type[Theme] | type[User], id_: object) -> str | None:
    """What the history calls a theme or a person: a number tells nobody anything."""
    column = Theme.name_en if kind is Theme else User.name
    return session.scalar(select(column).where(kind.id == id_)) if id_ else None


def _nothing(name: str) -> str | None:
    return "" if name == "requester_printed" else None


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _changed_tags(query: Query, draft: QueryDraft) -> dict[str, object]:
    before, after = [tag.tag for tag in query.tags], plain_tags(draft.tags)
    if sorted(before) == sorted(after):
        return {}
    kept = [tag for tag in query.tags if tag.tag in after]
    new = [QueryTag(tag=tag) for tag in after if tag not in before]
    query.tags = [*kept, *new]
    return {"tags": [sorted(before), sorted(after)]}
