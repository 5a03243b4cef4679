"""The files that a rehearsal leaves: the response as DOCX and PDF, and every mail."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from emnnet.documents.national_response import national_document
from emnnet.documents.response import ResponseDocument
from emnnet.documents.response_docx import response_docx
from emnnet.documents.response_pdf import response_pdf
from emnnet.domain.audience import Audience
from emnnet.domain.moments import VILNIUS
from emnnet.rehearsal.setting import Setting, get_query
from emnnet.selectors.national_texts import question_texts
from emnnet.services.exporting import record_export

KINDS: dict[str, Callable[[ResponseDocument], bytes]] = {
    "docx": response_docx,
    "pdf": response_pdf,
}


def export(setting: Setting, query_id: int, folder: Path) -> list[Path]:
    """Write the national response as DOCX and as PDF; returns the files."""
    return [_exported(setting, query_id, folder, kind) for kind in KINDS]


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


def _exported(setting: Setting, query_id: int, folder: Path, kind: str) -> Path:
    me, now, audience = setting.coordinator, setting.clock.now, Audience.OFFICE
    with setting.looking() as session:
        query = get_query(session, query_id)
        file = folder / f"{query.reference}-response.{kind}"
        document = national_document(
            query,
            question_texts(session, query_id),
            country=setting.app.config["OFFICE_COUNTRY"],
            audience=audience,
            generated_at=now,
        )
    content = KINDS[kind](document)
    file.write_bytes(content)
    with setting.working() as session:
        query = get_query(session, query_id)
        record_export(session, query, content, kind, audience, by=me.actor, now=now)
    setting.note(me.name, f"exported {file.name}")
    return file
