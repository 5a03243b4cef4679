"""What the last pages of a query show: is it cleared, and who is told of its end."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from emnnet.domain.query_lifecycle import (
    QUERY_ACTIONS,
    QueryAction,
    QueryStatus,
    query_status,
)
from emnnet.models.clearance import Clearance
from emnnet.models.query import Query
from emnnet.selectors.clearances import clearances_of
from emnnet.selectors.clearing import text_facts
from emnnet.selectors.national_texts import QuestionText, question_texts


@dataclass(frozen=True)
class Departure:
    """A query whose response is about to leave, or has left."""

    query: Query
    texts: tuple[QuestionText, ...]
    clearance: Clearance | None
    status: QueryStatus

    def permits(self, action: str) -> bool:
        """Do the facts allow it now?"""
        return QueryAction(action) in QUERY_ACTIONS[self.status]

    @property
    def is_cleared(self) -> bool:
        """Is the text as it stands cleared, and not yet sent?"""
        return self.status is QueryStatus.CLEARED

    @property
    def changed(self) -> list[QuestionText]:
        """The answers whose source was corrected after it was used."""
        return [text for text in self.texts if text.changed]


def find_departure(session: Session, query_id: int) -> Departure | None:
    """The sending page of a query that was not deleted; three statements."""
    query = session.get(Query, query_id)
    if query is None or query.deleted_at is not None:
        return None
    texts = question_texts(session, query_id)
    clearances = clearances_of(session, query_id)
    facts = text_facts(query, texts, clearances)
    last = clearances[-1] if clearances else None
    return Departure(query, tuple(texts), last, query_status(facts))
