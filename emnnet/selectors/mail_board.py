"""The automatic mail of the next working days, as the runs of those days will find it.

Each day is decided as the job decides it, and what goes out on one day is taken to
have left when the next is looked at. Reads; writes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from emnnet.domain.calendar import ONE_DAY, Calendar
from emnnet.domain.chases import Chase, SentReminder
from emnnet.domain.ladder import Rule, ladder_for
from emnnet.domain.mail_pauses import find_quiet
from emnnet.domain.moments import at_hour, office_day
from emnnet.domain.outlook import ended_on, left, next_look
from emnnet.domain.reminders import why_expired, why_held
from emnnet.selectors.chases import OpenChase, open_chases
from emnnet.selectors.contacts import reachables
from emnnet.selectors.planned_mail import (
    MailPlan,
    PlannedReminder,
    Terms,
    day_plan,
    due_reminders,
    had_their_mail,
    horizon,
)

WORKING_DAYS = 7
LAST_RUN = time(17, 0)
"""After this hour the next run is that of the next working day."""
FURTHEST = 400  # days: a pause without an end has no next chance

_Key = tuple[int, int | None]


@dataclass
class _Watched:
    """A chase as it will stand, and the next day on which it is worth a look."""

    subject: OpenChase
    look_on: date

    @property
    def key(self) -> _Key:
        return _key(self.subject)


@dataclass(frozen=True)
class Stuck:
    """An answer that is owed, late, and after which nobody goes any more."""

    subject: OpenChase
    since: date


def next_run_on(now: datetime, calendar: Calendar) -> date:
    """The working day of the next run of the job."""
    today = office_day(now)
    over = now > at_hour(today, LAST_RUN)
    return calendar.on_or_after(today + ONE_DAY if over else today)


def board_days(
    calendar: Calendar, start: date, count: int = WORKING_DAYS
) -> list[date]:
    """The working days from `start` on."""
    days = [calendar.on_or_after(start)]
    while len(days) < count:
        days.append(calendar.add_working_days(days[-1], 1))
    return days


@dataclass(frozen=True)
class Board:
    """The days ahead, and the answers after which nobody goes any more."""

    days: list[MailPlan]
    stuck: list[Stuck]
    chases: dict[tuple[int, int | None], OpenChase]


def read_board(
    session: Session, terms: Terms, days: Sequence[date], today: date
) -> Board:
    """What the runs of these working days will promise, if nothing else happens.

    Eight statements for any number of days and mails.
    """
    seen = open_chases(session, today, until=horizon(terms, days[-1]))
    plans = _played(session, terms, days, seen)
    return Board(plans, _stuck(seen, terms, today), {_key(one): one for one in seen})


def planned_board(
    session: Session, terms: Terms, days: Sequence[date], today: date
) -> list[MailPlan]:
    """The days of the board alone."""
    return read_board(session, terms, days, today).days


def _played(
    session: Session, terms: Terms, days: Sequence[date], seen: Sequence[OpenChase]
) -> list[MailPlan]:
    bodies = sorted({one.institution_id for one in seen})
    reached = reachables(session, bodies)
    had = had_their_mail(session, bodies, days[0])
    watched = {
        _key(one): _Watched(_settled(one, days[0], terms), days[0]) for one in seen
    }
    plans = []
    for day in days:
        quiet = find_quiet(terms.quiets, day)
        if quiet is not None:
            plans.append(MailPlan(day, quiet=quiet))
            continue
        worth = [one for one in watched.values() if one.look_on <= day]
        due, broken = due_reminders([one.subject for one in worth], day, terms)
        plan = day_plan(day, due, broken, reached, had if day == days[0] else ())
        for failed in broken:
            _forget(watched, failed.assignment_id)
        _move_on(watched.values(), plan, due, day, terms)
        plans.append(plan)
    return plans


def stuck_answers(session: Session, terms: Terms, today: date) -> list[Stuck]:
    """The answers whose ladder has ended, the longest first. Five statements."""
    return _stuck(open_chases(session, today, until=today), terms, today)


def _stuck(seen: Iterable[OpenChase], terms: Terms, today: date) -> list[Stuck]:
    found = []
    for one in seen:
        ladder = ladder_for(one.duty, terms.ladders)
        since = ended_on(one.chase, today, terms.calendar, ladder)
        found += [Stuck(one, since)] if since else []
    return sorted(found, key=lambda one: (one.since, _key(one.subject)[0]))


def _key(subject: OpenChase) -> _Key:
    return subject.assignment_id, subject.contribution_id


def _rules(subject: OpenChase, terms: Terms) -> Sequence[Rule]:
    return ladder_for(subject.duty, terms.ladders).active


def _forget(watched: dict[_Key, _Watched], assignment_id: int) -> None:
    for key in [key for key in watched if key[0] == assignment_id]:
        del watched[key]


def _move_on(
    watched: Iterable[_Watched],
    plan: MailPlan,
    due: Iterable[PlannedReminder],
    day: date,
    terms: Terms,
) -> None:
    """What goes out that day has left; what was skipped is looked at the next day."""
    mailed = [one for mail in plan.mails for one in mail.reminders]
    gone = {_key(one.subject): one.due for one in [*mailed, *plan.calls]}
    skipped = {_key(one.subject) for one in due} - gone.keys()
    for one in watched:
        sent = [gone[key] for key in _ledger_keys(one.subject) if key in gone]
        for each in sent:
            chase = left(one.subject.chase, each, day)
            one.subject = replace(one.subject, chase=chase)
        if one.key in skipped or (one.look_on > day and not sent):
            continue
        rules = _rules(one.subject, terms)
        ahead = next_look(one.subject.chase, day, terms.calendar, rules)
        one.look_on = ahead or date.max


def _ledger_keys(subject: OpenChase) -> set[_Key]:
    """Its own rows of the ledger, and those of the whole where it follows it."""
    whole = {(subject.assignment_id, None)} if subject.follows_whole else set()
    return {_key(subject)} | whole


def _settled(subject: OpenChase, start: date, terms: Terms) -> OpenChase:
    """What waits in the outbox leaves at the next chance, if it is still true then."""
    if not any(row.waits for row in subject.chase.sent):
        return subject
    ahead = (start + ONE_DAY * step for step in range(FURTHEST))
    day = next((day for day in ahead if terms.works_on(day)), None)
    if day is None:
        return subject
    chase, rules = subject.chase, _rules(subject, terms)
    rows = [
        row if not row.waits else _as_it_leaves(row, chase, day, terms, rules)
        for row in chase.sent
    ]
    settled = replace(chase, sent=tuple(row for row in rows if row is not None))
    return replace(subject, chase=settled)


def _as_it_leaves(
    row: SentReminder, chase: Chase, day: date, terms: Terms, rules: Sequence[Rule]
) -> SentReminder | None:
    if why_held(row, chase, day) is not None:
        return None
    expired = why_expired(row, chase, day, terms.calendar, rules) is not None
    return replace(row, waits=False, sent_on=None if expired else day)
