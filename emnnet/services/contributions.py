"""What institutions do with the questions they were sent, once drafts are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from emnnet.domain.contributing import (
    Refusal,
    check_change,
    check_promise,
    check_ready,
    check_refusal,
)
from emnnet.domain.errors import IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import ContributionAction, allow, contribution_status
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.selectors.contributions import draft_of, facts_of
from emnnet.services import contribution_mails as mails
from emnnet.services.contribution_events import record_assignment, record_for
from emnnet.services.contribution_versions import add_version, sent_with
from emnnet.services.drafts import NOTES_ONLY, DraftConflict, locked
from emnnet.services.late_answers import tell_of_late, tell_of_note

ALREADY_ACCEPTED = _n("%(who)s has accepted this query already.")
NOTHING_OPEN = _n("Nothing is open here any more.")
ASKED_ALREADY = _n("A change was asked for already; the office will write to you.")
NOTHING_CHOSEN = _n("Choose at least one answer to send.")


@dataclass(frozen=True)
class Submission:
    """What came of pressing "send"."""

    versions: list[ContributionVersion] = field(default_factory=list)
    kept: list[Contribution] = field(default_factory=list)  # taken away meanwhile
    is_repeated: bool = False  # the same press once more: nothing was done


def acknowledge(
    session: Session, assignment: Assignment, *, by: Actor, now: datetime
) -> None:
    """The institution takes the query on. Raises `IllegalAction` the second time."""
    _undecided(session, assignment)
    assignment.acknowledged_at, assignment.acknowledged_by = now, by.name
    record_assignment(session, EventKind.ACKNOWLEDGED, assignment, by=by, now=now)


def submit(
    session: Session,
    assignment: Assignment,
    contributions: Sequence[Contribution],
    *,
    by: Actor,
    now: datetime,
    key: str = "",
    seen: Mapping[int, int] | None = None,
) -> Submission:
    """Send the drafts as they stand; all of them, or none if one is not ready.

    `key` names one press of the button: the second time nothing happens. `seen` maps
    contribution ids to the draft numbers that were read before sending. Raises
    `DraftConflict`, `IllegalAction`, or `DomainError` where an answer lacks something.
    """
    if not contributions:
        raise IllegalAction(NOTHING_CHOSEN)
    held = [locked(session, one) for one in sorted(contributions, key=lambda c: c.id)]
    earlier = sent_with(session, assignment, key)
    if earlier:
        return Submission(earlier, is_repeated=True)
    open_ones, kept = _sorted_out(held, assignment)
    for contribution in open_ones:
        _check_sendable(contribution, assignment, seen or {})
    versions = [
        add_version(session, one, by=by, now=now, key=key or None) for one in open_ones
    ]
    if versions:
        mails.tell_received(session, assignment, versions, now=now)
        mails.send_receipt(session, assignment, versions, by=by, now=now)
        tell_of_late(session, assignment, versions, now=now)
    for contribution in kept:
        tell_of_note(session, contribution, now=now)
    return Submission(versions, kept)


def decline(
    session: Session,
    contribution: Contribution,
    refusal: Refusal,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Say that there will be no text, why, and whom to ask instead."""
    _decline(session, [contribution], refusal, by=by, now=now)


def decline_all(
    session: Session,
    assignment: Assignment,
    refusal: Refusal,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Decline whatever is open. Refused once somebody has accepted the query."""
    _undecided(session, assignment)
    _decline(session, _open(assignment), refusal, by=by, now=now)


def promise(
    session: Session, contribution: Contribution, day: date, *, by: Actor, now: datetime
) -> None:
    """Say by which day the answer will come; the office sees it, no date moves."""
    contribution = locked(session, contribution)
    _allow(ContributionAction.PROMISE, contribution)
    check_promise(day, office_day(now))
    contribution.promised_on, contribution.promised_at = day, now
    record_for(
        session, EventKind.PROMISED, contribution, by=by, now=now, promised_on=day
    )


def ask_for_change(
    session: Session,
    contribution: Contribution,
    reason: str,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Ask the office to open an answer again. Once for each state of the answer."""
    contribution = locked(session, contribution)
    _allow(ContributionAction.ASK_FOR_CHANGE, contribution)
    check_change(reason)
    if change_is_pending(contribution):
        raise IllegalAction(ASKED_ALREADY)
    contribution.change_asked_at = now
    contribution.change_reason = reason.strip()
    record_for(session, EventKind.CHANGE_ASKED, contribution, by=by, now=now)
    mails.tell_change_asked(session, contribution, now=now)


def change_is_pending(contribution: Contribution) -> bool:
    """Was a change asked for that the office has not answered by returning it?"""
    asked, returned = contribution.change_asked_at, contribution.returned_at
    return asked is not None and (returned is None or returned < asked)


def _undecided(session: Session, assignment: Assignment) -> None:
    """The assignment is locked, nobody has accepted it, and something is open."""
    session.flush()
    session.refresh(assignment, with_for_update={"of": Assignment})
    if assignment.acknowledged_at is not None:
        raise IllegalAction(ALREADY_ACCEPTED, who=assignment.acknowledged_by or "")
    if not _open(assignment):
        raise IllegalAction(NOTHING_OPEN)


def _open(assignment: Assignment) -> list[Contribution]:
    return [
        contribution
        for contribution in assignment.contributions
        if contribution_status(facts_of(contribution, assignment.query)).is_owed
    ]


def _allow(action: ContributionAction, contribution: Contribution) -> None:
    allow(action, facts_of(contribution, contribution.assignment.query))


def _sorted_out(
    held: Sequence[Contribution], assignment: Assignment
) -> tuple[list[Contribution], list[Contribution]]:
    """Those that may be sent, and those that were taken away meanwhile."""
    open_ones: list[Contribution] = []
    kept: list[Contribution] = []
    for contribution in held:
        status = contribution_status(facts_of(contribution, assignment.query))
        (kept if status in NOTES_ONLY else open_ones).append(contribution)
    return open_ones, kept


def _check_sendable(
    contribution: Contribution, assignment: Assignment, seen: Mapping[int, int]
) -> None:
    if contribution.assignment_id != assignment.id:
        raise ValueError("a contribution of another assignment")
    _allow(ContributionAction.SUBMIT, contribution)
    if (
        seen.get(contribution.id, contribution.draft_number)
        != contribution.draft_number
    ):
        raise DraftConflict(contribution)
    check_ready(draft_of(contribution))


def _decline(
    session: Session,
    contributions: Sequence[Contribution],
    refusal: Refusal,
    *,
    by: Actor,
    now: datetime,
) -> None:
    check_refusal(refusal)
    held = [locked(session, one) for one in sorted(contributions, key=lambda c: c.id)]
    for contribution in held:
        _allow(ContributionAction.DECLINE, contribution)
        contribution.declined_at, contribution.declined_by = now, by.name
        contribution.wording = contribution.question.number
        contribution.promised_on = contribution.promised_at = None
        contribution.decline_reason = refusal.reason
        contribution.decline_note = refusal.note.strip() or None
        contribution.suggested_institution_id = refusal.suggested_institution_id
        contribution.suggested_other = refusal.suggested_other.strip() or None
        record_for(
            session,
            EventKind.DECLINED,
            contribution,
            by=by,
            now=now,
            reason=refusal.reason.value,
            suggested=refusal.suggested_institution_id,
        )
    mails.tell_declined(session, held, now=now)
