"""An institution asks for more time; the office grants it or refuses."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import IllegalAction
from emnnet.domain.extension import check_request
from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.extension import Extension
from emnnet.models.task import Task, TaskKind
from emnnet.models.time_request import TimeRequest
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.contacts import find_addressee
from emnnet.selectors.extensions import first_due_on, owed_contributions
from emnnet.selectors.office import office_addressees
from emnnet.selectors.time_requests import find_open_request
from emnnet.services.contribution_events import record_assignment
from emnnet.services.date_moves import check_not_itself
from emnnet.services.extensions import give_time, open_to_extend
from emnnet.services.outbox import enqueue
from emnnet.services.tasks import finish_task, open_task

ASKED_ALREADY = _n("You have asked for more time already; the office will answer you.")
DECIDED = _n("This request was decided already.")
NOTHING_OPEN = _n("Nothing is open here any more.")


def ask_for_time(
    session: Session,
    assignment: Assignment,
    wanted_on: date,
    reason: str,
    *,
    by: Actor,
    now: datetime,
) -> TimeRequest:
    """Put it before the office, which decides; no date moves by asking.

    Raises `IllegalAction` where nothing is owed or one is undecided, `DomainError`
    for a day that is no later or absurd, or no reason.
    """
    session.refresh(assignment, with_for_update={"of": Assignment})
    owed = owed_contributions(session, assignment)
    if not owed:
        raise IllegalAction(NOTHING_OPEN)
    if find_open_request(session, assignment):
        raise IllegalAction(ASKED_ALREADY)
    due_on, calendar = first_due_on(owed), office_calendar(session)
    check_request(wanted_on, reason, due_on, calendar, office_day(now))
    request = TimeRequest(
        assignment_id=assignment.id,
        wanted_on=wanted_on,
        reason=reason.strip(),
        asked_at=now,
        asked_by=by.name,
    )
    session.add(request)
    session.flush()
    _tell_office(session, request, due_on, now=now)
    facts = {"wanted_on": wanted_on, "reason": request.reason}
    kind = EventKind.MORE_TIME_ASKED
    record_assignment(session, kind, assignment, by=by, now=now, **facts)
    return request


def grant(
    session: Session, request: TimeRequest, *, by: Actor, now: datetime
) -> Extension:
    """Give the time that was asked for; the institution reads its new date."""
    check_not_itself(by)
    _check_open(request)
    owed = open_to_extend(session, request.assignment, by=by)
    today = office_day(now)
    check_request(
        request.wanted_on,
        request.reason,
        first_due_on(owed),
        office_calendar(session),
        today,
    )
    extension = give_time(
        session,
        request.assignment,
        owed,
        request.wanted_on,
        request.reason,
        is_whole=True,
        by=by,
        now=now,
    )
    request.extension_id = extension.id
    _decided(session, request, by=by, now=now)
    return extension


def refuse(
    session: Session, request: TimeRequest, answer: str, *, by: Actor, now: datetime
) -> None:
    """The date stays; the institution is told, with the answer if there is one."""
    check_not_itself(by)
    _check_open(request)
    assignment = request.assignment
    request.answer = answer.strip() or None
    _decided(session, request, by=by, now=now)
    facts: dict[str, Any] = {"wanted_on": request.wanted_on.isoformat()}
    told = {"answer": request.answer} if request.answer else {}
    to = find_addressee(session, assignment.institution_id, office_day(now))
    owed = owed_contributions(session, assignment)
    if to is not None and owed:
        due_on = {"due_on": first_due_on(owed).isoformat()}
        enqueue(
            session,
            MailKind.MORE_TIME_REFUSED,
            to,
            key=f"more_time_refused:{request.id}",
            now=now,
            query=assignment.query,
            assignment=assignment,
            facts=facts | told | due_on,
        )
    reason = {"reason": request.answer} if request.answer else {}
    kind = EventKind.MORE_TIME_REFUSED
    record_assignment(session, kind, assignment, by=by, now=now, **facts, **reason)


def _check_open(request: TimeRequest) -> None:
    if request.decided_at is not None:
        raise IllegalAction(DECIDED)


def _decided(
    session: Session, request: TimeRequest, *, by: Actor, now: datetime
) -> None:
    request.decided_at, request.decided_by = now, by.name
    open_tasks = session.scalars(
        select(Task).where(Task.key == _key(request), Task.done_at.is_(None))
    )
    for task in open_tasks:
        finish_task(task, by=by, now=now)


def _key(request: TimeRequest) -> str:
    return f"more_time_asked:{request.id}"


def _tell_office(
    session: Session, request: TimeRequest, due_on: date, *, now: datetime
) -> None:
    """A task until it is decided, and a mail to the coordinator."""
    assignment = request.assignment
    open_task(
        session,
        TaskKind.MORE_TIME_ASKED,
        _key(request),
        now=now,
        query_id=assignment.query_id,
        institution_id=assignment.institution_id,
        request=request.id,
    )
    facts = {
        "due_on": request.wanted_on.isoformat(),
        "old": due_on.isoformat(),
        "reason": request.reason,
    }
    for to in office_addressees(session, assignment.query):
        enqueue(
            session,
            MailKind.MORE_TIME_ASKED,
            to,
            key=f"{_key(request)}:{to.email}",
            now=now,
            query=assignment.query,
            assignment=assignment,
            facts=facts,
        )
