"""Drafts: saved by hand or by the page itself, and never over somebody else's."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.audience import Dissemination
from emnnet.domain.contributing import Draft, check_draft
from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import (
    ContributionAction,
    ContributionStatus,
    allow,
    contribution_status,
)
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.selectors.contributions import draft_of, facts_of
from emnnet.services.events import record
from emnnet.services.late_answers import tell_of_note

CHANGED = _n("%(who)s has changed this answer meanwhile. Both texts are here.")
NOTES_ONLY = {ContributionStatus.RELEASED, ContributionStatus.WITHDRAWN}


class DraftConflict(DomainError):
    """Somebody else saved meanwhile; carries what stands there now."""

    def __init__(self, contribution: Contribution) -> None:
        super().__init__(CHANGED, who=contribution.draft_saved_by or "")
        self.contribution_id = contribution.id
        self.number = contribution.draft_number
        self.draft = draft_of(contribution)
        self.saved_by = contribution.draft_saved_by
        self.saved_at = contribution.draft_saved_at


@dataclass(frozen=True)
class SavedDraft:
    """How a save ended."""

    number: int  # to be given as `seen` with the next save
    saved_at: datetime | None
    is_note: bool = False  # the question was taken away: kept, but counts nowhere


def save_draft(
    session: Session,
    contribution: Contribution,
    text: str,
    dissemination: Dissemination | None = None,
    as_of: date | None = None,
    *,
    seen: int,
    by: Actor,
    now: datetime,
) -> SavedDraft:
    """Keep what was written so far; `seen` is the number the form was opened with.

    Raises `DraftConflict` if somebody saved another text meanwhile. Where the office
    took the question away the text is kept as a note that nothing reads.
    """
    draft = Draft(text, dissemination, as_of)
    check_draft(draft)
    contribution = locked(session, contribution)
    facts = facts_of(contribution, contribution.assignment.query)
    is_note = contribution_status(facts) in NOTES_ONLY
    if not is_note:
        allow(ContributionAction.SAVE_DRAFT, facts)
    if draft != draft_of(contribution):
        if seen != contribution.draft_number:
            raise DraftConflict(contribution)
        _write(session, contribution, draft, is_note=is_note, by=by, now=now)
    return SavedDraft(contribution.draft_number, contribution.draft_saved_at, is_note)


def locked(session: Session, contribution: Contribution) -> Contribution:
    """The contribution as it stands now, held until the commit."""
    session.flush()
    return session.scalars(
        select(Contribution)
        .where(Contribution.id == contribution.id)
        .with_for_update(of=Contribution)
        .options(
            joinedload(Contribution.assignment).joinedload(Assignment.query),
            joinedload(Contribution.question),
        )
        .execution_options(populate_existing=True)
    ).one()


def _write(
    session: Session,
    contribution: Contribution,
    draft: Draft,
    *,
    is_note: bool,
    by: Actor,
    now: datetime,
) -> None:
    another = contribution.draft_saved_by != by.name
    contribution.draft = draft.text
    contribution.draft_dissemination = draft.dissemination
    contribution.draft_as_of = draft.as_of
    contribution.draft_number += 1
    contribution.draft_saved_at, contribution.draft_saved_by = now, by.name
    session.flush()
    if is_note:
        tell_of_note(session, contribution, now=now)
    if another or is_note:  # the history tells who wrote, not each pause in typing
        record(
            session,
            EventKind.DRAFT_SAVED,
            contribution.assignment.query,
            by=by,
            now=now,
            contribution=contribution.id,
            question=contribution.question.label,
            institution=contribution.assignment.institution.short,
            note=is_note or None,
        )
