"""Word forms that came back: kept to be looked at, then taken in as drafts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from emnnet.domain.contributing import Draft, Refusal
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.domain.word_form import FilledForm, FormOutcome, as_plain, from_plain
from emnnet.domain.word_proposal import FieldChange, joined, proposed_draft
from emnnet.models.assignment import Assignment
from emnnet.models.word_return import WordReturn
from emnnet.selectors.word_forms import Proposed, propose
from emnnet.services.contribution_events import record_assignment
from emnnet.services.contributions import decline
from emnnet.services.drafts import save_draft

KEPT_FOR = timedelta(days=60)
OTHER_ASSIGNMENT = _n(
    "This form belongs to another query or another institution. Choose the form that "
    "was downloaded here. Nothing was taken over."
)
NOTHING_INSIDE = _n(
    "No field of the form was found in this file. Choose the form that was downloaded "
    "here and filled in. Nothing was taken over."
)
SETTLED = _n("This form was taken in or thrown away already.")
NOTHING_CHOSEN = _n("Tick at least one answer to take over.")
REASONS = {
    FormOutcome.NO_DATA: DeclineReason.NO_DATA,
    FormOutcome.NOT_COMPETENT: DeclineReason.NOT_COMPETENT,
}


@dataclass(frozen=True)
class TakenIn:
    """What came of a form."""

    drafts: list[int] = field(default_factory=list)  # ids of contributions
    declined: list[int] = field(default_factory=list)


def keep_return(
    session: Session,
    assignment: Assignment,
    form: FilledForm,
    *,
    file_name: str,
    by: Actor,
    now: datetime,
) -> WordReturn:
    """Keep a form that was read, until somebody has looked at what it would change.

    Raises `DomainError` for a form of another assignment, or without any field.
    """
    if form.assignment_id not in (None, assignment.id):
        raise DomainError(OTHER_ASSIGNMENT)
    proposal = propose(session, assignment, form)
    if not (proposal.questions or proposal.strangers):
        raise DomainError(NOTHING_INSIDE)
    _forget_old(session, now=now)
    row = WordReturn(
        assignment_id=assignment.id,
        file_name=file_name,
        content=as_plain(form),
        returned_at=now,
        returned_by=by.name,
    )
    session.add(row)
    session.flush()
    facts = {"form": row.id, "questions": len(proposal.questions)}
    record_assignment(
        session, EventKind.FORM_RETURNED, assignment, by=by, now=now, **facts
    )
    return row


def take_in(
    session: Session,
    row: WordReturn,
    chosen: Mapping[int, int],
    *,
    both: Collection[int] = (),
    by: Actor,
    now: datetime,
) -> TakenIn:
    """Make drafts of the chosen questions; nothing is submitted by it.

    `chosen` maps ids of contributions to the draft numbers that the preview showed;
    for those in `both` the draft stays, and the form's text is put under it. Raises
    `DraftConflict` where a draft changed since: then nothing is taken in.
    """
    session.refresh(row, with_for_update={"of": WordReturn})
    if row.settled_at is not None:
        raise IllegalAction(SETTLED)
    proposal = propose(session, row.assignment, from_plain(row.content))
    taken = TakenIn()
    for one in proposal.questions:
        id_ = one.cell.contribution.id
        if id_ in chosen and one.change is FieldChange.OUTCOME:
            _decline(session, one, by=by, now=now)
            taken.declined.append(id_)
        elif id_ in chosen and one.change.can_be_taken:
            make = joined if id_ in both else proposed_draft
            draft = make(one.field, one.cell.draft)
            _save(session, one, draft, chosen[id_], by=by, now=now)
            taken.drafts.append(id_)
    if not (taken.drafts or taken.declined):
        raise DomainError(NOTHING_CHOSEN)
    _settle(row, by=by, now=now)
    return taken


def throw_away(row: WordReturn, *, by: Actor, now: datetime) -> None:
    """Take nothing of a form over. Raises `IllegalAction` the second time."""
    if row.settled_at is not None:
        raise IllegalAction(SETTLED)
    _settle(row, by=by, now=now)


def _decline(session: Session, one: Proposed, *, by: Actor, now: datetime) -> None:
    given = one.field.given
    refusal = Refusal(REASONS[given.outcome], given.text.strip())
    decline(session, one.cell.contribution, refusal, by=by, now=now)


def _save(
    session: Session,
    one: Proposed,
    draft: Draft,
    seen: int,
    *,
    by: Actor,
    now: datetime,
) -> None:
    save_draft(
        session,
        one.cell.contribution,
        draft.text,
        draft.dissemination,
        draft.as_of,
        seen=seen,
        by=by,
        now=now,
    )


def _settle(row: WordReturn, *, by: Actor, now: datetime) -> None:
    row.settled_at, row.settled_by, row.content = now, by.name, {}


def _forget_old(session: Session, *, now: datetime) -> None:
    """Empty what nobody has looked at for two months."""
    session.execute(
        update(WordReturn)
        .where(WordReturn.settled_at.is_(None), WordReturn.returned_at < now - KEPT_FOR)
        .values(settled_at=now, content={})
    )
