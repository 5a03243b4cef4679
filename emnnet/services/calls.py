"""Telephoning: items of the call list, and the notes that become facts."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.calls import CallNoteGiven, CallOutcome, check_note
from emnnet.domain.errors import IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import SCHEDULER, Actor
from emnnet.models.assignment import Assignment
from emnnet.models.call_note import CallNote
from emnnet.models.task import Task, TaskKind
from emnnet.selectors.call_facts import OPEN_CALL
from emnnet.selectors.calls import open_calls, worth_a_call
from emnnet.selectors.reminders import owed_of
from emnnet.services.contribution_events import record_assignment
from emnnet.services.contributions import promise
from emnnet.services.tasks import finish_task, open_task

NOTHING_OWED = _n("Nothing is owed there any more: no call is needed.")
STAYS = {CallOutcome.NOT_REACHED}


def put_on_list(
    session: Session, assignment: Assignment, *, by: Actor, now: datetime
) -> Task:
    """The office wants to telephone. Once on the list, it is there once."""
    if not owed_of(assignment):
        raise IllegalAction(NOTHING_OWED)
    there = open_calls(session, assignment.id)
    if there:
        return there[0]
    return open_task(
        session,
        TaskKind.CALL,
        f"call:{assignment.id}:by-hand:{now.isoformat()}",
        now=now,
        query_id=assignment.query_id,
        institution_id=assignment.institution_id,
        assignment=assignment.id,
        by=by.name,
    )


def note_call(
    session: Session,
    assignment: Assignment,
    given: CallNoteGiven,
    *,
    by: Actor,
    now: datetime,
) -> CallNote:
    """Keep what came of a call. A promise stands at each question that is owed.

    Who was not reached stays on the list. Raises `DomainError` for a promise without
    a day or for a day that is over, `IllegalAction` where nothing is owed any more.
    """
    check_note(given, office_day(now))
    owed = owed_of(assignment)
    if not owed:
        raise IllegalAction(NOTHING_OWED)
    promised = given.outcome is CallOutcome.PROMISED
    day: date | None = given.promised_on if promised else None
    note = CallNote(
        assignment_id=assignment.id,
        outcome=given.outcome,
        promised_on=day,
        text=given.text.strip(),
        at=now,
        by=by.name,
    )
    session.add(note)
    session.flush()
    if day is not None:
        for contribution in owed:
            promise(session, contribution, day, by=by, now=now)
    facts = {"outcome": given.outcome.value, "promised_on": day, "note": note.id}
    record_assignment(session, EventKind.CALLED, assignment, by=by, now=now, **facts)
    if given.outcome not in STAYS:
        for task in open_calls(session, assignment.id):
            finish_task(task, by=by, now=now)
    return note


def take_off_list(session: Session, task: Task, *, by: Actor, now: datetime) -> None:
    """No call is needed after all."""
    if task.done_at is None:
        finish_task(task, by=by, now=now)


def settle_calls(session: Session, *, now: datetime) -> int:
    """Finish the calls whose answers have come, or whose query is over; how many."""
    needed = worth_a_call(session)
    rows = session.scalars(select(Task).where(OPEN_CALL))
    settled = [task for task in rows if task.facts.get("assignment") not in needed]
    for task in settled:
        finish_task(task, by=SCHEDULER, now=now)
    return len(settled)
