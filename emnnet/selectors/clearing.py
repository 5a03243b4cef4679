"""What the clearance page shows: the text, what blocks it, what changed since."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func, or_, select
from sqlalchemy.orm import Session

from emnnet.domain.query_lifecycle import QueryFacts, QueryStatus, query_status
from emnnet.domain.response_text import AnsweredQuestion, read_back
from emnnet.domain.roles import Role
from emnnet.domain.word_changes import Change, ChangeKind, word_changes
from emnnet.models.clearance import Clearance
from emnnet.models.query import Query
from emnnet.models.user import User
from emnnet.selectors.clearances import clearances_of
from emnnet.selectors.national_texts import (
    QuestionText,
    answered,
    digest_of,
    question_texts,
)
from emnnet.selectors.query_facts import COVERING

NOTHING = AnsweredQuestion(0, None, ())


@dataclass(frozen=True)
class TextChange:
    """One answer that differs from the text of an earlier clearance."""

    label: str
    changes: tuple[Change, ...]
    before: str | None  # wider dissemination then
    after: str | None

    @property
    def is_decided_anew(self) -> bool:
        """Does the decision on wider dissemination differ?"""
        return self.before != self.after


@dataclass(frozen=True)
class Clearing:
    """A query on its way to a second reader."""

    query: Query
    texts: tuple[QuestionText, ...]
    clearances: tuple[Clearance, ...]
    readers: int  # others who could clear it
    facts: QueryFacts

    @property
    def status(self) -> QueryStatus:
        """Where the query stands; before the text is whole only that it is not."""
        return query_status(self.facts)

    @property
    def is_whole(self) -> bool:
        """Has every question a text?"""
        return bool(self.texts) and not self.unwritten

    @property
    def unwritten(self) -> list[QuestionText]:
        """The questions without a text."""
        return [text for text in self.texts if not text.paragraphs]

    @property
    def undecided(self) -> list[QuestionText]:
        """The answers of which nobody decided how far they may travel."""
        return [text for text in self.texts if text.paragraphs and not text.is_decided]

    @property
    def changed(self) -> list[QuestionText]:
        """The answers whose source was corrected after it was used."""
        return [text for text in self.texts if text.changed]

    @property
    def current(self) -> Clearance | None:
        """The clearance that was asked for last."""
        return self.clearances[-1] if self.clearances else None

    @property
    def earlier(self) -> Clearance | None:
        """The last text that somebody decided on, other than the one that waits."""
        decided = [one for one in self.clearances if one.decided_at and one.content]
        return decided[-1] if decided else None

    def wrote(self, name: str) -> bool:
        """Did this person write a paragraph of the text?"""
        return any(
            one.row.saved_by == name for text in self.texts for one in text.paragraphs
        )

    def changes(self) -> list[TextChange]:
        """What differs from the last text that was decided on, by question."""
        if self.earlier is None or self.earlier.content is None:
            return []
        then = {one.question_id: one for one in read_back(self.earlier.content)}
        now = {one.question_id: one for one in answered(self.texts)}
        labels = {text.question.id: text.question.label for text in self.texts}
        return [
            _change(label, then.get(id_, NOTHING), now.get(id_, NOTHING))
            for id_, label in labels.items()
            if not _same(then.get(id_, NOTHING), now.get(id_, NOTHING))
        ]


def find_clearing(session: Session, query_id: int, user_id: int) -> Clearing | None:
    """The clearance page of a query that was not deleted; three statements."""
    row = session.execute(
        select(Query, _others(user_id)).where(
            Query.id == query_id, Query.deleted_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        return None
    texts = question_texts(session, query_id)
    clearances = clearances_of(session, query_id)
    return Clearing(
        query=row[0],
        texts=tuple(texts),
        clearances=tuple(clearances),
        readers=row[1],
        facts=text_facts(row[0], texts, clearances),
    )


def text_facts(
    query: Query, texts: Sequence[QuestionText], clearances: Sequence[Clearance]
) -> QueryFacts:
    """The facts of a query as far as its text and its clearances tell them."""
    last = clearances[-1] if clearances else None
    covers = last is not None and last.digest == digest_of(texts)
    outcome = last.outcome if last and covers else None
    return QueryFacts(
        questions=len(texts),
        answered_questions=sum(bool(text.paragraphs) for text in texts),
        clearance_asked=covers and outcome is None,
        cleared=outcome in COVERING,
        sent_on=query.sent_on,
        closed_at=query.closed_at,
        withdrawn_at=query.withdrawn_at,
        deleted_at=query.deleted_at,
    )


def _others(user_id: int) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(User)
        .where(
            or_(User.role == Role.APPROVER, User.role == Role.ADMIN),
            User.deactivated_at.is_(None),
            User.id != user_id,
        )
        .scalar_subquery()
    )


def _same(then: AnsweredQuestion, now: AnsweredQuestion) -> bool:
    return (then.paragraphs, then.dissemination) == (now.paragraphs, now.dissemination)


def _change(label: str, then: AnsweredQuestion, now: AnsweredQuestion) -> TextChange:
    old, new = "\n\n".join(then.paragraphs), "\n\n".join(now.paragraphs)
    found = word_changes(old, new)
    moved = any(one.kind is not ChangeKind.SAME for one in found)
    shown = tuple(found) if moved else ()
    return TextChange(label, shown, then.dissemination, now.dissemination)
