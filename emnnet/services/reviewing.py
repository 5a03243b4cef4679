"""Reviewing contributions: accepted, or returned with a comment and a new date."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, StaleVersion
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import ContributionAction, allow
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.models.contribution import Contribution, ContributionVersion, LateChoice
from emnnet.selectors.contacts import find_addressee
from emnnet.selectors.contributions import facts_of
from emnnet.services.events import record
from emnnet.services.outbox import enqueue

ARRIVED = _n("Version %(number)d has arrived. Look at the difference.")


def accept(
    session: Session, contribution: Contribution, *, seen: int, by: Actor, now: datetime
) -> None:
    """Accept the version that was looked at.

    Raises `StaleVersion` if a newer one has arrived.
    """
    _check(contribution, ContributionAction.ACCEPT, seen)
    contribution.accepted_number, contribution.accepted_at = seen, now
    _record(session, EventKind.ACCEPTED, contribution, by=by, now=now, version=seen)


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

    What was accepted about it is void, its clock starts anew, and its institution is
    told. Raises `StaleVersion` if a newer version has arrived, `DomainError` without
    a comment or with a day that is over.
    """
    _check(contribution, ContributionAction.RETURN, seen)
    if not comment.strip():
        raise DomainError(_n("Say what is to be revised."))
    if due_on <= office_day(now):
        raise DomainError(_n("Choose a day after today."))
    contribution.returned_number = contribution.latest_number
    contribution.returned_at, contribution.return_comment = now, comment.strip()
    contribution.due_on, contribution.promised_on = due_on, None
    contribution.declined_at = contribution.declined_by = None
    contribution.decline_reason = contribution.decline_note = None
    contribution.change_asked_at = contribution.change_reason = None
    contribution.accepted_number = 0
    contribution.assignment.clock_start += 1
    facts = {"version": seen, "due_on": due_on}
    _record(session, EventKind.RETURNED, contribution, by=by, now=now, **facts)
    _tell(session, contribution, now=now)


def choose_for_late(
    session: Session,
    version: ContributionVersion,
    choice: LateChoice,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """What becomes of an answer that came after the national text was fixed."""
    version.late_choice = choice
    facts = {"version": version.number, "choice": choice}
    kind = EventKind.LATE_CHOSEN
    _record(session, kind, version.contribution, by=by, now=now, **facts)


def _check(contribution: Contribution, action: ContributionAction, seen: int) -> None:
    if contribution.latest_number != seen:
        raise StaleVersion(ARRIVED, number=contribution.latest_number)
    allow(action, facts_of(contribution, contribution.assignment.query))


def _tell(session: Session, contribution: Contribution, *, now: datetime) -> None:
    assignment = contribution.assignment
    to = find_addressee(session, assignment.institution_id, office_day(now))
    if to is not None:
        key = f"returned:{contribution.id}:{assignment.clock_start}"
        facts = {
            "contribution": contribution.id,
            "question": contribution.question.label,
            "comment": contribution.return_comment,
            "due_on": str(contribution.due_on),
        }
        enqueue(
            session,
            MailKind.RETURNED,
            to,
            key=key,
            now=now,
            assignment=assignment,
            facts=facts,
        )


def _record(
    session: Session,
    kind: EventKind,
    contribution: Contribution,
    *,
    by: Actor,
    now: datetime,
    **facts: object,
) -> None:
    assignment = contribution.assignment
    record(
        session,
        kind,
        assignment.query,
        by=by,
        now=now,
        institution=assignment.institution.slug,
        question=contribution.question.label,
        **facts,
    )
