"""Reading the dates of the office's calendar: reply-by, partners' days, the plan."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, time, timedelta

from sqlalchemy import Row, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.feed import FeedEntry, FeedKind, FeedState, window
from emnnet.domain.partner_dates import find_plan
from emnnet.domain.planner import StepName
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.query import Query
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.feed_revisions import Revision, revisions
from emnnet.selectors.query_facts import LIVE, OWED

PLANNED = timedelta(days=150)  # beyond, the plan back from reply-by says nothing yet
STEPS = {
    StepName.CONSOLIDATION: FeedKind.CONSOLIDATION,
    StepName.CLEARANCE: FeedKind.CLEARANCE,
    StepName.SENDING: FeedKind.SENDING,
}
Asked = Row[int, int, date, time | None, str, int, int]


def office_entries(session: Session, today: date) -> list[FeedEntry]:
    """All dates the office keeps an eye on. Five statements, whatever the number."""
    queries = session.scalars(_queries(today)).all()
    ids = [query.id for query in queries]
    asked: dict[int, list[Asked]] = {}
    for row in session.execute(_asked(ids)) if ids else ():
        asked.setdefault(row[1], []).append(row)
    known, calendar = revisions(session, ids), office_calendar(session)
    return [
        entry
        for query in queries
        for entry in _entries(
            query,
            asked.get(query.id, []),
            known.get(query.id, Revision(0, query.received_at)),
            calendar,
            today,
        )
    ]


def _queries(today: date) -> Select[Query]:
    first, last = window(today)
    due = exists().where(
        Assignment.query_id == Query.id, Assignment.due_on.between(first, last)
    )
    return (
        select(Query)
        .where(
            Query.deleted_at.is_(None),
            or_(Query.reply_by.between(first, last), due),
        )
        .order_by(Query.id)
    )


def _asked(
    query_ids: list[int],
) -> Select[int, int, date, time | None, str, int, int]:
    """One row an assignment: its day, whose it is, what is live and what is owed."""
    return (
        select(
            Assignment.id,
            Assignment.query_id,
            Assignment.due_on,
            Assignment.due_time,
            Institution.abbreviation,
            func.count(case((LIVE, 1))).label("live"),
            func.count(case((OWED, 1))).label("owed"),
        )
        .join(Institution, Institution.id == Assignment.institution_id)
        .join(Contribution, Contribution.assignment_id == Assignment.id)
        .where(Assignment.query_id.in_(query_ids))
        .group_by(
            Assignment.id,
            Assignment.query_id,
            Assignment.due_on,
            Assignment.due_time,
            Institution.abbreviation,
        )
        .order_by(Assignment.id)
    )


def _entries(
    query: Query,
    asked: list[Asked],
    revision: Revision,
    calendar: Calendar,
    today: date,
) -> Iterator[FeedEntry]:
    state = _state(query)
    if query.reply_by is not None:
        yield _entry(query, revision, FeedKind.REPLY_BY, query.reply_by, state)
    yield from _partners(query, asked, revision, state)
    near = query.reply_by is not None and abs(query.reply_by - today) <= PLANNED
    plan = find_plan(query.reply_by, calendar, today) if near else None
    for step in plan.steps if plan and state is not FeedState.DONE else ():
        if step.name in STEPS and step.working_days:
            yield _entry(query, revision, STEPS[step.name], step.on, state)


def _partners(
    query: Query, asked: list[Asked], revision: Revision, state: FeedState
) -> Iterator[FeedEntry]:
    """The day most institutions have, and each other day by itself."""
    live = [row for row in asked if row.live]
    days = Counter(row.due_on for row in live)
    usual = min(days, key=lambda day: (-days[day], day), default=None)
    if usual is not None:
        rows = [row for row in live if row.due_on == usual]
        uid = f"query-{query.id}-{FeedKind.PARTNERS}"
        yield _deadline(query, revision, rows, uid, state)
    for row in live:
        if row.due_on != usual:
            yield _deadline(query, revision, [row], f"asked-{row.id}", state)


def _deadline(
    query: Query, revision: Revision, rows: list[Asked], uid: str, state: FeedState
) -> FeedEntry:
    owed = any(row.owed for row in rows)
    hours = {row.due_time for row in rows}
    still = state if owed or state is FeedState.CANCELLED else FeedState.DONE
    return _entry(
        query,
        revision,
        FeedKind.PARTNERS,
        rows[0].due_on,
        still,
        uid=uid,
        hour=hours.pop() if len(hours) == 1 else None,
        whom=", ".join(sorted(row.abbreviation for row in rows)),
    )


def _entry(
    query: Query,
    revision: Revision,
    kind: FeedKind,
    day: date,
    state: FeedState,
    *,
    uid: str = "",
    hour: time | None = None,
    whom: str = "",
) -> FeedEntry:
    return FeedEntry(
        kind=kind,
        uid=uid or f"query-{query.id}-{kind}",
        day=day,
        hour=hour,
        reference=query.reference,
        title=query.title,
        state=state,
        sequence=revision.number,
        changed_at=revision.at,
        query_id=query.id,
        whom=whom,
    )


def _state(query: Query) -> FeedState:
    if query.withdrawn_at is not None:
        return FeedState.CANCELLED
    done = query.sent_on is not None or query.closed_at is not None
    return FeedState.DONE if done else FeedState.OPEN
