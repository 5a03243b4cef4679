"""What may be chased now: the facts of all open questions, in four statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, union
from sqlalchemy.orm import Session

from emnnet.domain.mails import MailKind
from emnnet.domain.moments import at_hour, office_day
from emnnet.domain.reminders import Chase, SentReminder, Silence
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.selectors.clock_stops import IS_STOPPED
from emnnet.selectors.query_facts import OWED

STARTING = (
    MailKind.INVITATION,
    MailKind.DUE_CHANGED,
    MailKind.RETURNED,
    MailKind.QUESTION_CLARIFIED,
    MailKind.CLOCK_RESTARTED,
)
"""The mails whose leaving starts a clock anew."""

RUNNING = and_(
    Query.sent_on.is_(None),
    Query.closed_at.is_(None),
    Query.withdrawn_at.is_(None),
    Query.deleted_at.is_(None),
)


@dataclass(frozen=True)
class OpenChase:
    """One reminder's subject: an assignment, or its one question with its own date."""

    assignment_id: int
    institution_id: int
    contribution_id: int | None
    chase: Chase


class _Owed(NamedTuple):
    """One contribution that is owed, with what its clock needs."""

    assignment_id: int
    institution_id: int
    whole_due_on: date
    clock_start: int
    invited_at: datetime
    contribution_id: int
    own_due_on: date | None
    promised_on: date | None
    returned_at: datetime | None
    own_clock_start: int
    own_clock_started_on: date | None
    is_paused: bool

    @property
    def is_whole(self) -> bool:
        return self.own_due_on is None and self.promised_on is None


def open_chases(
    session: Session,
    today: date,
    *,
    until: date | None = None,
    assignment_ids: Collection[int] | None = None,
) -> list[OpenChase]:
    """What is owed on queries that run, by assignment; four statements for any number.

    `until` leaves out what is due later and promised for no day before today. An
    assignment whose invitation has not left is not chased: its clock has not begun.
    """
    chosen = (
        Assignment.id.in_(assignment_ids) if assignment_ids is not None else RUNNING
    )
    owed = _owed(session, chosen, until)
    if not owed:
        return []
    ledger = _ledger(session, chosen)
    restarted = _restarted(session, chosen)
    acted = _acted(session, today)
    return [
        OpenChase(
            row.assignment_id,
            row.institution_id,
            None if row.is_whole else row.contribution_id,
            _chase(
                row, ledger, restarted, today if row.assignment_id in acted else None
            ),
        )
        for row in _distinct(owed)
    ]


def _owed(
    session: Session, chosen: ColumnElement[bool], until: date | None
) -> list[_Owed]:
    columns = (
        Assignment.id,
        Assignment.institution_id,
        Assignment.due_on,
        Assignment.clock_start,
        Assignment.invited_at,
        Contribution.id,
        Contribution.due_on,
        Contribution.promised_on,
        Contribution.returned_at,
        Contribution.clock_start,
        Contribution.clock_started_on,
        IS_STOPPED,
    )
    wanted = (
        select(*columns)
        .join(Contribution, Contribution.assignment_id == Assignment.id)
        .join(Query, Query.id == Assignment.query_id)
        .where(OWED, RUNNING, chosen, Assignment.invited_at.is_not(None))
        .order_by(Assignment.id, Contribution.id)
    )
    if until is not None:
        near = func.coalesce(Contribution.due_on, Assignment.due_on) <= until
        wanted = wanted.where(or_(near, Contribution.promised_on <= until))
    return [_Owed._make(row) for row in session.execute(wanted)]


def _distinct(owed: Iterable[_Owed]) -> list[_Owed]:
    """One row for each question with a date of its own, one for all the others."""
    rows = {
        (row.assignment_id, None if row.is_whole else row.contribution_id): row
        for row in owed
    }
    return list(rows.values())


def _chase(
    row: _Owed,
    ledger: Mapping[tuple[int, int | None], list[SentReminder]],
    restarted: Mapping[int, date],
    acted_on: date | None,
) -> Chase:
    """The facts as the rules want them."""
    started_on = restarted.get(row.assignment_id, office_day(row.invited_at))
    if row.returned_at is not None:
        started_on = max(started_on, office_day(row.returned_at))
    if row.own_due_on is not None and row.own_clock_started_on is not None:
        started_on = max(started_on, row.own_clock_started_on)
    sent = ledger.get((row.assignment_id, None), []) if row.own_due_on is None else []
    if not row.is_whole:
        sent = sent + ledger.get((row.assignment_id, row.contribution_id), [])
    return Chase(
        due_on=row.own_due_on or row.whole_due_on,
        clock_start=_clock_start(row),
        clock_started_on=started_on,
        silence=Silence.PAUSED if row.is_paused else None,
        sent=tuple(sent),
        promised_on=row.promised_on,
        last_own_action_on=acted_on,
    )


def _clock_start(row: _Owed) -> int:
    """Part of a reminder's key; the clock of a question with its own date runs apart.

    It grows with each start of either clock. A returned question counts from the day
    it was.
    """
    if row.own_due_on is None:
        return row.clock_start
    if row.returned_at is not None:
        return office_day(row.returned_at).toordinal() + row.own_clock_start
    return row.clock_start + row.own_clock_start


def _ledger(
    session: Session, chosen: ColumnElement[bool]
) -> dict[tuple[int, int | None], list[SentReminder]]:
    rows = session.execute(
        select(
            Reminder.assignment_id,
            Reminder.contribution_id,
            Reminder.kind,
            Reminder.clock_start,
            OutboxMessage.sent_at,
            Reminder.expired_at,
        )
        .join(Assignment, Assignment.id == Reminder.assignment_id)
        .join(Query, Query.id == Assignment.query_id)
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id, isouter=True)
        .where(RUNNING, chosen)
        .order_by(Reminder.id)
    )
    found: dict[tuple[int, int | None], list[SentReminder]] = defaultdict(list)
    for assignment_id, contribution_id, kind, start, sent_at, expired_at in rows:
        left_on = office_day(sent_at) if sent_at and not expired_at else None
        found[assignment_id, contribution_id].append(SentReminder(kind, start, left_on))
    return found


def _restarted(session: Session, chosen: ColumnElement[bool]) -> dict[int, date]:
    """When the mail that told of the last restart left, where there was a restart."""
    rows = session.execute(
        select(OutboxMessage.assignment_id, func.max(OutboxMessage.sent_at))
        .join(Assignment, Assignment.id == OutboxMessage.assignment_id)
        .join(Query, Query.id == Assignment.query_id)
        .where(
            RUNNING,
            chosen,
            Assignment.clock_start > 1,
            OutboxMessage.kind.in_(STARTING),
            OutboxMessage.sent_at.is_not(None),
        )
        .group_by(OutboxMessage.assignment_id)
    )
    return {id_: office_day(at) for id_, at in rows if id_ and at}


def _acted(session: Session, today: date) -> set[int]:
    """The assignments whose institution did something about them today."""
    since = at_hour(today, time.min)
    moments: tuple[Any, ...] = (
        Contribution.draft_saved_at,
        Contribution.promised_at,
        Contribution.declined_at,
        Contribution.change_asked_at,
    )
    wrote = select(Contribution.assignment_id).where(
        or_(*(moment >= since for moment in moments))
    )
    submitted = (
        select(Contribution.assignment_id)
        .join(ContributionVersion)
        .where(ContributionVersion.submitted_at >= since)
    )
    accepted = select(Assignment.id).where(Assignment.acknowledged_at >= since)
    return set(session.scalars(union(wrote, submitted, accepted)))
