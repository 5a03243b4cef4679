"""The files that a rehearsal leaves: the response as DOCX and PDF, and every mail."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from emnnet.documents.response import (
    CountryRow,
    FormQuestion,
    QuestionAnswer,
    ResponseDocument,
)
from emnnet.documents.response_docx import response_docx
from emnnet.documents.response_pdf import response_pdf
from emnnet.domain.audience import Dissemination
from emnnet.domain.disclaimer import DISCLAIMER
from emnnet.domain.moments import VILNIUS
from emnnet.models.query import Query
from emnnet.rehearsal.setting import Setting, get_query
from emnnet.selectors.responses import responses

COUNTRY = "Lithuania"


def export(setting: Setting, query_id: int, folder: Path) -> list[Path]:
    """Write the national response as DOCX and as PDF; returns the files."""
    me = setting.coordinator
    with setting.looking() as session:
        query = get_query(session, query_id)
        document = response_document(session, query, now=setting.clock.now)
        name = f"{query.reference}-response"
    files = [folder / f"{name}.docx", folder / f"{name}.pdf"]
    files[0].write_bytes(response_docx(document))
    setting.note(me.name, f"exported {files[0].name}")
    files[1].write_bytes(response_pdf(document))
    setting.note(me.name, f"exported {files[1].name}")
    return files


def response_document(
    session: Session, query: Query, *, now: datetime
) -> ResponseDocument:
    """The national response as it leaves for the asking country: a row for each
    wider dissemination."""
    answers: dict[Dissemination, list[QuestionAnswer]] = {}
    found = responses(session, query)
    for question in query.questions:
        response = found.get(question.id)
        if response is None:
            continue
        texts = tuple(paragraph.text for paragraph in response.paragraphs)
        answer = QuestionAnswer(question.label, question.text, texts)
        answers.setdefault(response.dissemination or Dissemination.NO, []).append(
            answer
        )
    return ResponseDocument(
        title=query.title,
        reference=query.reference,
        foreign_reference=query.foreign_reference or "",
        requested_by=query.requester_printed,
        requested_on=query.launched_on,
        reply_by=query.reply_by,
        background=query.background,
        questions=tuple(
            FormQuestion(question.label, question.text, question.depth)
            for question in query.questions
        ),
        rows=tuple(CountryRow(COUNTRY, each, tuple(answers[each])) for each in answers),
        disclaimer=DISCLAIMER.text,
        generated_at=now,
    )


def keep_mails(setting: Setting, folder: Path) -> list[Path]:
    """Copy every mail, numbered in the order of sending, with its day and addressee."""
    kept = []
    for number, mail in enumerate(setting.mailbox.mails(), start=1):
        moment = datetime.fromtimestamp(mail.sent, VILNIUS)
        to = mail.to[0].partition("@")[0] if mail.to else "nobody"
        file = folder / f"mail-{number:03}-{moment:%Y-%m-%d}-{to}.eml"
        file.write_bytes(mail.file.read_bytes())
        kept.append(file)
    return kept
