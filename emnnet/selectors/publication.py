"""What the office sees before it publishes a query: what visitors will read of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Audience
from emnnet.domain.links import Errand
from emnnet.domain.query_lifecycle import (
    QUERY_ACTIONS,
    QueryAction,
    QueryFacts,
    query_status,
)
from emnnet.models.attachment import Attachment
from emnnet.models.query import Query
from emnnet.models.scoped_link import ScopedLink
from emnnet.selectors.published import Answer, attached_files, national_answers


@dataclass(frozen=True)
class Publication:
    """A query, its answers as visitors read them, its files, the link of a preview."""

    query: Query
    answers: tuple[Answer, ...]
    files: Sequence[Attachment]
    preview: ScopedLink | None

    @property
    def open_answers(self) -> int:
        """How many answers visitors read."""
        return sum(bool(answer.paragraphs) for answer in self.answers)

    @property
    def closed_answers(self) -> int:
        """How many keep the fixed sentence."""
        return sum(answer.closed for answer in self.answers)

    @property
    def may_publish(self) -> bool:
        """Was it sent? The moments at the end of a query's life decide alone."""
        one = self.query
        facts = QueryFacts(
            sent_on=one.sent_on,
            closed_at=one.closed_at,
            withdrawn_at=one.withdrawn_at,
            deleted_at=one.deleted_at,
        )
        return QueryAction.PUBLISH in QUERY_ACTIONS[query_status(facts)]


def find_publication(session: Session, query_id: int) -> Publication | None:
    """The query with all that its page shows, in three statements; None if deleted."""
    counting = (
        (ScopedLink.query_id == Query.id)
        & (ScopedLink.errand == Errand.PREVIEW)
        & ScopedLink.replaced_at.is_(None)
        & ScopedLink.revoked_at.is_(None)
    )
    row = session.execute(
        select(Query, ScopedLink)
        .join(ScopedLink, counting, isouter=True)
        .where(Query.id == query_id, Query.deleted_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    query, preview = row
    files = attached_files(query).order_by(Attachment.id)
    return Publication(
        query=query,
        answers=national_answers(session, query, Audience.PUBLIC),
        files=session.scalars(files).all(),
        preview=preview,
    )
