"""Answers that came by mail: proposed for their questions, confirmed by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.arriving.kinds import DraftOrigin
from emnnet.domain.arriving.numbered import Asked, by_number
from emnnet.domain.audience import Dissemination
from emnnet.domain.contributing import LONGEST_ANSWER, Refusal
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.models.assignment import Assignment
from emnnet.models.attachment import Attachment
from emnnet.models.contribution import Contribution
from emnnet.models.mailed_draft import DraftOutcome, MailedDraft
from emnnet.selectors.contributions import Cell, cells_of
from emnnet.services.arrived_mail import drafts_of, file_mail, mark_taken
from emnnet.services.attachments import MOST_FILES, attach, taken_names
from emnnet.services.contribution_events import record_for
from emnnet.services.contributions import decline
from emnnet.services.drafts import locked, save_draft

DECIDED = _n("This answer from the mail was taken over or discarded already.")
SAY_WHY = _n("Say in a few words why you confirm it for the institution.")
NOTHING_OPEN = _n("This institution has nothing open in that query any more.")
NO_TEXT = _n("There is no text in this mail that could be an answer.")
ALL_DISCARDED = _n("Every answer in it was discarded.")
SHORT_LETTER = 60  # words: a text that only says "see the file" is shorter


@dataclass(frozen=True)
class Field:
    """What one field of our own Word form says."""

    question_id: int
    text: str
    dissemination: Dissemination | None = None
    as_of: date | None = None
    declines: DeclineReason | None = None
    based_on: int | None = None  # the number of the draft it was filled with


@dataclass(frozen=True)
class Said:
    """All in a message that may be an answer: its own words, its files, our form."""

    text: str
    documents: Sequence[str] = ()
    fields: Sequence[Field] = ()
    has_files: bool = False


def propose(
    session: Session, mail: ArrivedMail, assignment: Assignment, said: Said
) -> list[MailedDraft]:
    """Put each part of what was said beside its question. Overwrites nothing.

    Parts of earlier proposals of the same message are left as they are.
    """
    cells = [cell for cell in cells_of(session, assignment) if cell.takes_answer]
    known = {one.contribution_id for one in drafts_of(session, mail)}
    found = [
        draft
        for draft in _found(mail, cells, said)
        if draft.contribution_id not in known
    ]
    if found and said.has_files:
        found[0].carries_files = True
    session.add_all(found)
    session.flush()
    return found


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
    if draft.declines is not None:
        refusal = Refusal(draft.declines, draft.text)
        decline(session, contribution, refusal, by=by, now=now)
    else:
        _save(session, draft, contribution, by=by, now=now)
    if draft.carries_files:
        _attach_files(session, draft, contribution, by=by, now=now)
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


def _found(mail: ArrivedMail, cells: Sequence[Cell], said: Said) -> list[MailedDraft]:
    fields = _from_fields(mail, cells, said.fields)
    if fields:
        return fields
    asked = [Asked(cell.question.label, cell.question.text) for cell in cells]
    texts = [text for text in (said.text, *said.documents) if text.strip()]
    best = max((by_number(text, asked) for text in texts), key=len, default={})
    if best:
        return _by_label(mail, cells, best)
    whole = _whole(said)
    if not (cells and whole):
        return []
    return [_draft(mail, cells[0], DraftOrigin.WHOLE, whole)]


def _whole(said: Said) -> str:
    """The words of the mail; those of its first document if the mail says little."""
    short = len(said.text.split()) < SHORT_LETTER
    documents = [text.strip() for text in said.documents if text.strip()]
    return documents[0] if short and documents else said.text.strip()


def _from_fields(
    mail: ArrivedMail, cells: Sequence[Cell], fields: Sequence[Field]
) -> list[MailedDraft]:
    by_question = {cell.question.id: cell for cell in cells}
    found = []
    for field in fields:
        cell = by_question.get(field.question_id)
        if cell is None or not (field.text.strip() or field.declines):
            continue
        draft = _draft(mail, cell, DraftOrigin.WORD_FORM, field.text)
        draft.dissemination, draft.as_of = field.dissemination, field.as_of
        draft.declines, draft.based_on = field.declines, field.based_on
        found.append(draft)
    return found


def _by_label(
    mail: ArrivedMail, cells: Sequence[Cell], texts: Mapping[str, str]
) -> list[MailedDraft]:
    return [
        _draft(mail, cell, DraftOrigin.NUMBERED, texts[cell.question.label])
        for cell in cells
        if cell.question.label in texts
    ]


def _draft(
    mail: ArrivedMail, cell: Cell, origin: DraftOrigin, text: str
) -> MailedDraft:
    return MailedDraft(
        arrived_mail_id=mail.id,
        contribution_id=cell.contribution.id,
        origin=origin,
        text=text.strip()[:LONGEST_ANSWER],
    )


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
        if file.stored_file is None or file.stored_file_id in there:
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
