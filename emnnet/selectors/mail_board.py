"""The automatic mail of the next working days, as the runs of those days will find it.

Each day is decided as the job decides it, and what goes out on one day is taken to
have left when the next is looked at. Reads; writes nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache

from sqlalchemy import exists
from sqlalchemy.orm import Session

from emnnet.domain.calendar import ONE_DAY, Calendar
from emnnet.domain.chases import Chase, Decision, SentReminder
from emnnet.domain.ladder import Rule, ladder_for
from emnnet.domain.mail_pauses import find_quiet
from emnnet.domain.moments import at_hour, office_day
from emnnet.domain.outlook import ended_on, left, next_look
from emnnet.domain.reminders import why_expired, why_held
from emnnet.models.assignment import Assignment
from emnnet.models.mail_decision import MailDecision
from emnnet.models.reminder import Reminder
from emnnet.selectors.assignment_names import (
    AssignmentName,
    name_of,
    named,
    names_reading,
)
from emnnet.selectors.chase_facts import around_reading
from emnnet.selectors.chases import (
    OpenChase,
    asked_ids,
    chases_of,
    owed_until,
)
from emnnet.selectors.contacts import Reachable, reachables_reading
from emnnet.selectors.day_mails import day_mails_reading
from emnnet.selectors.planned_mail import (
    MailPlan,
    PlannedReminder,
    Terms,
    day_plan,
    due_reminders,
    horizon,
)
from emnnet.selectors.reading import MOST, Reading, Rows, Selection, batched, read
from emnnet.selectors.waiting_chasers import judged, without_stale_chasers

WORKING_DAYS = 7
LAST_RUN = time(17, 0)
"""After this hour the next run is that of the next working day."""
DECISIONS_SHOWN = 200
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
class MadeDecision:
    """What a person decided about a step to come and did not undo."""

    id: int
    about: AssignmentName
    part: int | None
    decision: Decision

    @property
    def key(self) -> _Key:
        """The chase it is about."""
        return self.about.id, self.part


@dataclass(frozen=True)
class Board:
    """The days ahead, the answers after which nobody goes any more, the decisions."""

    days: list[MailPlan]
    stuck: list[Stuck]
    chases: list[OpenChase]
    names: Mapping[int, AssignmentName]
    decisions: Sequence[MadeDecision] = ()


def read_board(
    session: Session, terms: Terms, days: Sequence[date], today: date
) -> Board:
    """What the runs of these working days will promise, if nothing else happens.

    Two statements for any number of days and mails.
    """
    (owed,) = read(session, owed_until(horizon(terms, days[-1])))
    ids = asked_ids(owed)
    bodies = sorted({one.institution_id for one in owed})
    some = ids[:MOST]
    found, reached, mails, names, decisions = read(
        session,
        around_reading(some, today),
        reachables_reading(bodies),
        day_mails_reading(bodies, days[0]),
        names_reading(some),
        _decisions_reading(),
    )
    for more in batched(ids[MOST:]):  # what does not fit into one statement
        beside, others = read(session, around_reading(more, today), names_reading(more))
        found, names = found | beside, names | others
    seen = chases_of(owed, found)
    plans = _played(terms, days, seen, reached, mails.had)
    return Board(plans, _stuck(seen, terms, today), seen, names, decisions)


def _decisions_reading() -> Reading[list[MadeDecision]]:
    """The decisions that hold, the newest first; none about a step that has left."""

    def made(rows: Rows) -> list[MadeDecision]:
        return [
            MadeDecision(
                row.decision_id, name_of(row), row.contribution_id, Decision(*row[-6:])
            )
            for row in sorted(rows, key=lambda one: -one.decision_id)
        ]

    return Reading((_decided(),), made, {})


@lru_cache
def _decided() -> Selection:
    has_left = exists().where(
        Reminder.assignment_id == MailDecision.assignment_id,
        Reminder.clock_start == MailDecision.clock_start,
        Reminder.kind == MailDecision.kind,
        Reminder.contribution_id.is_not_distinct_from(MailDecision.contribution_id),
    )
    columns = (
        MailDecision.id.label("decision_id"),
        MailDecision.contribution_id,
        MailDecision.kind,
        MailDecision.clock_start,
        MailDecision.choice,
        MailDecision.made_for,
        MailDecision.until,
        MailDecision.made_by,
    )
    return (
        named(columns)
        .join(MailDecision, MailDecision.assignment_id == Assignment.id)
        .where(MailDecision.undone_at.is_(None), ~has_left)
        .order_by(MailDecision.id.desc())
        .limit(DECISIONS_SHOWN)
    )


def planned_board(
    session: Session, terms: Terms, days: Sequence[date], today: date
) -> list[MailPlan]:
    """The days of the board alone."""
    return read_board(session, terms, days, today).days


def _played(
    terms: Terms,
    days: Sequence[date],
    seen: Sequence[OpenChase],
    reached: Mapping[int, Reachable],
    had: Collection[int],
) -> list[MailPlan]:
    watched = {
        _key(one): _Watched(one, days[0]) for one in _settled(seen, days[0], terms)
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


def _settled(seen: Sequence[OpenChase], start: date, terms: Terms) -> list[OpenChase]:
    """What waits in the outbox leaves at the next chance, if it is still true then."""
    ahead = (start + ONE_DAY * step for step in range(FURTHEST))
    day = next((day for day in ahead if terms.works_on(day)), None)
    if day is None:
        return list(seen)
    fresh = without_stale_chasers(seen, day, terms.calendar, terms.ladders)
    return judged(fresh, lambda one: _chase_settled(one, day, terms))


def _chase_settled(subject: OpenChase, day: date, terms: Terms) -> Chase:
    chase, rules = subject.chase, _rules(subject, terms)
    rows = [
        row if not row.waits else _as_it_leaves(row, chase, day, terms, rules)
        for row in chase.sent
    ]
    return replace(chase, sent=tuple(row for row in rows if row is not None))


def _as_it_leaves(
    row: SentReminder, chase: Chase, day: date, terms: Terms, rules: Sequence[Rule]
) -> SentReminder | None:
    if why_held(row, chase, day) is not None:
        return None
    expired = why_expired(row, chase, day, terms.calendar, rules) is not None
    return replace(row, waits=False, sent_on=None if expired else day)
