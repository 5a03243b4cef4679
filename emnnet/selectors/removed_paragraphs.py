"""Reading paragraphs that were taken out of national texts and can be put back."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from emnnet.models.national_response import NationalResponse
from emnnet.models.question import Question
from emnnet.models.removed_paragraph import RemovedParagraph

SHOWN_FOR = timedelta(days=30)


def removed_paragraphs(
    session: Session, query_id: int, now: datetime
) -> list[RemovedParagraph]:
    """What was taken out of a query's texts lately, the newest first. One statement."""
    return list(
        session.scalars(
            select(RemovedParagraph)
            .join(RemovedParagraph.response)
            .join(NationalResponse.question)
            .where(
                Question.query_id == query_id,
                RemovedParagraph.restored_at.is_(None),
                RemovedParagraph.removed_at >= now - SHOWN_FOR,
            )
            .options(
                contains_eager(RemovedParagraph.response).contains_eager(
                    NationalResponse.question
                )
            )
            .order_by(RemovedParagraph.id.desc())
        )
    )


def find_removed(
    session: Session, query_id: int, removed_id: int
) -> RemovedParagraph | None:
    """One of a query's removed paragraphs; others' ids find nothing."""
    return session.scalar(
        select(RemovedParagraph)
        .join(RemovedParagraph.response)
        .join(NationalResponse.question)
        .where(RemovedParagraph.id == removed_id, Question.query_id == query_id)
    )
