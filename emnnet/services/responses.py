"""The national response: paragraphs written, taken over, changed and checked."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Dissemination, is_looser
from emnnet.domain.errors import DomainError, NotFound, StaleVersion
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.domain.response_text import text_mark
from emnnet.domain.roles import Actor
from emnnet.models.contribution import ContributionVersion
from emnnet.models.national_response import (
    NationalResponse,
    Paragraph,
    ParagraphSource,
)
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.selectors.query_facts import get_query_facts
from emnnet.selectors.responses import (
    allowed_before,
    find_paragraph,
    find_response,
    sources_allow,
    used_quotes,
)
from emnnet.services.events import record
from emnnet.services.search_pending import mark_pending

STALE = _n("%(who)s has changed this paragraph meanwhile. Both texts are shown below.")
EMPTY = _n("Write a text, or delete the paragraph.")
ARRIVED = _n("Version %(number)d has arrived. Look at the difference.")
ELSEWHERE = _n("This answer was given to another question.")
TWICE = _n("This paragraph stands in the national text already.")


class ParagraphConflict(StaleVersion):
    """Two people changed the same paragraph: both texts, so that none is lost."""

    def __init__(self, paragraph: Paragraph, typed: str) -> None:
        super().__init__(STALE, who=paragraph.saved_by)
        self.paragraph, self.typed = paragraph, typed


def add_paragraph(
    session: Session,
    question: Question,
    text: str,
    *,
    by: Actor,
    now: datetime,
    source: ContributionVersion | None = None,
    after: int | None = None,
) -> Paragraph:
    """Add a paragraph, behind the paragraph `after` or at the end.

    With `source` it was taken over from that version of a contribution, which stays
    its source whatever becomes of the wording; taken over twice, it is refused. Where
    the source allows less than was decided, the decision on dissemination is void.
    """
    query = open_text(session, question)
    response = _begun(session, question)
    if source is not None:
        _check_new_source(response, question, source, text)
        void_if_looser(response, sources_allow(response), source.dissemination)
    paragraph = Paragraph(
        response_id=response.id,
        position=_make_room(session, response, after),
        text=_written(text),
        saved_at=now,
        saved_by=by.name,
    )
    session.add(paragraph)
    session.flush()
    if source is not None:
        _tie_to(session, paragraph, source, text)
    note_change(
        session, query, question, "added", paragraph, by=by, now=now, source=source
    )
    return paragraph


def change_paragraph(
    session: Session,
    paragraph: Paragraph,
    text: str,
    *,
    seen: str,
    by: Actor,
    now: datetime,
) -> None:
    """Give a paragraph another wording; its sources stay.

    `seen` is the `text_mark` of the wording that was opened. Raises
    `ParagraphConflict`, which holds both texts, when somebody changed it meanwhile.
    """
    question = paragraph.response.question
    query = open_text(session, question)
    if paragraph.text == _written(text):
        return
    if text_mark(paragraph.text) != seen:
        raise ParagraphConflict(paragraph, text)
    _reword(paragraph, text, by=by, now=now)
    note_change(session, query, question, "changed", paragraph, by=by, now=now)


def move_paragraph(
    session: Session, paragraph: Paragraph, step: int, *, by: Actor, now: datetime
) -> None:
    """Move a paragraph up (-1) or down (+1) among its neighbours."""
    question = paragraph.response.question
    query = open_text(session, question)
    order = list(
        session.scalars(
            select(Paragraph)
            .where(Paragraph.response_id == paragraph.response_id)
            .order_by(Paragraph.position, Paragraph.id)
        )
    )
    here = order.index(paragraph)
    there = min(max(here + step, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    for position, each in enumerate(order, start=1):
        each.position = position
    note_change(session, query, question, "moved", paragraph, by=by, now=now)


def check_source(
    session: Session,
    paragraph: Paragraph,
    source_id: int,
    *,
    newest: int,
    by: Actor,
    now: datetime,
    text: str | None = None,
    seen: str | None = None,
) -> None:
    """Somebody compared a paragraph with its corrected source and decides.

    Without `text` the wording stays; with it the paragraph takes the new wording and
    stands on the new version. `newest` is the version that was looked at: a newer one
    raises `StaleVersion`. `seen` is the `text_mark` of the wording that is replaced.
    """
    question = paragraph.response.question
    query = open_text(session, question)
    source = _source(paragraph, source_id)
    contribution = source.contribution_version.contribution
    if contribution.latest_number != newest:
        raise StaleVersion(ARRIVED, number=contribution.latest_number)
    version = next(row for row in contribution.versions if row.number == newest)
    void_if_looser(paragraph.response, allowed_before(source), version.dissemination)
    source.seen_number = newest
    if text is not None:
        if text_mark(paragraph.text) != seen:
            raise ParagraphConflict(paragraph, text)
        _reword(paragraph, text, by=by, now=now)
        source.contribution_version, source.quote = version, _written(text)
    decision = "kept" if text is None else "replaced"
    facts = {"paragraph": paragraph.id, "version": newest, "decision": decision}
    kind = EventKind.SOURCE_CHECKED
    record(session, kind, query, by=by, now=now, question=question.label, **facts)
    mark_pending(session, query, now=now)


def get_paragraph(session: Session, paragraph_id: int) -> Paragraph:
    """A paragraph that is there still. Raises `NotFound`."""
    paragraph = find_paragraph(session, paragraph_id)
    if paragraph is None:
        raise NotFound(_n("Somebody else deleted this paragraph meanwhile."))
    return paragraph


def open_text(session: Session, question: Question) -> Query:
    """The query, if its national response may still be written; one at a time."""
    session.execute(
        select(Question.id).where(Question.id == question.id).with_for_update()
    )
    query = session.get_one(Query, question.query_id)
    allow_query(QueryAction.CONSOLIDATE, get_query_facts(session, query))
    return query


def _begun(session: Session, question: Question) -> NationalResponse:
    response = find_response(session, question.id)
    if response is None:
        response = NationalResponse(question_id=question.id)
        session.add(response)
        session.flush()
    return response


def void_if_looser(
    response: NationalResponse, before: Dissemination, now_allowed: Dissemination
) -> None:
    """Take a decision back that a source, stricter than before, does not allow."""
    decided = response.dissemination
    if decided is None or not is_looser(decided, now_allowed):
        return
    if is_looser(before, now_allowed):
        response.dissemination = response.dissemination_reason = None
        response.decided_at = response.decided_by = None


def _check_new_source(
    response: NationalResponse,
    question: Question,
    source: ContributionVersion,
    text: str,
) -> None:
    """It answers this very question, is the newest, and was not taken over before."""
    contribution = source.contribution
    if contribution.question_id != question.id:
        raise DomainError(ELSEWHERE)
    if contribution.latest_number != source.number:
        raise StaleVersion(ARRIVED, number=contribution.latest_number)
    if text.strip() in used_quotes(response).get(contribution.id, set()):
        raise DomainError(TWICE)


def _reword(paragraph: Paragraph, text: str, *, by: Actor, now: datetime) -> None:
    paragraph.text, paragraph.saved_at = _written(text), now
    paragraph.saved_by = by.name


def _written(text: str) -> str:
    if not text.strip():
        raise DomainError(EMPTY)
    return text.strip()


def _make_room(session: Session, response: NationalResponse, after: int | None) -> int:
    """The position for a new paragraph; those behind it step back."""
    before = session.get(Paragraph, after) if after else None
    if before is None or before.response_id != response.id:
        last = select(func.max(Paragraph.position)).where(
            Paragraph.response_id == response.id
        )
        return (session.scalar(last) or 0) + 1
    behind = select(Paragraph).where(
        Paragraph.response_id == response.id, Paragraph.position > before.position
    )
    for paragraph in session.scalars(behind):
        paragraph.position += 1
    return before.position + 1


def _tie_to(
    session: Session, paragraph: Paragraph, source: ContributionVersion, text: str
) -> None:
    session.add(
        ParagraphSource(
            paragraph_id=paragraph.id,
            contribution_version_id=source.id,
            quote=text.strip(),
            seen_number=source.number,
        )
    )
    session.flush()


def _source(paragraph: Paragraph, source_id: int) -> ParagraphSource:
    for source in paragraph.sources:
        if source.id == source_id:
            return source
    raise NotFound(_n("This source no longer belongs to the paragraph."))


def note_change(
    session: Session,
    query: Query,
    question: Question,
    what: str,
    paragraph: Paragraph,
    *,
    by: Actor,
    now: datetime,
    source: ContributionVersion | None = None,
) -> None:
    """Record what became of a paragraph, and have the query searched anew."""
    facts = {"what": what, "paragraph": paragraph.id, "question": question.label}
    if source is not None:
        facts["contribution"], facts["version"] = source.contribution_id, source.number
    record(session, EventKind.RESPONSE_CHANGED, query, by=by, now=now, **facts)
    mark_pending(session, query, now=now)
