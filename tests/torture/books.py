"""Two books to compare: what the mail server took, and what the data base has."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.links import digest
from emnnet.models.link import Link
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.models.task import Task

TOKEN = re.compile(r"/link/([\w-]+)")
LEAP = timedelta(hours=1)

Promise = tuple[int, str]  # assignment, kind


@dataclass(frozen=True)
class Taken:
    """A mail that the server took, with the assignments that it speaks of.

    `begun` and `at` are real seconds: when the server first heard of it, when it was
    taken. `moment` and `date` are told by the moved clock. `pid` brought it.
    """

    begun: float
    at: float
    moment: datetime
    date: datetime
    id: str
    key: str
    pid: int
    assignment_ids: frozenset[int]
    answered: bool

    @property
    def moments(self) -> set[datetime]:
        """When it was decided that it leaves, and when it arrived.

        Not the latter, if the clock leapt over hours while the mail was on its way.
        """
        on_its_way = self.moment - self.date
        return {self.date, self.moment if on_its_way < LEAP else self.date}

    @property
    def is_reminder(self) -> bool:
        """Does it chase?"""
        return self.key.startswith("reminders:")


@dataclass(frozen=True)
class Ledger:
    """A reminder as the data base has it."""

    promise: Promise
    message_id: str | None
    is_dropped: bool
    is_given_up: bool


def read_taken(session: Session, path: Path) -> list[Taken]:
    """What the server wrote down, in its order."""
    links = dict(session.execute(select(Link.digest, Link.assignment_id)).all())
    found = []
    for line in path.read_text().splitlines():
        told = json.loads(line)
        tokens = TOKEN.findall(told["text"])
        found.append(
            Taken(
                begun=told["begun"],
                at=told["at"],
                moment=datetime.fromisoformat(told["moment"]),
                date=datetime.fromisoformat(told["date"]),
                id=told["id"],
                key=told["key"],
                pid=told["pid"],
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
        )
        for reminder, message in rows
    ]


def read_moods(path: Path) -> Counter[str]:
    """How often the server did what to a mail, or to everybody."""
    return Counter(path.read_text().splitlines() if path.exists() else ())
