"""Answers that came by mail, beside their questions: confirmed by a person, or not."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.arriving.kinds import DraftOrigin
from emnnet.domain.contributing import Refusal
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.models.attachment import Attachment
from emnnet.models.contribution import Contribution
from emnnet.models.mailed_draft import DraftOutcome, MailedDraft
from emnnet.services.arrived_mail import drafts_of, file_mail, mark_taken
from emnnet.services.attachments import MOST_FILES, attach, taken_names
from emnnet.services.contribution_events import record_for
from emnnet.services.contributions import decline
from emnnet.services.drafts import locked, save_draft

DECIDED = _n("This answer from the mail was taken over or discarded already.")
SAY_WHY = _n("Say in a few words why you confirm it for the institution.")
TAKEN = _n("Another part of this mail lies beside that question already.")
ALL_DISCARDED = _n("Every answer in it was discarded.")


def move(session: Session, draft: MailedDraft, contribution: Contribution) -> None:
    """Put a proposal beside another question of the same assignment."""
    _undecided(session, draft)
    if contribution.assignment_id != draft.contribution.assignment_id:
        raise ValueError("a question of another assignment")
    taken = {one.contribution_id for one in drafts_of(session, draft.mail)}
    if contribution.id in taken - {draft.contribution_id}:
        raise IllegalAction(TAKEN)
    draft.contribution_id, draft.origin = contribution.id, DraftOrigin.CHOSEN
    session.flush()
    session.refresh(draft, ["contribution"])


def take_over(
    session: Session,
    draft: MailedDraft,
    *,
    by: Actor,
    now: datetime,
    note: str = "",
) -> Contribution:
    """Make it the draft of its question; what stands there already is kept above it.

    Nothing is submitted. A form of ours filled on that very draft takes its place.
    Raises `IllegalAction` where it was decided, or the question takes no answer.
    """
    _undecided(session, draft)
    contribution = locked(session, draft.contribution)
    if draft.carries_files:
        _attach_files(session, draft, contribution, by=by, now=now)
    if draft.declines is not None:
        refusal = Refusal(draft.declines, draft.text)
        decline(session, contribution, refusal, by=by, now=now)
    else:
        _save(session, draft, contribution, by=by, now=now)
    _decide(session, draft, DraftOutcome.TAKEN_OVER, note, by=by, now=now)
    return contribution


def confirm_for_institution(
    session: Session, draft: MailedDraft, note: str, *, by: Actor, now: datetime
) -> Contribution:
    """The same by the office on behalf of the institution; its reason is kept."""
    if not note.strip():
        raise DomainError(SAY_WHY)
    return take_over(session, draft, by=by, now=now, note=note.strip())


def discard(session: Session, draft: MailedDraft, *, by: Actor, now: datetime) -> None:
    """It is not to become an answer. The mail itself stays with the office."""
    _undecided(session, draft)
    _decide(session, draft, DraftOutcome.DISCARDED, "", by=by, now=now)


def _save(
    session: Session,
    draft: MailedDraft,
    contribution: Contribution,
    *,
    by: Actor,
    now: datetime,
) -> None:
    same = draft.based_on is not None and draft.based_on == contribution.draft_number
    before = "" if same else contribution.draft.rstrip()
    save_draft(
        session,
        contribution,
        f"{before}\n\n{draft.text}" if before else draft.text,
        draft.dissemination or contribution.draft_dissemination,
        draft.as_of or contribution.draft_as_of,
        seen=contribution.draft_number,
        by=by,
        now=now,
    )


def _attach_files(
    session: Session,
    draft: MailedDraft,
    contribution: Contribution,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """The files of the mail go with its first answer, as far as there is room."""
    names = taken_names(session, contribution)
    there = set(
        session.scalars(
            select(Attachment.stored_file_id).where(
                Attachment.contribution_id == contribution.id,
                Attachment.removed_at.is_(None),
            )
        )
    )
    for file in draft.mail.files:
        is_form = bool(file.answers)  # what it says stands in the drafts
        if file.stored_file is None or file.stored_file_id in there or is_form:
            continue
        if len(names) >= MOST_FILES:
            break
        name = file.safe_name
        name = f"{draft.mail.id}-{name}" if name in names else name
        attach(
            session,
            contribution,
            file.stored_file,
            original_name=file.original_name,
            safe_name=name,
            by=by,
            now=now,
        )
        names.add(name)


def _undecided(session: Session, draft: MailedDraft) -> None:
    session.refresh(draft, with_for_update={"of": MailedDraft})
    if draft.decided_at is not None:
        raise IllegalAction(DECIDED)


def _decide(
    session: Session,
    draft: MailedDraft,
    outcome: DraftOutcome,
    note: str,
    *,
    by: Actor,
    now: datetime,
) -> None:
    draft.decided_at, draft.decided_by = now, by.name
    draft.outcome, draft.note = outcome, note or None
    session.flush()
    taken = outcome is DraftOutcome.TAKEN_OVER
    kind = EventKind.MAILED_DRAFT_TAKEN if taken else EventKind.MAILED_DRAFT_DISCARDED
    record_for(
        session,
        kind,
        draft.contribution,
        by=by,
        now=now,
        arrived_mail=draft.arrived_mail_id,
        reason=note or None,
    )
    _settle_mail(session, draft.mail, by=by, now=now)


def _settle_mail(
    session: Session, mail: ArrivedMail, *, by: Actor, now: datetime
) -> None:
    """Once all its answers are decided nobody waits for it any more."""
    outcomes = {one.outcome for one in drafts_of(session, mail)}
    if None in outcomes:
        return
    if DraftOutcome.TAKEN_OVER in outcomes:
        mark_taken(session, mail, by=by, now=now)
    else:
        file_mail(session, mail, ALL_DISCARDED, by=by, now=now)
