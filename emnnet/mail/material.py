"""What the templates of mails are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.calendar import Calendar, Distance
from emnnet.domain.mail_wordings import EVERY_DUTY
from emnnet.domain.mails import MailKind
from emnnet.mail.errand_links import ErrandLinks
from emnnet.mail.links import office_url
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.institution import Institution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.selectors.mail_wordings import NO_WORDINGS, Wordings, wordings_of
from emnnet.selectors.reminders import RemindedOf
from emnnet.selectors.threads import thread_root

Links = Mapping[int, str]
"""The address of the personal link of each assignment, by its id."""


@dataclass(frozen=True)
class Office:
    """Whom the reader may write to or call."""

    name: str
    email: str
    phone: str


@dataclass(frozen=True)
class ReminderItem:
    """One query of a reminder: what is owed, how far its date is, and the link."""

    entry: RemindedOf
    distance: Distance
    link: str | None
    reply_by_passed: bool = False  # the asking country's day is over

    @property
    def assignment(self) -> Assignment:
        """The query as it was put to the institution."""
        return self.entry.assignment

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """What is owed, in the order of the questions."""
        return self.entry.contributions

    @property
    def due_on(self) -> date:
        """The day it was or is due, or was promised for."""
        return self.entry.due_on

    @property
    def due_time(self) -> time | None:
        """The hour of that day; a promise is for the whole day."""
        assignment = self.assignment
        return assignment.due_time if assignment.due_on == self.due_on else None


@dataclass(frozen=True)
class Material:
    """The names a template may use; those that do not apply are None or empty."""

    assignment: Assignment | None
    query: Query | None
    institution: Institution | None
    contributions: Sequence[Contribution]
    due_on: date | None
    distance: Distance | None
    link: str | None
    office: Office
    facts: Mapping[str, Any]
    versions: Sequence[ContributionVersion] = ()
    reminders: Sequence[ReminderItem] = field(default=())
    due_time: time | None = None
    away: str | None = None  # where a contact says when it is away
    unsubscribe: str | None = None  # a digest is ended by one click
    wordings: Wordings = NO_WORDINGS  # the office's own
    thread: str | None = None  # the mail that began the conversation

    @property
    def duty(self) -> str:
        """Why the reader's institution takes part, as wordings name it."""
        duty = self.institution.duty if self.institution else None
        return duty or EVERY_DUTY


def gather(
    session: Session,
    message: OutboxMessage,
    entries: Sequence[RemindedOf],
    links: Links,
    *,
    calendar: Calendar,
    today: date,
    errands: ErrandLinks | None = None,
) -> Material:
    """Read what the wording of one mail needs."""
    assignment = message.assignment
    contributions = _contributions(session, message)
    due_on = _due_on(message, contributions)
    query = message.query or (assignment.query if assignment else None)
    link = links.get(assignment.id) if assignment else None
    return Material(
        assignment=assignment,
        query=query,
        institution=message.institution
        or (assignment.institution if assignment else None),
        contributions=contributions,
        due_on=due_on,
        due_time=_due_time(message, contributions, due_on),
        distance=calendar.distance(due_on, today) if due_on else None,
        link=link
        or (errands and errands.main_of(message.kind))
        or office_url(message.kind, query, message.facts),
        office=our_office(message.language),
        facts=message.facts,
        versions=_versions(session, message),
        reminders=[_item(entry, links, calendar, today) for entry in entries],
        away=errands.away if errands else None,
        unsubscribe=errands.unsubscribe if errands else None,
        wordings=wordings_of(session, message.kind, language_of(message)),
        thread=thread_root(session, message, [one.assignment.id for one in entries]),
    )


def language_of(message: OutboxMessage) -> str:
    """The reader's language, if we have it."""
    known: list[str] = current_app.config["LANGUAGES"]
    return message.language if message.language in known else known[0]


def our_office(language: str) -> Office:
    """The office as the settings describe it, its name in that language."""
    settings = current_app.config
    return Office(
        office_name(language), settings["OFFICE_EMAIL"], settings["OFFICE_PHONE"]
    )


def office_name(language: str) -> str:
    """What the office is called in that language, else in general."""
    settings = current_app.config
    return str(
        settings.get(f"OFFICE_NAME_{language.upper()}") or settings["OFFICE_NAME"]
    )


def _item(
    entry: RemindedOf, links: Links, calendar: Calendar, today: date
) -> ReminderItem:
    distance = calendar.distance(entry.due_on, today)
    reply_by = entry.assignment.query.reply_by
    passed = reply_by is not None and reply_by < today
    return ReminderItem(entry, distance, links.get(entry.assignment.id), passed)


def _contributions(session: Session, message: OutboxMessage) -> Sequence[Contribution]:
    """Those named in the facts, else all of the assignment that were not released."""
    if message.assignment_id is None:
        return ()
    wanted = (
        select(Contribution)
        .join(Contribution.question)
        .where(Contribution.assignment_id == message.assignment_id)
        .order_by(Question.position)
        .options(joinedload(Contribution.question))
        .execution_options(populate_existing=True)
    )
    named = message.facts.get("contributions")
    if named:
        wanted = wanted.where(Contribution.id.in_(named))
    elif message.kind not in {MailKind.RELEASED, MailKind.WITHDRAWN}:
        wanted = wanted.where(Contribution.released_at.is_(None))
    return session.scalars(wanted).all()


def _due_on(
    message: OutboxMessage, contributions: Sequence[Contribution]
) -> date | None:
    """The day in the facts, else the one day of the questions, else the whole's."""
    if given := message.facts.get("due_on"):
        return date.fromisoformat(given)
    if message.assignment is None:
        return None
    own = {one.due_on for one in contributions if one.due_on is not None}
    if message.kind is MailKind.RETURNED and own:
        return min(own)
    return message.assignment.due_on


def _due_time(
    message: OutboxMessage, contributions: Sequence[Contribution], due_on: date | None
) -> time | None:
    """The hour that goes with the day: in the facts, the questions' or the whole's."""
    if given := message.facts.get("due_time"):
        return time.fromisoformat(given)
    own = [one.due_time for one in contributions if one.due_on == due_on]
    if own:
        return own[0]
    whole = message.assignment
    return whole.due_time if whole is not None and whole.due_on == due_on else None


def _versions(
    session: Session, message: OutboxMessage
) -> Sequence[ContributionVersion]:
    """What was sent in; only a receipt shows it, to its own author."""
    if message.kind is not MailKind.RECEIPT:
        return ()
    wanted = (
        select(ContributionVersion)
        .where(ContributionVersion.id.in_(message.facts.get("versions", ())))
        .order_by(ContributionVersion.id)
        .options(
            joinedload(ContributionVersion.contribution).joinedload(
                Contribution.question
            )
        )
    )
    return session.scalars(wanted).all()
