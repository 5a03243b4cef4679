"""What happened since a person's last digest, and what is awaited."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.domain.morning import About, Awaited, Found, Happened, Morning, morning
from emnnet.domain.roles import ActorKind
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.event import Event
from emnnet.models.institution import Institution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.task import Task, TaskKind
from emnnet.models.user import User
from emnnet.selectors.chases import RUNNING
from emnnet.selectors.clock_stops import IS_STOPPED
from emnnet.selectors.query_facts import OWED

TOLD_BY: dict[str, MailKind] = {
    EventKind.SUBMITTED: MailKind.CONTRIBUTION_RECEIVED,
    EventKind.DECLINED: MailKind.CONTRIBUTION_DECLINED,
    EventKind.CHANGE_ASKED: MailKind.CHANGE_ASKED,
    EventKind.MORE_TIME_ASKED: MailKind.MORE_TIME_ASKED,
    EventKind.CLEARANCE_ASKED: MailKind.CLEARANCE_ASKED,
    EventKind.CLEARED: MailKind.CLEARANCE_DECIDED,
    EventKind.CLEARANCE_REFUSED: MailKind.CLEARANCE_DECIDED,
}
"""The mail that tells of such an event at once, to whom it is sent (B16)."""

NEWS = {
    EventKind.REGISTERED,
    EventKind.QUESTION_CORRECTED,
    EventKind.SUBMITTED,
    EventKind.DECLINED,
    EventKind.PROMISED,
    EventKind.CHANGE_ASKED,
    EventKind.MORE_TIME_ASKED,
    EventKind.FORM_RETURNED,
    EventKind.ATTACHED,
    EventKind.RETURNED,
    EventKind.CALLED,
    EventKind.CLOCK_STOPPED,
    EventKind.CLOCK_RESTARTED,
    EventKind.REPLY_BY_MOVED,
    EventKind.REPLY_BY_TAKEN_BACK,
    EventKind.CLEARANCE_ASKED,
    EventKind.CLEARED,
    EventKind.CLEARANCE_REFUSED,
    EventKind.SENT,
    EventKind.WITHDRAWN,
    EventKind.CLOSED,
    EventKind.REOPENED,
    EventKind.PUBLISHED,
}
"""What a coordinator wants to know of the next morning, if a colleague did it."""

INTAKE = TaskKind.INTAKE_FAILED


@dataclass(frozen=True)
class Window:
    """For whom, and from when to when."""

    user: User
    since: datetime
    until: datetime


def read_morning(
    session: Session, window: Window, *, today: date, begins_week: bool
) -> Morning:
    """All of one person's digest, in four statements."""
    new, count, intake = _tasks(session, window)
    return morning(
        _happened(session, window),
        _awaited(session),
        new,
        today=today,
        open_tasks=count,
        intake_failed_since=intake,
        begins_week=begins_week,
    )


def _happened(session: Session, window: Window) -> list[Happened]:
    told = _told(session, window)
    rows = session.execute(
        select(Event, Query.year, Query.number, Query.title)
        .join(Query, Query.id == Event.query_id)
        .where(
            Event.at > window.since,
            Event.at <= window.until,
            Event.kind.in_(NEWS),
            Query.deleted_at.is_(None),
        )
        .order_by(Event.id)
    )
    found = []
    for event, year, number, title in rows:
        about = About(event.query_id or 0, f"{year}.{number}", title)
        assignment = event.facts.get("assignment")
        kind = TOLD_BY.get(event.kind)
        at_once = kind is not None and (
            (kind, assignment) in told or (kind, None, event.query_id) in told
        )
        found.append(
            Happened(
                about,
                str(event.kind),
                str(event.facts.get("institution") or event.actor_name),
                str(event.facts.get("question") or ""),
                is_own=_is_own(event, window.user),
                told=at_once,
            )
        )
    return found


def _is_own(event: Event, user: User) -> bool:
    person = event.actor_kind is ActorKind.PERSON
    return person and (event.actor_name, event.actor_role) == (user.name, user.role)


def _told(session: Session, window: Window) -> set[tuple[object, ...]]:
    """Which mails told this person at once: by assignment, else by query."""
    rows = session.execute(
        select(
            OutboxMessage.kind, OutboxMessage.assignment_id, OutboxMessage.query_id
        ).where(
            OutboxMessage.recipient == window.user.email,
            OutboxMessage.kind.in_(set(TOLD_BY.values())),
            OutboxMessage.queued_at > window.since,
            OutboxMessage.queued_at <= window.until,
        )
    )
    return {
        (kind, assignment_id) if assignment_id else (kind, None, query_id)
        for kind, assignment_id, query_id in rows
    }


def _awaited(session: Session) -> list[Awaited]:
    """What is owed on queries that run, once an institution and day."""
    due = func.coalesce(Contribution.due_on, Assignment.due_on).label("due_on")
    rows = session.execute(
        select(
            Query.id,
            Query.year,
            Query.number,
            Query.title,
            Institution.abbreviation,
            Institution.name_en,
            due,
            Contribution.promised_on,
        )
        .join(Assignment, Assignment.query_id == Query.id)
        .join(Contribution, Contribution.assignment_id == Assignment.id)
        .join(Institution, Institution.id == Assignment.institution_id)
        .where(OWED, RUNNING, ~IS_STOPPED)
        .distinct()
    )
    found = [
        Awaited(
            About(row.id, f"{row.year}.{row.number}", row.title),
            row.abbreviation.split(" / ")[0] or row.name_en,
            max(row.due_on, row.promised_on or row.due_on),
        )
        for row in rows
    ]
    return list(dict.fromkeys(found))


def _tasks(
    session: Session, window: Window
) -> tuple[list[Found], int, datetime | None]:
    """The tasks opened since, how many are open, and since when no mail comes in."""
    rows = session.execute(
        select(
            Task.kind,
            Task.made_at,
            Institution.abbreviation,
            Institution.name_en,
            Query.year,
            Query.number,
        )
        .join(Institution, Institution.id == Task.institution_id, isouter=True)
        .join(Query, Query.id == Task.query_id, isouter=True)
        .where(Task.done_at.is_(None))
        .order_by(Task.id)
    ).all()
    failed = [row.made_at for row in rows if row.kind == INTAKE]
    new = [
        Found(
            str(row.kind),
            (row.abbreviation or "").split(" / ")[0] or row.name_en or "",
            f"{row.year}.{row.number}" if row.year else "",
        )
        for row in rows
        if row.made_at > window.since and row.kind != INTAKE
    ]
    return new, len(rows), min(failed, default=None)


def recipients(session: Session, roles: Collection[str]) -> list[User]:
    """Who wants a digest, in the order of their accounts. One statement."""
    wanted = (
        select(User)
        .where(User.role.in_(roles), User.deactivated_at.is_(None), User.wants_digest)
        .order_by(User.id)
    )
    return list(session.scalars(wanted))
