"""What the next run of the job will promise, to whom and why. Reads; writes nothing.

The job does exactly what stands here, and the board shows it: one decision (B25).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from emnnet.domain.addressing import Purpose, why_not
from emnnet.domain.calendar import Calendar
from emnnet.domain.ladder import Base, Ladders, ladder_for
from emnnet.domain.mail_pauses import Quiet, find_quiet
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.reminders import Due, reminder_due
from emnnet.selectors.calendar import calendar_reading
from emnnet.selectors.chases import OpenChase, open_chases
from emnnet.selectors.contacts import (
    Addressee,
    Reachable,
    addressee_of,
    reachables_reading,
)
from emnnet.selectors.day_mails import day_mails_reading
from emnnet.selectors.ladders import ladders_reading, pauses_reading, quiets
from emnnet.selectors.reading import Reading, joined, read
from emnnet.selectors.waiting_chasers import without_stale_chasers

NOBODY = _n("The institution has neither a contact nor a mailbox.")
HAD_ITS_MAIL = _n("The institution has had its mail of this day: the next day's run.")
IS_CLOSED = _n("The institution is closed; it opens again on %(day)s.")


@dataclass(frozen=True)
class Terms:
    """What a plan goes by: days off, the ladders, the days without automatic mail."""

    calendar: Calendar
    ladders: Ladders
    quiets: tuple[Quiet, ...] = ()
    pauses: Sequence[Any] = ()  # the rows of those days

    def works_on(self, day: date) -> bool:
        """Does automatic mail leave on that day?"""
        return self.calendar.is_working_day(day) and not find_quiet(self.quiets, day)


@dataclass(frozen=True)
class PlannedReminder:
    """One reminder that is due: about what, which, and why."""

    subject: OpenChase
    due: Due

    @property
    def due_on(self) -> date:
        """The day the mail speaks of: a promise from the deadline on replaces it."""
        chase = self.subject.chase
        promised = chase.promised_on
        return promised if promised and promised >= chase.due_on else chase.due_on


@dataclass(frozen=True)
class PlannedMail:
    """The one mail of an institution and day; without an addressee it cannot leave."""

    institution_id: int
    to: Addressee | None
    reminders: tuple[PlannedReminder, ...]
    skipped: Message | None = None
    copy_to: Addressee | None = None  # a mail of its own to who stands above

    @property
    def assignment_ids(self) -> list[int]:
        """The assignments it speaks of, in order."""
        return sorted({one.subject.assignment_id for one in self.reminders})


@dataclass(frozen=True)
class BrokenChase:
    """A record that cannot be judged; it stops no other (B11)."""

    assignment_id: int
    error: Exception


@dataclass(frozen=True)
class MailPlan:
    """One day: mails by institution, those skipped with why, calls, what is broken."""

    day: date
    mails: tuple[PlannedMail, ...] = ()
    skipped: tuple[PlannedMail, ...] = ()
    calls: tuple[PlannedReminder, ...] = ()
    broken: tuple[BrokenChase, ...] = ()
    quiet: Quiet | None = field(default=None)


def read_terms(session: Session, calendar: Calendar, today: date) -> Terms:
    """What plans from `today` on go by. One statement."""
    ladders, pauses = read(session, ladders_reading(), pauses_reading(today))
    return _terms(calendar, ladders, pauses)


def terms_reading(code: str, today: date) -> Reading[Terms]:
    """The same with the office's calendar of that code, to be read together."""
    return joined(
        _terms, calendar_reading(code), ladders_reading(), pauses_reading(today)
    )


def _terms(calendar: Calendar, ladders: Ladders, pauses: Sequence[Any]) -> Terms:
    return Terms(calendar, ladders, tuple(quiets(pauses)), pauses)


def planned_mails(
    session: Session, calendar: Calendar, today: date, terms: Terms | None = None
) -> MailPlan:
    """What a run on `today` promises; nothing on a day off. Three statements."""
    terms = terms or read_terms(session, calendar, today)
    if not terms.works_on(today):
        return MailPlan(today, quiet=find_quiet(terms.quiets, today))
    until = horizon(terms, today)
    seen = open_chases(session, today, until=until, unless_ended=terms.ladders)
    due, broken = due_reminders(seen, today, terms)
    bodies = institutions_of(due)
    if not bodies:
        return day_plan(today, due, broken, {})
    reached, mails = read(
        session, reachables_reading(bodies), day_mails_reading(bodies, today)
    )
    return day_plan(today, due, broken, reached, mails.had)


def institutions_of(due: Iterable[PlannedReminder]) -> list[int]:
    """The institutions that get a mail, in order."""
    return sorted({one.subject.institution_id for one in due if one.due.kind.is_mail})


def day_plan(
    day: date,
    due: Iterable[PlannedReminder],
    broken: Iterable[BrokenChase],
    reached: Mapping[int, Reachable],
    had: Collection[int] = (),
) -> MailPlan:
    """What is due on a day as mails: one an institution, if it can be written to."""
    grouped: dict[int, list[PlannedReminder]] = defaultdict(list)
    calls = []
    for one in due:
        if one.due.kind.is_mail:
            grouped[one.subject.institution_id].append(one)
        else:
            calls.append(one)
    mails = [
        _mail(day, id_, rows, reached.get(id_), id_ in had)
        for id_, rows in sorted(grouped.items())
    ]
    return MailPlan(
        day,
        tuple(mail for mail in mails if mail.skipped is None),
        tuple(mail for mail in mails if mail.skipped is not None),
        tuple(calls),
        tuple(broken),
    )


def _mail(
    day: date,
    institution_id: int,
    rows: Iterable[PlannedReminder],
    reached: Reachable | None,
    had: bool,
) -> PlannedMail:
    to = _reached(institution_id, reached, day, Purpose.ROUTING)
    reminders = tuple(rows)
    above = None
    if any(one.due.kind.copies_escalation_contact for one in reminders):
        above = _reached(institution_id, reached, day, Purpose.ESCALATION)
    if above is not None and to is not None and above.email == to.email:
        above = None
    return PlannedMail(
        institution_id, to, reminders, _why_skipped(to, had, day, reached), above
    )


def _reached(
    institution_id: int, reached: Reachable | None, day: date, purpose: Purpose
) -> Addressee | None:
    to = reached.reach(day, purpose) if reached else None
    return addressee_of(institution_id, to) if to else None


def _why_skipped(
    to: Addressee | None, had: bool, day: date, reached: Reachable | None
) -> Message | None:
    if to is None:
        people = reached.people if reached else ()
        mine = (one for one in people if Purpose.ROUTING in one.purposes)
        reasons = (why_not(one, day) for one in mine)
        return next((one for one in reasons if one), message(NOBODY))
    if to.not_before is not None and to.not_before > day:
        return message(IS_CLOSED, day=to.not_before)
    return message(HAD_ITS_MAIL) if had else None


def due_reminders(
    subjects: Sequence[OpenChase], today: date, terms: Terms
) -> tuple[list[PlannedReminder], list[BrokenChase]]:
    """What is due among these, and the records that cannot be judged (B11)."""
    due: list[PlannedReminder] = []
    broken: list[BrokenChase] = []
    seen = without_stale_chasers(subjects, today, terms.calendar, terms.ladders)
    for subject in seen:
        rules = ladder_for(subject.duty, terms.ladders).active
        try:
            found = reminder_due(subject.chase, today, terms.calendar, rules)
        except Exception as error:
            broken.append(BrokenChase(subject.assignment_id, error))
        else:
            due += [PlannedReminder(subject, found)] if found else []
    return due, broken


def horizon(terms: Terms, day: date) -> date:
    """What is due later than this needs no reminder yet on that working day."""
    offsets = [
        rule.offset
        for ladder in terms.ladders.values()
        for rule in ladder.active
        if rule.base is Base.DUE
    ]
    earliest = min(offsets, default=0)
    return terms.calendar.add_working_days(day, -min(earliest, 0))
