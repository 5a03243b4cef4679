"""What the next run of the job will promise, to whom and why. Reads; writes nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.reminders import RULES, Base, Due, Rule, reminder_due
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.chases import OpenChase, open_chases
from emnnet.selectors.contacts import Addressee, addressees
from emnnet.selectors.outbox import UNENDED

NOBODY = _n("The institution has neither a contact nor a mailbox.")
HAD_ITS_MAIL = _n("The institution has had its mail of this day: the next day's run.")


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
    """One day: the mails by institution, those skipped with why, what is broken."""

    day: date
    mails: tuple[PlannedMail, ...] = ()
    skipped: tuple[PlannedMail, ...] = ()
    broken: tuple[BrokenChase, ...] = ()


def planned_mails(
    session: Session,
    calendar: Calendar,
    today: date,
    rules: Sequence[Rule] = RULES,
) -> MailPlan:
    """What a run on `today` promises; nothing on a day off. Seven statements."""
    if not calendar.is_working_day(today):
        return MailPlan(today)
    seen = open_chases(session, today, until=horizon(calendar, today, rules))
    due, broken = due_reminders(seen, today, calendar, rules)
    grouped: dict[int, list[PlannedReminder]] = defaultdict(list)
    for one in due:
        grouped[one.subject.institution_id].append(one)
    reached = addressees(session, list(grouped), today)
    had = had_their_mail(session, list(grouped), today)
    mails = [
        PlannedMail(id_, to, tuple(rows), _why_skipped(to, id_ in had))
        for id_, rows in sorted(grouped.items())
        for to in [reached.get(id_)]
    ]
    return MailPlan(
        today,
        tuple(mail for mail in mails if mail.skipped is None),
        tuple(mail for mail in mails if mail.skipped is not None),
        tuple(broken),
    )


def due_reminders(
    subjects: Iterable[OpenChase],
    today: date,
    calendar: Calendar,
    rules: Sequence[Rule] = RULES,
) -> tuple[list[PlannedReminder], list[BrokenChase]]:
    """What is due among these, and the records that cannot be judged (B11)."""
    due: list[PlannedReminder] = []
    broken: list[BrokenChase] = []
    for subject in subjects:
        try:
            found = reminder_due(subject.chase, today, calendar, rules)
        except Exception as error:
            broken.append(BrokenChase(subject.assignment_id, error))
        else:
            due += [PlannedReminder(subject, found)] if found else []
    return due, broken


def horizon(calendar: Calendar, today: date, rules: Sequence[Rule] = RULES) -> date:
    """What is due later than this needs no reminder yet; days off in a row included."""
    earliest = min((rule.offset for rule in rules if rule.base is Base.DUE), default=0)
    return calendar.add_working_days(today, -min(earliest, 0)) + timedelta(days=7)


def mail_key(institution_id: int, day: date) -> str:
    """The promise of one mail for an institution and day."""
    return f"reminders:{institution_id}:{day.isoformat()}"


def had_their_mail(
    session: Session, institution_ids: Collection[int], today: date
) -> set[int]:
    """The institutions whose mail of that day is written and waits no more.

    A mail that still waits, today's or an older one, takes in what falls due.
    """
    if not institution_ids:
        return set()
    keys = [mail_key(id_, today) for id_ in institution_ids]
    rows = session.execute(
        select(OutboxMessage.institution_id, UNENDED).where(
            OutboxMessage.kind == MailKind.REMINDER,
            OutboxMessage.institution_id.in_(institution_ids),
            or_(OutboxMessage.key.in_(keys), UNENDED),
        )
    ).all()
    waiting = {id_ for id_, waits in rows if waits}
    return {id_ for id_, waits in rows if id_ and not waits} - waiting


def _why_skipped(to: Addressee | None, had: bool) -> Message | None:
    if to is None:
        return message(NOBODY)
    if to.not_before is not None:
        return to.why[0]  # closed until then
    return message(HAD_ITS_MAIL) if had else None
