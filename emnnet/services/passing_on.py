"""Passing on what an institution had begun before a question went to another."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import ContributionAction, allow
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.models.contribution import Contribution
from emnnet.models.passed_draft import PassedDraft
from emnnet.selectors.contributions import draft_of, facts_of
from emnnet.selectors.passed_drafts import find_receiver
from emnnet.services.contribution_events import record_for
from emnnet.services.drafts import SavedDraft, save_draft

NO_DRAFT = _n("There is no draft to pass on.")
NO_RECEIVER = _n("That institution does not have this question now.")


def pass_on(
    session: Session,
    origin: Contribution,
    receiver_id: int,
    *,
    by: Actor,
    now: datetime,
) -> PassedDraft:
    """Offer a draft as material to whoever has the question now; a copy of it.

    Whoever wrote it agrees, or the office. Raises `IllegalAction` while the question
    is still with its writer, `DomainError` without a draft or a receiver.
    """
    query = origin.assignment.query
    allow(ContributionAction.READ_DRAFT, facts_of(origin, query))
    draft = draft_of(origin)
    if draft.is_empty:
        raise DomainError(NO_DRAFT)
    receiver = find_receiver(session, origin, receiver_id)
    if receiver is None:
        raise DomainError(NO_RECEIVER)
    row = _row(session, origin, receiver)
    row.text, row.as_of = draft.text, draft.as_of
    row.written_by = origin.draft_saved_by or origin.assignment.institution.short
    row.passed_at, row.passed_by, row.taken_at = now, by.name, None
    session.flush()
    to = receiver.assignment.institution.short
    kind = EventKind.DRAFT_PASSED_ON
    record_for(session, kind, origin, by=by, now=now, to=to, receiver=receiver.id)
    return row


def take_material(
    session: Session, passed: PassedDraft, *, seen: int, by: Actor, now: datetime
) -> SavedDraft:
    """Make what was passed on the receiver's own draft; what stands there stays above.

    Raises `DraftConflict` if the draft changed since it was `seen`.
    """
    receiver = passed.receiver
    draft = draft_of(receiver)
    texts = [text.strip("\n") for text in (draft.text, passed.text) if text.strip()]
    saved = save_draft(
        session,
        receiver,
        "\n\n".join(texts),
        draft.dissemination,
        draft.as_of or passed.as_of,
        seen=seen,
        by=by,
        now=now,
    )
    passed.taken_at = now
    return saved


def _row(session: Session, origin: Contribution, receiver: Contribution) -> PassedDraft:
    known = session.scalar(
        select(PassedDraft).where(
            PassedDraft.origin_id == origin.id, PassedDraft.receiver_id == receiver.id
        )
    )
    if known is not None:
        return known
    row = PassedDraft(origin_id=origin.id, receiver_id=receiver.id)
    session.add(row)
    return row
