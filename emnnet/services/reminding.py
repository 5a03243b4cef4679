"""Reminding by hand: one mail an institution, by the ledger and the outbox."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.mails import MailKind
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.moments import office_day
from emnnet.domain.reminders import ReminderKind
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.selectors.day_mails import mail_key
from emnnet.selectors.reminding import (
    HAD_ITS_MAIL,
    NOT_TICKED,
    RemindLine,
    remind_lines,
)
from emnnet.services.outbox import enqueue

BY_HAND = _n("By hand: %(by)s.")


@dataclass(frozen=True)
class Left:
    """One institution that gets no reminder, and why."""

    line: RemindLine
    why: Message


@dataclass(frozen=True)
class RemindedByHand:
    """Who gets a reminder, and who does not."""

    sent: tuple[RemindLine, ...]
    left: tuple[Left, ...]


def remind_by_hand(
    session: Session,
    query: Query,
    ticked: Collection[int],
    *,
    by: Actor,
    now: datetime,
) -> RemindedByHand:
    """Promise a reminder to the ticked assignments that may have one now.

    All is looked at once more: who has answered since the preview is left out. The
    mail is the institution's mail of that day, so the ladder sends no second one.
    """
    today = office_day(now)
    _hold(session, query)
    sent: list[RemindLine] = []
    left: list[Left] = []
    for line in remind_lines(session, query, today):
        if line.skipped is not None:
            left.append(Left(line, line.skipped))
        elif line.assignment.id not in ticked:
            left.append(Left(line, message(NOT_TICKED)))
        elif _promise(session, line, by=by, now=now):
            sent.append(line)
        else:
            left.append(Left(line, message(HAD_ITS_MAIL)))
    return RemindedByHand(tuple(sent), tuple(left))


def _hold(session: Session, query: Query) -> None:
    """Wait for whoever answers or withdraws now, and let nobody do so meanwhile."""
    mine = select(Assignment.id).where(Assignment.query_id == query.id)
    for rows in (
        select(Contribution.id).where(Contribution.assignment_id.in_(mine)),
        mine,
        select(Query.id).where(Query.id == query.id),
    ):
        session.execute(rows.with_for_update(read=True)).all()


def _promise(session: Session, line: RemindLine, *, by: Actor, now: datetime) -> bool:
    if line.to is None:
        return False
    mail = enqueue(
        session,
        MailKind.REMINDER,
        line.to,
        key=mail_key(line.assignment.institution_id, office_day(now)),
        now=now,
    )
    if mail is not None:
        session.add_all(_rows(line, mail, by=by, now=now))
        session.flush()
    return mail is not None


def _rows(
    line: RemindLine, mail: OutboxMessage, *, by: Actor, now: datetime
) -> list[Reminder]:
    """One row for what follows the assignment's date, one for each date of its own."""
    why = {"why": [str(message(BY_HAND, by=by.name))], "by": by.name}
    return [
        Reminder(
            assignment_id=line.assignment.id,
            contribution_id=subject.contribution_id,
            clock_start=subject.chase.clock_start,
            kind=ReminderKind.BY_HAND,
            due_on=subject.chase.due_on,
            queued_at=now,
            message_id=mail.id,
            why=why | {"due_on": subject.chase.due_on.isoformat()},
        )
        for subject in line.subjects
    ]
