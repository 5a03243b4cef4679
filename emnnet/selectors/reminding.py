"""Whom of a query's institutions a reminder by hand may go to, and who is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.addressing import Purpose, why_not
from emnnet.domain.calendar import Calendar
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.reminders import NOT_NEEDED, ReminderKind
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.query import Query
from emnnet.selectors.calendar import calendar_reading
from emnnet.selectors.chase_facts import around_reading
from emnnet.selectors.chases import OpenChase, Owed, chases_of, owed_among
from emnnet.selectors.contacts import (
    Addressee,
    Reachable,
    addressee_of,
    reachables_reading,
)
from emnnet.selectors.day_mails import day_mails_reading
from emnnet.selectors.planned_mail import NOBODY
from emnnet.selectors.reading import read
from emnnet.selectors.reminders import RemindedOf, is_whole, owed_of
from emnnet.selectors.touches import Touches, touches_reading

OVER = _n("The query does not run any more: nobody is asked about it.")
NOTHING_OWED = _n("Nothing is owed: answered, declined or taken back.")
NOT_INVITED = _n("The invitation has not left yet.")
PROMISED = _n("The answer is promised for %(day)s.")
WROTE_TODAY = _n("The institution did something about it today.")
HAD_ITS_MAIL = _n("It has had its mail of today already.")
HAS_ITS_MAIL = _n("Its mail of today waits to leave.")
NOT_TICKED = _n("You did not tick it.")
WHOLE = (
    joinedload(Assignment.institution),
    joinedload(Assignment.contributions).joinedload(Contribution.question),
)
"""With an assignment, all that a line says of it."""


@dataclass(frozen=True)
class RemindLine:
    """One institution: what it owes, how often it was reminded, whom it goes to."""

    assignment: Assignment
    owed: tuple[Contribution, ...]
    subjects: tuple[OpenChase, ...]
    to: Addressee | None
    touches: Touches = field(default_factory=Touches)
    skipped: Message | None = None

    @property
    def due_on(self) -> date:
        """The earliest of the days it has missed or is to keep."""
        days = [one.chase.due_on for one in self.subjects]
        return min(days, default=self.assignment.due_on)

    def entry(self) -> RemindedOf:
        """What a mail says about it."""
        kind = ReminderKind.BY_HAND
        return RemindedOf(self.assignment, kind, self.due_on, self.owed, ())


@dataclass(frozen=True)
class RemindList:
    """A query with all institutions that were asked, and the days off to count by."""

    query: Query
    lines: list[RemindLine]
    calendar: Calendar


def find_remind_list(
    session: Session, query_id: int, code: str, today: date
) -> RemindList | None:
    """The list of a query, or none without such a query. Three statements."""
    rows = session.execute(
        select(Query, Assignment)
        .outerjoin(Assignment, Assignment.query_id == Query.id)
        .where(Query.id == query_id)
        .options(*WHOLE)
    ).unique()
    found = rows.all()
    if not found:
        return None
    asked = [one for _, one in found if one is not None]
    ids = owed_among([one.id for one in asked])
    calendar, owed = read(session, calendar_reading(code), ids)
    return RemindList(found[0][0], _lines(session, asked, owed, today), calendar)


def remind_lines(session: Session, query: Query, today: date) -> list[RemindLine]:
    """All institutions asked about a query, the longest overdue first."""
    rows = session.scalars(
        select(Assignment)
        .where(Assignment.query_id == query.id)
        .options(joinedload(Assignment.query), *WHOLE)
        .execution_options(populate_existing=True)
    )
    asked = list(rows.unique())
    owed = owed_among([one.id for one in asked]).take(session)
    return _lines(session, asked, owed, today)


def _lines(
    session: Session, asked: Sequence[Assignment], owed: Sequence[Owed], today: date
) -> list[RemindLine]:
    ids = [one.id for one in asked]
    bodies = [one.institution_id for one in asked]
    around, touches, known, mails = read(
        session,
        around_reading(ids, today),
        touches_reading(ids),
        reachables_reading(bodies),
        day_mails_reading(bodies, today),
    )
    chases: dict[int, list[OpenChase]] = {}
    for chase in chases_of(owed, around):
        chases.setdefault(chase.assignment_id, []).append(chase)
    lines = []
    for one in asked:
        body = one.institution_id
        waits, had = body in mails.waiting, body in mails.had
        mail = message(HAS_ITS_MAIL if waits else HAD_ITS_MAIL if had else "")
        there = known.get(body, Reachable())
        lines.append(_line(one, chases.get(one.id, []), there, touches, mail, today))
    return sorted(lines, key=lambda line: (line.due_on, line.assignment.id))


def _line(
    assignment: Assignment,
    chases: list[OpenChase],
    known: Reachable,
    touches: Mapping[int, Touches],
    mail: Message,
    today: date,
) -> RemindLine:
    open_now = [one for one in chases if not _is_promised(one, today)]
    parts = {one.contribution_id for one in open_now}
    owed = [
        one
        for one in owed_of(assignment)
        if one.id in parts or (None in parts and is_whole(one))
    ]
    owed.sort(key=lambda one: one.question.position)
    to = known.reach(today)
    why = _why_skipped(assignment, chases, open_now, today) or (
        _why_unreachable(known, today) or (mail if mail.text else None)
    )
    addressee = addressee_of(assignment.institution_id, to) if to else None
    touched = touches.get(assignment.id, Touches())
    return RemindLine(assignment, tuple(owed), tuple(open_now), addressee, touched, why)


def _why_skipped(
    assignment: Assignment,
    chases: list[OpenChase],
    open_now: list[OpenChase],
    today: date,
) -> Message | None:
    """Why nobody is reminded, the most telling reason first, or None."""
    query = assignment.query
    if query.sent_on or query.closed_at or query.withdrawn_at or query.deleted_at:
        return message(OVER)
    if not owed_of(assignment):
        return message(NOTHING_OWED)
    if assignment.invited_at is None or not chases:
        return message(NOT_INVITED)
    silence = next((one.chase.silence for one in chases if one.chase.silence), None)
    if silence is not None:
        return message(NOT_NEEDED[silence])
    if not open_now:
        promised = max(one.chase.promised_on or today for one in chases)
        return message(PROMISED, day=promised)
    if any(one.chase.last_own_action_on == today for one in chases):
        return message(WROTE_TODAY)
    return None


def _why_unreachable(known: Reachable, today: date) -> Message | None:
    to = known.reach(today)
    if to is None:
        people = [one for one in known.people if Purpose.ROUTING in one.purposes]
        reasons = [why_not(one, today) for one in people]
        return next((reason for reason in reasons if reason), message(NOBODY))
    return to.why[0] if to.not_before is not None else None


def _is_promised(one: OpenChase, today: date) -> bool:
    promised = one.chase.promised_on
    return promised is not None and today <= promised
