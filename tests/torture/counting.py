"""After the storm: what was promised, what arrived, and what should not have."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.links import digest
from emnnet.domain.mails import MailKind
from emnnet.domain.moments import office_day
from emnnet.models.link import Link
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.models.task import Task
from tests.torture.processes import Kill

TOKEN = re.compile(r"/link/([\w-]+)")
LEAP = timedelta(hours=1)
INSTANT = 3.0  # seconds between the server's answer and the mark, on a busy machine

Promise = tuple[int, str]  # assignment, kind
Outage = tuple[float, float]  # from and to, when the data base was away


@dataclass(frozen=True)
class Taken:
    """A mail that the server took, with the assignments that it speaks of."""

    at: float
    moment: datetime
    date: datetime
    id: str
    key: str
    assignment_ids: frozenset[int]
    answered: bool

    @property
    def moments(self) -> set[datetime]:
        """When it was decided that it leaves, and when it arrived.

        Not the latter, if the clock leapt over hours while the mail was on its way.
        """
        on_its_way = self.moment - self.date
        return {self.date, self.moment if on_its_way < LEAP else self.date}


@dataclass(frozen=True)
class Ledger:
    """A reminder as the data base has it."""

    promise: Promise
    message_id: str | None
    is_dropped: bool
    is_given_up: bool
    is_sent: bool


@dataclass(frozen=True)
class Count:
    """The table's row. The names with `must` have to be nothing."""

    promised: int
    sent: int
    dropped: int
    given_up: int
    answers: int
    mails: int
    kills: int
    repeated_unanswered: int
    repeated_at_kill: int
    must_lost: int
    must_never_promised: int
    must_doubled: int
    must_after_answer: int
    must_day_off: int
    must_second_of_day: int
    must_waiting: int

    @property
    def is_kept(self) -> bool:
        """Was every promise kept?"""
        return not any(
            value for name, value in vars(self).items() if name.startswith("must_")
        )


def read_taken(session: Session, path: Path) -> list[Taken]:
    """What the server wrote down, in its order."""
    links = dict(session.execute(select(Link.digest, Link.assignment_id)).all())
    found = []
    for line in path.read_text().splitlines():
        told = json.loads(line)
        tokens = TOKEN.findall(told["text"])
        found.append(
            Taken(
                at=told["at"],
                moment=datetime.fromisoformat(told["moment"]),
                date=datetime.fromisoformat(told["date"]),
                id=told["id"],
                key=told["key"],
                assignment_ids=frozenset(links[digest(token)] for token in tokens),
                answered=told["answered"],
            )
        )
    return found


def read_ledger(session: Session) -> list[Ledger]:
    """All reminders. Given up: a person was told by a task."""
    tasks = set(session.scalars(select(Task.message_id)))
    rows = session.execute(
        select(Reminder, OutboxMessage)
        .join(OutboxMessage, Reminder.message_id == OutboxMessage.id, isouter=True)
        .order_by(Reminder.id)
    )
    return [
        Ledger(
            promise=(reminder.assignment_id, reminder.kind.value),
            message_id=message.message_id if message else None,
            is_dropped=reminder.expired_at is not None,
            is_given_up=bool(message and message.failed_at and message.id in tasks),
            is_sent=bool(message and message.sent_at),
        )
        for reminder, message in rows
    ]


@dataclass(frozen=True)
class Told:
    """What those who made the storm know of it."""

    expected: Collection[Promise]
    answered: Mapping[int, datetime]
    tried: Collection[int]
    unreached: Collection[int]
    kills: Sequence[Kill]
    outages: Sequence[Outage]
    calendar: Calendar


def counted(session: Session, taken: Sequence[Taken], told: Told) -> Count:
    """All that can be told from the server's book and the data base together."""
    ledger = read_ledger(session)
    arrived = {mail.id for mail in taken}
    kept = [row for row in ledger if not row.is_dropped and not row.is_given_up]
    lost = sum(row.message_id not in arrived for row in kept)
    unanswered, at_kill, doubled = repeated(taken, told.kills, told.outages)
    reminders = [mail for mail in taken if mail.key.startswith("reminders:")]
    return Count(
        promised=len(ledger),
        sent=len(kept) - lost,
        dropped=sum(row.is_dropped for row in ledger),
        given_up=sum(row.is_given_up and not row.is_dropped for row in ledger),
        answers=len(told.answered),
        mails=len(taken),
        kills=len(told.kills),
        repeated_unanswered=unanswered,
        repeated_at_kill=at_kill,
        must_lost=lost + _marked_only(session, arrived),
        must_never_promised=_never_promised(ledger, told),
        must_doubled=doubled,
        must_after_answer=_after_answer(reminders, told),
        must_day_off=_on_days_off(reminders, told.calendar),
        must_second_of_day=_second_of_day(reminders),
        must_waiting=_waiting(session),
    )


def _never_promised(ledger: Sequence[Ledger], told: Told) -> int:
    promised = {row.promise for row in ledger}
    left_out = set(told.tried) | set(told.unreached)
    missing = set(told.expected) - promised
    return sum(assignment_id not in left_out for assignment_id, _kind in missing)


def _after_answer(reminders: Sequence[Taken], told: Told) -> int:
    """The answer was safe before it was decided that the mail leaves."""
    return sum(
        told.answered.get(id_, mail.date) < mail.date
        for mail in reminders
        for id_ in mail.assignment_ids
    )


def _on_days_off(reminders: Sequence[Taken], calendar: Calendar) -> int:
    return sum(
        not calendar.is_working_day(office_day(moment))
        for mail in reminders
        for moment in mail.moments
    )


def _second_of_day(reminders: Sequence[Taken]) -> int:
    """Other mails than the first that an institution got on a day."""
    mails = {
        (mail.key.split(":")[1], office_day(mail.date), mail.id) for mail in reminders
    }
    days = Counter((institution, day) for institution, day, _id in mails)
    return sum(count - 1 for count in days.values())


def repeated(
    taken: Sequence[Taken], kills: Sequence[Kill], outages: Sequence[Outage] = ()
) -> tuple[int, int, int]:
    """Copies of a mail beyond the first, by their cause.

    The server took it and its answer never came; a kill in the instant between the
    answer and the mark, one mail for each kill at most; and those without an excuse.
    """
    copies: dict[str, list[Taken]] = defaultdict(list)
    for mail in taken:
        copies[mail.id].append(mail)
    again = [mail for same in copies.values() for mail in same[:-1]]
    answered = sorted(mail.at for mail in again if mail.answered)
    free = sorted(kill.at for kill in kills)
    at_kill = 0
    for at in answered:  # the earliest first, each with the first kill that follows it
        excuse = next(
            (kill for kill in free if at <= kill < _marked(at, outages)), None
        )
        if excuse is not None:
            free.remove(excuse)
            at_kill += 1
    return len(again) - len(answered), at_kill, len(answered) - at_kill


def _marked(at: float, outages: Sequence[Outage]) -> float:
    """Until when the mark of a mail may have been waited for: longer in an outage."""
    ends = [end for begin, end in outages if begin - INSTANT < at < end]
    return max([at, *ends]) + INSTANT


def _marked_only(session: Session, arrived: Collection[str]) -> int:
    """Mails that we take for sent, and no server ever took: the worst of all."""
    sent = session.scalars(
        select(OutboxMessage.message_id).where(OutboxMessage.sent_at.is_not(None))
    )
    return sum(id_ not in arrived for id_ in sent)


def _waiting(session: Session) -> int:
    """Mails that still have no end."""
    rows = session.scalars(
        select(OutboxMessage.id).where(
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.expired_at.is_(None),
            OutboxMessage.failed_at.is_(None),
            OutboxMessage.kind == MailKind.REMINDER,
        )
    )
    return len(rows.all())
