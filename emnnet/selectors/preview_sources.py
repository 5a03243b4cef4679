"""What a preview of a wording is filled from: mails that were, queries that are."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.mail_wordings import EVERY_DUTY, Text
from emnnet.models.assignment import Assignment
from emnnet.models.institution import Institution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query

MOST_QUERIES = 30
MOST_MAILS = 20


def asked_queries(session: Session) -> list[tuple[int, str]]:
    """The latest queries that somebody was asked about: id and name. One statement."""
    asked = select(Assignment.id).where(Assignment.query_id == Query.id).exists()
    wanted = (
        select(Query.id, Query.year, Query.number, Query.title)
        .where(asked, Query.deleted_at.is_(None))
        .order_by(Query.year.desc(), Query.number.desc())
        .limit(MOST_QUERIES)
    )
    return [
        (id_, f"{year}.{number} {title}")
        for id_, year, number, title in session.execute(wanted)
    ]


def last_mails(session: Session, text: Text, duty: str) -> list[OutboxMessage]:
    """The latest mails of that kind, if it can be to an institution of that duty."""
    wanted = (
        select(OutboxMessage)
        .where(OutboxMessage.kind == text.kind)
        .order_by(OutboxMessage.id.desc())
        .limit(MOST_MAILS)
        .options(
            joinedload(OutboxMessage.institution),
            joinedload(OutboxMessage.assignment).joinedload(Assignment.query),
        )
    )
    found = list(session.scalars(wanted))
    of_duty = [one for one in found if one.institution and one.institution.duty == duty]
    return found if duty == EVERY_DUTY else of_duty or found


def find_asked(session: Session, query_id: int | None, duty: str) -> Assignment | None:
    """What was put to an institution, best one of that duty: of a query, or last."""
    wanted = (
        select(Assignment)
        .join(Assignment.institution)
        .join(Assignment.query)
        .where(Query.deleted_at.is_(None))
        .order_by((Institution.duty == duty).desc(), Assignment.id.desc())
        .limit(1)
    )
    if duty == EVERY_DUTY:
        wanted = wanted.order_by(None).order_by(Assignment.id.desc())
    if query_id is not None:
        wanted = wanted.where(Assignment.query_id == query_id)
    return session.scalar(wanted)
