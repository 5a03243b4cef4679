"""Reviewing contributions: accepted, or returned with a comment and a new date."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, StaleVersion
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import ContributionAction, allow
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.domain.roles import Actor
from emnnet.models.contribution import Contribution, ContributionVersion, LateChoice
from emnnet.models.task import TaskKind
from emnnet.selectors.contacts import find_addressee
from emnnet.selectors.contributions import facts_of
from emnnet.selectors.late_tasks import late_tasks, note_tasks
from emnnet.selectors.query_facts import get_query_facts
from emnnet.services.contribution_events import record_for
from emnnet.services.outbox import enqueue
from emnnet.services.tasks import finish_task, open_task

ARRIVED = _n("Version %(number)d has arrived. Look at the difference.")
NO_COMMENT = _n("Say what is to be revised.")
NOT_LATER = _n("Choose a day after today.")


def accept(
    session: Session, contribution: Contribution, *, seen: int, by: Actor, now: datetime
) -> None:
    """Accept the version that was looked at.

    Raises `StaleVersion` if a newer one has arrived.
    """
    _check(contribution, ContributionAction.ACCEPT, seen)
    contribution.accepted_number, contribution.accepted_at = seen, now
    record_for(session, EventKind.ACCEPTED, contribution, by=by, now=now, version=seen)


def return_contribution(
    session: Session,
    contribution: Contribution,
    comment: str,
    due_on: date,
    *,
    seen: int,
    by: Actor,
    now: datetime,
) -> None:
    """Return one answer for revision: only this question opens again, by `due_on`.

    What was accepted about it is void, its own clock starts anew, and its institution
    is told. Raises `StaleVersion` if a newer version has arrived, `DomainError` without
    a comment or with a day that is over, `IllegalAction` once the response was sent.
    """
    query = contribution.assignment.query
    allow_query(QueryAction.CONSOLIDATE, get_query_facts(session, query))
    _check(contribution, ContributionAction.RETURN, seen)
    if not comment.strip():
        raise DomainError(NO_COMMENT)
    if due_on <= office_day(now):
        raise DomainError(NOT_LATER)
    contribution.returned_number = contribution.latest_number
    contribution.returned_at, contribution.return_comment = now, comment.strip()
    contribution.due_on, contribution.promised_on = due_on, None
    contribution.declined_at = contribution.declined_by = None
    contribution.decline_reason = contribution.decline_note = None
    contribution.suggested_institution_id = contribution.suggested_other = None
    contribution.change_asked_at = contribution.change_reason = None
    contribution.accepted_number, contribution.accepted_at = 0, None
    facts = {"version": seen, "due_on": due_on}
    record_for(session, EventKind.RETURNED, contribution, by=by, now=now, **facts)
    _tell(session, contribution, now=now)


def choose_for_late(
    session: Session,
    version: ContributionVersion,
    choice: LateChoice,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """What becomes of an answer that came after the national text was fixed.

    The text itself is not touched. Raises `IllegalAction` where it is to be used in a
    response that was sent.
    """
    query = version.contribution.assignment.query
    if choice is LateChoice.USE:
        allow_query(QueryAction.CONSOLIDATE, get_query_facts(session, query))
    version.late_choice = choice
    facts = {"version": version.number, "choice": choice}
    kind = EventKind.LATE_CHOSEN
    record_for(session, kind, version.contribution, by=by, now=now, **facts)
    for task in late_tasks(session, version):
        finish_task(task, by=by, now=now)


def take_note(
    session: Session, contribution: Contribution, *, by: Actor, now: datetime
) -> None:
    """Somebody knows that a text lies with a question that was taken back."""
    for task in note_tasks(session, contribution):
        finish_task(task, by=by, now=now)


def _check(contribution: Contribution, action: ContributionAction, seen: int) -> None:
    if contribution.latest_number != seen:
        raise StaleVersion(ARRIVED, number=contribution.latest_number)
    allow(action, facts_of(contribution, contribution.assignment.query))


def _tell(session: Session, contribution: Contribution, *, now: datetime) -> None:
    """Write to its contact; where there is none, put it before the office."""
    assignment = contribution.assignment
    to = find_addressee(session, assignment.institution_id, office_day(now))
    key = f"returned:{contribution.id}:{now.isoformat()}"
    facts = {
        "contributions": [contribution.id],
        "questions": [contribution.question.label],
        "due_on": str(contribution.due_on),
    }
    if to is not None:
        kind = MailKind.RETURNED
        enqueue(session, kind, to, key=key, now=now, assignment=assignment, facts=facts)
        return
    open_task(
        session,
        TaskKind.NO_CONTACT,
        key,
        now=now,
        query_id=assignment.query_id,
        institution_id=assignment.institution_id,
    )
