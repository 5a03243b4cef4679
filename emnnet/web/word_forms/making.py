"""The form of an assignment, from its questions and drafts."""

from datetime import datetime

from babel import Locale
from flask import current_app
from flask_babel import get_locale

from emnnet.documents.word_form.values import FormDocument, FormQuestion
from emnnet.domain.word_form import Given
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.models.query import Query, RequesterKind
from emnnet.selectors.contributions import Cell, cells_of

ISO_CODES = {"EL": "GR", "UK": "GB"}  # the network's own letters
COMMISSION = {"lt": "Europos Komisija"}


def form_document(assignment: Assignment, now: datetime) -> FormDocument:
    """All that is written into the form; never the asking country's own date."""
    language = language_of(assignment)
    institution, query = assignment.institution, assignment.query
    lithuanian = language == "lt"
    office = "OFFICE_NAME_LT" if lithuanian else "OFFICE_NAME"
    return FormDocument(
        assignment_id=assignment.id,
        language=language,
        reference=query.reference,
        title=query.title,
        institution=institution.name_lt if lithuanian else institution.name_en,
        asked_by=_asker(query, language),
        due_on=assignment.due_on,
        due_time=assignment.due_time,
        background=query.background,
        office=current_app.config[office],
        questions=tuple(
            _question(cell, assignment)
            for cell in cells_of(db.session, assignment)
            if cell.takes_answer
        ),
        made_at=now,
    )


def language_of(assignment: Assignment) -> str:
    """The language the institution is written to in; else that of the page."""
    contact = assignment.contact
    return contact.language if contact else str(get_locale() or "en")[:2]


def _question(cell: Cell, assignment: Assignment) -> FormQuestion:
    contribution, question, draft = cell.contribution, cell.question, cell.draft
    own_day = contribution.due_on
    return FormQuestion(
        assignment_id=assignment.id,
        question_id=question.id,
        wording=question.number,
        draft_number=contribution.draft_number,
        label=question.label,
        text=question.text,
        given=Given(draft.text, draft.dissemination, draft.as_of),
        condition=question.condition or "",
        due_on=own_day if own_day != assignment.due_on else None,
    )


def _asker(query: Query, language: str) -> str:
    """The country or body that asks, in the language of the form."""
    if query.requester_kind is RequesterKind.COMMISSION:
        return COMMISSION.get(language, "European Commission")
    code = query.requester_code or ""
    territories = Locale.parse(language).territories
    return str(territories.get(ISO_CODES.get(code, code)) or query.requester_printed)
