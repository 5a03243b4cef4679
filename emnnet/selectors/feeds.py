"""Reading the dates of a person's calendar: an institution sees its own day only."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload

from emnnet.domain.feed import (
    FeedEntry,
    FeedKind,
    FeedState,
    nearest,
    window,
)
from emnnet.domain.lifecycle import ContributionStatus, contribution_status
from emnnet.domain.links import digest
from emnnet.domain.roles import OFFICE_ROLES, Role
from emnnet.models.assignment import Assignment
from emnnet.models.calendar_feed import CalendarFeed
from emnnet.models.contribution import Contribution
from emnnet.models.query import Query
from emnnet.selectors.contributions import facts_of
from emnnet.selectors.feed_queries import office_entries
from emnnet.selectors.feed_revisions import Revision, revisions

GONE = {ContributionStatus.RELEASED, ContributionStatus.WITHDRAWN}


def find_feed(session: Session, token: str, today: date) -> CalendarFeed | None:
    """The calendar behind an address, unless it was revoked or its owner has left."""
    feed = session.scalar(
        select(CalendarFeed)
        .where(CalendarFeed.digest == digest(token), CalendarFeed.revoked_at.is_(None))
        .options(joinedload(CalendarFeed.user), joinedload(CalendarFeed.contact))
    )
    return feed if feed is not None and _counts(feed, today) else None


def find_made(
    session: Session, *, user_id: int | None = None, contact_id: int | None = None
) -> CalendarFeed | None:
    """The address that a person has now, or none."""
    return session.scalar(
        select(CalendarFeed).where(
            CalendarFeed.user_id == user_id,
            CalendarFeed.contact_id == contact_id,
            CalendarFeed.revoked_at.is_(None),
        )
    )


def feed_entries(session: Session, feed: CalendarFeed, today: date) -> list[FeedEntry]:
    """What stands in the calendar, in the order of days."""
    if feed.user is not None and feed.user.role in OFFICE_ROLES:
        return nearest(office_entries(session, today), today)
    institution_id = _institution_of(feed)
    if institution_id is None:
        return []
    return nearest(institution_entries(session, institution_id, today), today)


def institution_entries(
    session: Session, institution_id: int, today: date
) -> list[FeedEntry]:
    """The institution's own days. Two statements."""
    first, last = window(today)
    rows = session.scalars(
        select(Contribution)
        .join(Contribution.assignment)
        .join(Assignment.query)
        .where(
            Assignment.institution_id == institution_id,
            Query.deleted_at.is_(None),
            func.coalesce(Contribution.due_on, Assignment.due_on).between(first, last),
        )
        .options(
            contains_eager(Contribution.assignment).contains_eager(Assignment.query),
            joinedload(Contribution.question),
            defer(Contribution.return_comment),
        )
        .order_by(Assignment.id, Contribution.id)
    ).all()
    by_day: dict[tuple[Assignment, int | None], list[Contribution]] = {}
    for row in rows:
        own = row.id if _has_own_day(row) else None
        by_day.setdefault((row.assignment, own), []).append(row)
    known = revisions(session, {row.assignment.query_id for row in rows})
    return [
        entry
        for (assignment, own), cells in by_day.items()
        for entry in _own_entry(assignment, own, cells, known)
    ]


def _own_entry(
    assignment: Assignment,
    own: int | None,
    cells: Iterable[Contribution],
    known: Mapping[int, Revision],
) -> Iterator[FeedEntry]:
    cells = list(cells)
    state, query = _state(cells, assignment.query), assignment.query
    if state is None:
        return
    revision = known.get(query.id, Revision(0, assignment.asked_at))
    yield FeedEntry(
        kind=FeedKind.DUE,
        uid=f"assignment-{assignment.id}" + (f"-{own}" if own else ""),
        day=(cells[0].due_on if own else None) or assignment.due_on,
        hour=cells[0].due_time if own else assignment.due_time,
        reference=query.reference,
        title=query.title,
        state=state,
        sequence=revision.number,
        changed_at=revision.at,
        query_id=query.id,
        assignment_id=assignment.id,
        questions=cells[0].question.label if own else "",
    )


def _state(cells: list[Contribution], query: Query) -> FeedState | None:
    """None where the institution was only informed."""
    found = [contribution_status(facts_of(cell, query)) for cell in cells]
    asked = [one for one in found if one is not ContributionStatus.INFORMED]
    if not asked:
        return None
    if all(one in GONE for one in asked):
        return FeedState.CANCELLED
    return FeedState.OPEN if any(one.is_owed for one in asked) else FeedState.DONE


def _has_own_day(row: Contribution) -> bool:
    return row.due_on is not None and row.due_on != row.assignment.due_on


def _counts(feed: CalendarFeed, today: date) -> bool:
    if feed.contact is not None:
        return feed.contact.valid_to is None or feed.contact.valid_to >= today
    return feed.user is not None and feed.user.deactivated_at is None


def _institution_of(feed: CalendarFeed) -> int | None:
    if feed.contact is not None:
        return feed.contact.institution_id
    is_contact = feed.user is not None and feed.user.role is Role.CONTACT
    return feed.user.institution_id if feed.user and is_contact else None
