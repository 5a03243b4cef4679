"""What may be chased now: the facts of all open questions, in five statements."""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, select, union
from sqlalchemy.orm import Session

from emnnet.domain.chases import Chase, Choice, Decision, SentReminder, Silence
from emnnet.domain.ladder import Ladders
from emnnet.domain.moments import office_day
from emnnet.domain.network import Duty
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.mail_decision import MailDecision
from emnnet.models.query import Query
from emnnet.selectors import chase_facts as facts
from emnnet.selectors.call_notes import REFUSED_ON_CALL
from emnnet.selectors.chase_ends import Chosen, chosen_before_the_end
from emnnet.selectors.chase_facts import Subject
from emnnet.selectors.clock_stops import IS_STOPPED
from emnnet.selectors.query_facts import OWED

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
    duty: Duty | None = None
    follows_whole: bool = True  # what was sent about the whole counts for it, too


@dataclass(frozen=True)
class _Around:
    """What was read beside the contributions that are owed."""

    ledger: Mapping[Subject, list[SentReminder]]
    decisions: Mapping[Subject, list[Decision]]
    restarted: Mapping[int, date]
    acted: Set[int]
    today: date


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
    is_refused: bool
    reply_by: date | None
    duty: Duty | None

    @property
    def is_whole(self) -> bool:
        return self.own_due_on is None and self.promised_on is None


def open_chases(
    session: Session,
    today: date,
    *,
    until: date | None = None,
    assignment_ids: Collection[int] | None = None,
    unless_ended: Ladders | None = None,
) -> list[OpenChase]:
    """What is owed on queries that run, by assignment; five statements for any number.

    `until` leaves out what is due later, if nobody brought it forward. An assignment
    whose invitation has not left is not chased: its clock has not begun. With
    `unless_ended` those are left out whose ladder holds no further step.
    """
    chosen = _chosen(until, assignment_ids)
    if unless_ended is not None:
        chosen = chosen_before_the_end(chosen, unless_ended)
    owed = _owed(session, chosen)
    if not owed:
        return []
    ids = sorted({row.assignment_id for row in owed})
    around = _Around(
        facts.ledger(session, ids),
        facts.decisions(session, ids),
        facts.restarted(session, ids),
        facts.acted(session, ids, today),
        today,
    )
    return [
        OpenChase(
            row.assignment_id,
            row.institution_id,
            None if row.is_whole else row.contribution_id,
            _chase(row, around),
            row.duty,
            row.own_due_on is None,
        )
        for row in _distinct(owed)
    ]


def _chosen(until: date | None, assignment_ids: Collection[int] | None) -> Chosen:
    """The assignments to look at, by the queries that run: those that are near."""
    running = (
        select(Assignment.id)
        .join(Query, Query.id == Assignment.query_id)
        .where(RUNNING, Assignment.invited_at.is_not(None))
    )
    if assignment_ids is not None:
        return running.where(Assignment.id.in_(assignment_ids))
    if until is None:
        return running
    own = running.join(Contribution, Contribution.assignment_id == Assignment.id).where(
        Contribution.due_on <= until, Contribution.released_at.is_(None)
    )
    forward = running.join(
        MailDecision, MailDecision.assignment_id == Assignment.id
    ).where(
        MailDecision.choice == Choice.FORWARD,
        MailDecision.undone_at.is_(None),
    )
    near = union(running.where(Assignment.due_on <= until), own, forward).subquery()
    return select(near.c.id)


def _owed(session: Session, chosen: Chosen) -> list[_Owed]:
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
        REFUSED_ON_CALL,
        Query.reply_by,
        Institution.duty,
    )
    wanted = (
        select(*columns)
        .join(Contribution, Contribution.assignment_id == Assignment.id)
        .join(Query, Query.id == Assignment.query_id)
        .join(Institution, Institution.id == Assignment.institution_id)
        .where(OWED, Assignment.id.in_(chosen))
        .order_by(Assignment.id, Contribution.id)
    )
    return [_Owed._make(row) for row in session.execute(wanted)]


def _distinct(owed: Iterable[_Owed]) -> list[_Owed]:
    """One row for each question with a date of its own, one for all the others."""
    rows = {
        (row.assignment_id, None if row.is_whole else row.contribution_id): row
        for row in owed
    }
    return list(rows.values())


def _chase(row: _Owed, around: _Around) -> Chase:
    """The facts as the rules want them."""
    started_on = around.restarted.get(row.assignment_id, office_day(row.invited_at))
    if row.returned_at is not None:
        started_on = max(started_on, office_day(row.returned_at))
    if row.own_due_on is not None and row.own_clock_started_on is not None:
        started_on = max(started_on, row.own_clock_started_on)
    keys: list[Subject] = []
    if row.own_due_on is None:
        keys.append((row.assignment_id, None))
    if not row.is_whole:
        keys.append((row.assignment_id, row.contribution_id))
    return Chase(
        due_on=row.own_due_on or row.whole_due_on,
        clock_start=_clock_start(row),
        clock_started_on=started_on,
        silence=_silence(row),
        sent=tuple(one for key in keys for one in around.ledger.get(key, ())),
        promised_on=row.promised_on,
        last_own_action_on=around.today if row.assignment_id in around.acted else None,
        reply_by=row.reply_by,
        decisions=tuple(one for key in keys for one in around.decisions.get(key, ())),
    )


def _silence(row: _Owed) -> Silence | None:
    if row.is_paused:
        return Silence.PAUSED
    return Silence.WILL_NOT_ANSWER if row.is_refused else None


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
