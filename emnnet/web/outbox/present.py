"""The mails of the office's page, worded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task
from emnnet.selectors.outbox import PER_PAGE, MailLine, MailState
from emnnet.web.outbox import words


@dataclass(frozen=True)
class Tab:
    """One state of mails, with how many there are."""

    label: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True)
class Line:
    """One mail of the list."""

    id: int
    kind: str
    reminders: int
    to: str
    institution: str
    reference: str
    title: str
    queued_at: datetime
    next: str
    error: str
    may_retry: bool
    addressed: tuple[str, ...] = ()  # why to this address: "instead of …"


@dataclass(frozen=True)
class TaskLine:
    """Something a person has to see to."""

    id: int
    title: str
    about: str
    advice: str
    message_id: int | None
    arrived_id: int | None  # the mail that came in, where the task is about one


@dataclass(frozen=True)
class OutboxPage:
    """All of the page."""

    state: MailState
    tabs: Sequence[Tab]
    lines: Sequence[Line]
    tasks: Sequence[TaskLine]
    page: int
    pages: int


def outbox_page(
    state: MailState,
    counts: Mapping[MailState, int],
    lines: Sequence[MailLine],
    tasks: Sequence[Task],
    *,
    page: int,
    now: datetime,
) -> OutboxPage:
    """The list of one state with its tabs, and the tasks above it."""
    return OutboxPage(
        state=state,
        tabs=[
            _tab(one, counts[one], state)
            for one in MailState
            if one is not MailState.HELD or counts[one] or one is state
        ],
        lines=[line_of(one.message, one.reminders, now) for one in lines],
        tasks=[_task(task) for task in tasks],
        page=page,
        pages=max(1, -(-counts[state] // PER_PAGE)),
    )


def line_of(message: OutboxMessage, reminders: int, now: datetime) -> Line:
    """One mail in words."""
    contact, query, body = message.contact, message.query, message.institution
    mine = contact is not None and contact.email == message.recipient
    name = f"{contact.role_title}, " if contact is not None and mine else ""
    return Line(
        id=message.id,
        kind=str(words.KINDS[message.kind]),
        reminders=reminders,
        to=f"{name}{message.recipient}",
        institution=body.short if body else "",
        reference=query.reference if query else "",
        title=query.title if query else "",
        queued_at=message.queued_at,
        next=words.what_next(message, now),
        error=message.bounce or message.last_error or "",
        may_retry=_may_retry(message),
        addressed=words.addressed(message),
    )


def _may_retry(message: OutboxMessage) -> bool:
    """Given up, or waiting after a try that failed."""
    ended = message.sent_at or message.expired_at
    return not ended and bool(message.failed_at or message.attempts)


def _tab(state: MailState, count: int, current: MailState) -> Tab:
    url = url_for("outbox.index", state=None if state is MailState.WAITING else state)
    return Tab(str(words.STATES[state]), url, count, state is current)


def _task(task: Task) -> TaskLine:
    return TaskLine(
        id=task.id,
        title=str(words.TASKS[task.kind]),
        about=words.about(task),
        advice=str(words.ADVICE[task.kind]),
        message_id=task.message_id,
        arrived_id=task.facts.get("arrived_mail"),
    )
