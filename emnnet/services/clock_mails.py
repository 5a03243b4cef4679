"""The mails about a stopped clock: one for each institution, and who had it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.mails import MailKind
from emnnet.domain.moments import office_day
from emnnet.models.assignment import Assignment
from emnnet.models.clock_stop import ClockStop
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.contacts import addressees
from emnnet.selectors.reminders import owed_of
from emnnet.services.outbox import enqueue, is_under_way


@dataclass(frozen=True)
class News:
    """The mails of one kind about one stop: those that left, those that wait."""

    left: tuple[OutboxMessage, ...]
    waiting: tuple[OutboxMessage, ...]


def tell_all(
    session: Session,
    kind: MailKind,
    stop: ClockStop,
    facts: Mapping[Assignment, Mapping[str, Any]],
    *,
    now: datetime,
) -> int:
    """One mail for each of these institutions that was invited; returns how many."""
    invited = {one: said for one, said in facts.items() if one.invited_at is not None}
    ids = {one.institution_id for one in invited}
    reached = addressees(session, ids, office_day(now))
    told = 0
    for assignment, said in invited.items():
        to = reached.get(assignment.institution_id)
        if to is None:
            continue
        message = enqueue(
            session,
            kind,
            to,
            key=f"{kind}:{stop.id}:{assignment.id}:{now.isoformat()}",
            now=now,
            query=assignment.query,
            assignment=assignment,
            facts={
                **said,
                "stop": stop.id,
                "contributions": [one.id for one in owed_of(assignment)],
            },
        )
        told += message is not None
    return told


def told_of(
    session: Session, kind: MailKind, stop: ClockStop, *, now: datetime
) -> News:
    """The mails about this stop that were not dropped."""
    rows = session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.query_id == stop.query_id,
            OutboxMessage.kind == kind,
            OutboxMessage.expired_at.is_(None),
            OutboxMessage.failed_at.is_(None),
        )
    ).all()
    mine = [row for row in rows if row.facts.get("stop") == stop.id]
    left = [row for row in mine if row.sent_at or is_under_way(row, now)]
    waiting = [row for row in mine if row not in left]
    return News(tuple(left), tuple(waiting))
