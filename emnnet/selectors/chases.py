"""What may be chased now: the facts of all open questions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Date, Subquery, and_, bindparam, select, union
from sqlalchemy.orm import Session

from emnnet.domain.chases import Chase, Choice, Silence
from emnnet.domain.ladder import Ladders
from emnnet.domain.moments import office_day
from emnnet.domain.network import Duty
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.mail_decision import MailDecision
from emnnet.models.query import Query
from emnnet.selectors.call_notes import REFUSED_ON_CALL
from emnnet.selectors.chase_ends import Chosen, LastSteps, before_the_end, last_steps
from emnnet.selectors.chase_facts import Around, Subject, around
from emnnet.selectors.clock_stops import IS_STOPPED
from emnnet.selectors.query_facts import OWED
from emnnet.selectors.reading import Reading, Rows, Selection, some

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
    parts: tuple[int, ...] = ()  # the contributions that are owed


class Owed(NamedTuple):
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
        """Does it follow the date of its assignment?"""
        return self.own_due_on is None and self.promised_on is None


def open_chases(
    session: Session,
    today: date,
    *,
    until: date | None = None,
    assignment_ids: Collection[int] | None = None,
    unless_ended: Ladders | None = None,
) -> list[OpenChase]:
    """What is owed on queries that run, by assignment; two statements up to 5,000.

    `until` leaves out what is due later, if nobody brought it forward. An assignment
    whose invitation has not left is not chased: its clock has not begun. With
    `unless_ended` those are left out whose ladder holds no further step.
    """
    if until is not None:
        reading = owed_until(until, unless_ended)
    else:
        reading = owed_among(assignment_ids)
    owed = reading.take(session)
    return chases_of(owed, around(session, asked_ids(owed), today)) if owed else []


def owed_until(until: date, unless_ended: Ladders | None = None) -> Reading[list[Owed]]:
    """What is owed and near, to be read together with other things."""
    ends = None if unless_ended is None else last_steps(unless_ended)
    return Reading((_owed_near(ends),), _in_order, {"near_until": until})


@lru_cache(maxsize=16)
def _owed_near(ends: LastSteps | None) -> Selection:
    near = _near()
    return _owed(select(near.c.id) if ends is None else before_the_end(near, ends))


def owed_among(
    assignment_ids: Collection[int] | Chosen | None,
) -> Reading[list[Owed]]:
    """What is owed of some assignments, by ids or by what selects them; or of all."""
    if isinstance(assignment_ids, Collection):
        return Reading((_owed_of(),), _in_order, {"asked_ids": list(assignment_ids)})
    chosen = _running(Assignment.id)
    if assignment_ids is not None:
        chosen = chosen.where(Assignment.id.in_(assignment_ids))
    return Reading((_owed(chosen),), _in_order)


@lru_cache
def _owed_of() -> Selection:
    return _owed(_running(Assignment.id).where(Assignment.id.in_(some("asked_ids"))))


def _in_order(rows: Rows) -> list[Owed]:
    owed = [Owed._make(row) for row in rows]
    return sorted(owed, key=lambda one: (one.assignment_id, one.contribution_id))


def asked_ids(owed: Iterable[Owed]) -> list[int]:
    """The assignments of which something is owed."""
    return sorted({row.assignment_id for row in owed})


def chases_of(owed: Iterable[Owed], around: Around) -> list[OpenChase]:
    """One for each question with a date of its own, one for all the others."""
    subjects: dict[Subject, list[Owed]] = {}
    for row in owed:
        part = None if row.is_whole else row.contribution_id
        subjects.setdefault((row.assignment_id, part), []).append(row)
    return [
        OpenChase(
            rows[-1].assignment_id,
            rows[-1].institution_id,
            part,
            _chase(rows[-1], around),
            rows[-1].duty,
            rows[-1].own_due_on is None,
            tuple(row.contribution_id for row in rows),
        )
        for (_, part), rows in subjects.items()
    ]


def _running(*columns: Any) -> Chosen:
    """Assignments of the queries that run."""
    return (
        select(*columns)
        .join(Query, Query.id == Assignment.query_id)
        .where(RUNNING, Assignment.invited_at.is_not(None))
    )


def _near() -> Subquery:
    """The assignments due by a day, or brought forward."""
    until = bindparam("near_until", type_=Date())
    running = _running(Assignment.id, Assignment.institution_id, Assignment.clock_start)
    own = running.join(Contribution, Contribution.assignment_id == Assignment.id).where(
        Contribution.due_on <= until, Contribution.released_at.is_(None)
    )
    forward = running.join(
        MailDecision, MailDecision.assignment_id == Assignment.id
    ).where(
        MailDecision.choice == Choice.FORWARD,
        MailDecision.undone_at.is_(None),
    )
    return union(running.where(Assignment.due_on <= until), own, forward).subquery()


def _owed(chosen: Chosen) -> Selection:
    return (
        select(
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
            IS_STOPPED.label("is_stopped"),
            REFUSED_ON_CALL.label("is_refused"),
            Query.reply_by,
            Institution.duty,
        )
        .join(Contribution, Contribution.assignment_id == Assignment.id)
        .join(Query, Query.id == Assignment.query_id)
        .join(Institution, Institution.id == Assignment.institution_id)
        .where(OWED, Assignment.id.in_(chosen))
    )


def _chase(row: Owed, around: Around) -> Chase:
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


def _silence(row: Owed) -> Silence | None:
    if row.is_paused:
        return Silence.PAUSED
    return Silence.WILL_NOT_ANSWER if row.is_refused else None


def _clock_start(row: Owed) -> int:
    """Part of a reminder's key; the clock of a question with its own date runs apart.

    It grows with each start of either clock. A returned question counts from the day
    it was.
    """
    if row.own_due_on is None:
        return row.clock_start
    if row.returned_at is not None:
        return office_day(row.returned_at).toordinal() + row.own_clock_start
    return row.clock_start + row.own_clock_start
