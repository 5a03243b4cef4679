"""Taking paragraphs out of the national text, and putting them back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from emnnet.domain.errors import IllegalAction
from emnnet.domain.messages import _n
from emnnet.domain.response_text import text_mark
from emnnet.domain.roles import Actor
from emnnet.models.national_response import (
    NationalResponse,
    Paragraph,
    ParagraphSource,
)
from emnnet.models.removed_paragraph import RemovedParagraph
from emnnet.selectors.responses import sources_allow
from emnnet.services.responses import (
    ParagraphConflict,
    note_change,
    open_text,
    void_if_looser,
)

KEPT_FOR = timedelta(days=30)
BACK_ALREADY = _n("This paragraph was put back already.")


def delete_paragraph(
    session: Session, paragraph: Paragraph, *, seen: str, by: Actor, now: datetime
) -> RemovedParagraph:
    """Take a paragraph out of the national response, as it was read; kept some days.

    Raises `ParagraphConflict` if somebody changed it since it was `seen`.
    """
    question = paragraph.response.question
    query = open_text(session, question)
    if text_mark(paragraph.text) != seen:
        raise ParagraphConflict(paragraph, "")
    note_change(session, query, question, "deleted", paragraph, by=by, now=now)
    session.execute(
        delete(RemovedParagraph).where(RemovedParagraph.removed_at < now - KEPT_FOR)
    )
    removed = RemovedParagraph(
        response_id=paragraph.response_id,
        position=paragraph.position,
        text=paragraph.text,
        sources=[_plain(source) for source in paragraph.sources],
        removed_at=now,
        removed_by=by.name,
    )
    session.add(removed)
    session.delete(paragraph)
    session.flush()
    return removed


def restore_paragraph(
    session: Session, removed: RemovedParagraph, *, by: Actor, now: datetime
) -> Paragraph:
    """Put a paragraph back at its place, with its sources.

    Raises `IllegalAction` the second time, and where the text is fixed.
    """
    response = removed.response
    query = open_text(session, response.question)
    session.refresh(removed)
    if removed.restored_at is not None:
        raise IllegalAction(BACK_ALREADY)
    before = sources_allow(response)
    paragraph = Paragraph(
        response_id=response.id,
        position=removed.position,
        text=removed.text,
        saved_at=now,
        saved_by=by.name,
    )
    _make_room(session, response, removed.position)
    session.add(paragraph)
    session.flush()
    session.add_all(_source(paragraph, source) for source in removed.sources)
    session.flush()
    removed.restored_at = now
    session.expire(response)
    void_if_looser(response, before, sources_allow(response))
    question = response.question
    note_change(session, query, question, "restored", paragraph, by=by, now=now)
    return paragraph


def _make_room(session: Session, response: NationalResponse, position: int) -> None:
    """Those that stand there now, or behind, step back."""
    behind = select(Paragraph).where(
        Paragraph.response_id == response.id, Paragraph.position >= position
    )
    for paragraph in session.scalars(behind):
        paragraph.position += 1


def _plain(source: ParagraphSource) -> dict[str, Any]:
    return {
        "version": source.contribution_version_id,
        "quote": source.quote,
        "seen": source.seen_number,
    }


def _source(paragraph: Paragraph, plain: dict[str, Any]) -> ParagraphSource:
    return ParagraphSource(
        paragraph_id=paragraph.id,
        contribution_version_id=plain["version"],
        quote=plain["quote"],
        seen_number=plain["seen"],
    )
