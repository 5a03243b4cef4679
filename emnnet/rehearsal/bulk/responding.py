"""The later part of a story as rows: national response, clearance, end, search."""

from dataclasses import dataclass

from emnnet.domain.audience import Audience, Dissemination, strictest
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.mails import MailKind
from emnnet.domain.response_text import AnsweredQuestion, text_digest, written_out
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.models.clearance import Clearance, ClearanceOutcome
from emnnet.models.national_response import (
    NationalResponse,
    Paragraph,
    ParagraphSource,
)
from emnnet.models.outbox import OutboxMessage
from emnnet.models.search_entry import SearchEntry
from emnnet.rehearsal.bulk.ground import Ground
from emnnet.rehearsal.bulk.rows import Rows
from emnnet.rehearsal.bulk.story import Cell, Fate, Outcome
from emnnet.rehearsal.bulk.telling import Told
from emnnet.rehearsal.bulk.texts import terms_of
from emnnet.services.search_index import TITLE_MARK


@dataclass(frozen=True)
class National:
    """The national answer to one question."""

    question_id: int
    dissemination: Dissemination
    paragraphs: tuple[str, ...]


def respond(rows: Rows, told: Told, ground: Ground) -> None:
    """All that follows the institutions' answers, as far as the query has come."""
    answers: list[National] = []
    if told.story.fate.is_answered:
        for position in range(len(told.questions)):
            answers.append(_answer(rows, told, position))
        _clearance(rows, told, ground, answers)
    _end(told)
    _mails(rows, told)
    _search(rows, told, answers)


def _answer(rows: Rows, told: Told, position: int) -> National:
    used = [cell for cell in told.versions if cell.question == position]
    used.sort(key=lambda cell: cell.role is not CellRole.LEAD)
    travels = strictest(_travels(cell) for cell in used)
    decided = told.story.at(17, 11)
    response_id = rows.add(
        NationalResponse,
        question_id=told.questions[position],
        dissemination=travels,
        decided_at=decided,
        decided_by=told.office.name,
    )
    texts: list[str] = []
    for cell in used:
        for text in cell.text:
            texts.append(text)
            _paragraph(rows, told, cell, response_id, len(texts), text)
    told.history.add(
        decided,
        EventKind.DISSEMINATION_DECIDED,
        told.office,
        question=str(position + 1),
        decision=travels.value,
        proposed=travels.value,
    )
    return National(told.questions[position], travels, tuple(texts))


def _paragraph(
    rows: Rows, told: Told, cell: Cell, response_id: int, position: int, text: str
) -> None:
    paragraph_id = rows.add(
        Paragraph,
        response_id=response_id,
        position=position,
        text=text,
        saved_at=told.story.at(17, 10),
        saved_by=told.office.name,
    )
    rows.add(
        ParagraphSource,
        paragraph_id=paragraph_id,
        contribution_version_id=told.versions[cell],
        quote=text,
        seen_number=1,
    )


def _clearance(rows: Rows, told: Told, ground: Ground, answers: list[National]) -> None:
    story, history = told.story, told.history
    texts = [
        AnsweredQuestion(one.question_id, one.dissemination, one.paragraphs)
        for one in answers
    ]
    asked = story.at(17, 15)
    decided = story.at(18, 10) if story.fate.is_sent else None
    id_ = rows.add(
        Clearance,
        query_id=told.query_id,
        digest=text_digest(texts),
        content=written_out(texts),
        requested_at=asked,
        requested_by_id=ground.coordinator_id,
        outcome=ClearanceOutcome.APPROVED if decided else None,
        decided_at=decided,
        decided_by_id=ground.approver_id if decided else None,
    )
    history.add(asked, EventKind.CLEARANCE_ASKED, told.office, id=id_)
    if decided:
        approver = Actor(
            ActorKind.PERSON, ground.approver, Role.APPROVER, ground.approver_id
        )
        history.add(decided, EventKind.CLEARED, approver)


def _end(told: Told) -> None:
    story, history, by = told.story, told.history, told.office
    if story.fate.is_sent:
        day = story.at(19, 15).date().isoformat()
        history.add(story.at(19, 15), EventKind.SENT, by, sent_on=day)
    if story.fate.is_closed:
        silent = {
            cell.partner for cell in story.cells if cell.outcome is Outcome.NOTHING
        }
        facts = {"not_answered": len(silent), "told": len(silent)}
        history.add(story.at(22, 9), EventKind.CLOSED, by, **facts)
    if story.fate is Fate.PUBLISHED:
        history.add(story.at(25, 9), EventKind.PUBLISHED, by)
    if story.fate is Fate.WITHDRAWN:
        history.add(
            story.at(6, 9),
            EventKind.WITHDRAWN,
            by,
            reason="Asked otherwise.",
            told=len(story.partners),
        )


def _mails(rows: Rows, told: Told) -> None:
    """The invitations, as they left."""
    for partner in told.story.partners:
        assignment, moment = told.assignments[partner.id], told.story.at(1, 10)
        rows.add(
            OutboxMessage,
            key=f"invitation:{assignment}:demo",
            kind=MailKind.INVITATION,
            recipient=partner.email,
            language=partner.language,
            contact_id=partner.contact_id,
            institution_id=partner.id,
            query_id=told.query_id,
            assignment_id=assignment,
            facts={},
            queued_at=moment,
            next_try_at=moment,
            attempts=1,
            sent_at=moment,
            subject=f"{told.reference} {told.story.title}",
            body="",
        )


def _search(rows: Rows, told: Told, answers: list[National]) -> None:
    """What `services/search_index` would write."""
    story = told.story
    asked = [story.background, *story.questions]
    national = [text for one in answers for text in one.paragraphs]
    given = [" ".join(cell.text) for cell in told.versions]
    _entry(rows, told, Audience.OFFICE, [*asked, *national, *given])
    if story.fate is Fate.PUBLISHED:
        shown = [
            text
            for one in answers
            if one.dissemination.is_open
            for text in one.paragraphs
        ]
        _entry(rows, told, Audience.PUBLIC, [*asked, *shown])


def _entry(rows: Rows, told: Told, audience: Audience, texts: list[str]) -> None:
    title = told.story.title
    found_by = [TITLE_MARK + form for form in terms_of([title])]
    found_by += terms_of([title, told.reference, *texts])
    rows.add(
        SearchEntry,
        query_id=told.query_id,
        audience=audience,
        language="en",
        title=title,
        body="\n\n".join(texts),
        terms=" ".join(found_by),
        dated=told.story.launched_on,
    )


def _travels(cell: Cell) -> Dissemination:
    return Dissemination.YES if cell.is_open else Dissemination.NO
