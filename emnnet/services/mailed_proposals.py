"""Finding answers in a mail: each part of it is put beside its question."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.domain.arriving.kinds import ArrivedKind, DraftOrigin
from emnnet.domain.arriving.numbered import Asked, by_number
from emnnet.domain.contributing import LONGEST_ANSWER
from emnnet.domain.errors import IllegalAction
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.domain.word_form import FilledField, FilledForm, FormOutcome, from_plain
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.models.assignment import Assignment
from emnnet.models.mailed_draft import MailedDraft
from emnnet.selectors.contributions import Cell, cells_of
from emnnet.services.arrived_mail import (
    drafts_of,
    put_before_office,
    record_arrival,
)

DECIDED = _n("Answers of this mail were taken over or discarded already.")
DECLINES = {
    FormOutcome.NO_DATA: DeclineReason.NO_DATA,
    FormOutcome.NOT_COMPETENT: DeclineReason.NOT_COMPETENT,
}
SHORT_LETTER = 60  # words: a text that only says "see the file" is shorter


def propose(
    session: Session, mail: ArrivedMail, assignment: Assignment
) -> list[MailedDraft]:
    """Put each part of what a mail says beside its question. Overwrites nothing.

    Earlier proposals of the same mail are left as they are.
    """
    cells = [cell for cell in cells_of(session, assignment) if cell.takes_answer]
    known = {one.contribution_id for one in drafts_of(session, mail)}
    found = [
        draft
        for draft in _found(mail, assignment, cells)
        if draft.contribution_id not in known
    ]
    if found and any(file.stored_file_id and not file.answers for file in mail.files):
        found[0].carries_files = True
    session.add_all(found)
    session.flush()
    return found


def assign(
    session: Session,
    mail: ArrivedMail,
    assignment: Assignment,
    *,
    by: Actor,
    now: datetime,
) -> list[MailedDraft]:
    """A person says what a mail answers; what it says is proposed for its questions.

    Raises `IllegalAction` once an answer of it was taken over or discarded.
    """
    earlier = drafts_of(session, mail)
    if any(draft.decided_at is not None for draft in earlier):
        raise IllegalAction(DECIDED)
    for draft in earlier:
        session.delete(draft)
    mail.assignment_id, mail.query_id = assignment.id, assignment.query_id
    mail.institution_id, mail.kind = assignment.institution_id, ArrivedKind.REPLY
    mail.filed_at = mail.filed_by = mail.filing_reason = None
    mail.taken_at = mail.taken_by = None
    session.flush()
    record_arrival(session, mail, by=by, now=now)
    put_before_office(session, mail, now=now)
    return propose(session, mail, assignment)


def _found(
    mail: ArrivedMail, assignment: Assignment, cells: Sequence[Cell]
) -> list[MailedDraft]:
    marked = [
        draft
        for file in mail.files
        if file.answers
        for draft in _from_form(mail, assignment, cells, from_plain(file.answers))
    ]
    if marked:
        return list({draft.contribution_id: draft for draft in marked}.values())
    documents = [file.text for file in mail.files if not file.answers]
    asked = [Asked(cell.question.label, cell.question.text) for cell in cells]
    texts = [text for text in (mail.text, *documents) if text.strip()]
    best = max((by_number(text, asked) for text in texts), key=len, default={})
    if best:
        return _by_label(mail, cells, best)
    whole = _whole(mail.text, documents)
    if not (cells and whole):
        return []
    return [_draft(mail, cells[0], DraftOrigin.WHOLE, whole)]


def _whole(text: str, documents: Sequence[str]) -> str:
    """The words of the mail; those of its first document if the mail says little."""
    found = [one.strip() for one in documents if one.strip()]
    short = len(text.split()) < SHORT_LETTER
    return found[0] if short and found else text.strip()


def _from_form(
    mail: ArrivedMail, assignment: Assignment, cells: Sequence[Cell], form: FilledForm
) -> Iterator[MailedDraft]:
    """Each field that was touched, beside its question; of this assignment only."""
    if form.assignment_id not in (None, assignment.id):
        return
    for field in form.fields:
        cell = _cell_of(field, assignment, cells)
        given, declines = field.given, DECLINES.get(field.given.outcome)
        says_something = field.is_touched and (given.text.strip() or declines)
        if cell is None or not says_something:
            continue
        draft = _draft(mail, cell, DraftOrigin.WORD_FORM, given.text)
        draft.dissemination, draft.as_of = given.dissemination, given.as_of
        draft.declines = declines
        draft.based_on = field.origin.draft_number if field.origin else None
        yield draft


def _cell_of(
    field: FilledField, assignment: Assignment, cells: Sequence[Cell]
) -> Cell | None:
    """By the mark of the field; where it was lost, by the number of the question."""
    origin, label = field.origin, field.label.strip().rstrip(".")
    for cell in cells:
        if origin is None and cell.question.label.rstrip(".") == label:
            return cell
        marked = origin is not None and origin.assignment_id == assignment.id
        if marked and origin and cell.question.id == origin.question_id:
            return cell
    return None


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
