"""Moving the dates that somebody confirmed, because a holiday came or went."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from emnnet.domain.calendar_edits import Edit, EditKind
from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.selectors.contacts import addressees
from emnnet.selectors.holiday_effects import Effect
from emnnet.services.dropping import drop_waiting
from emnnet.services.events import record
from emnnet.services.outbox import enqueue

DATE_MOVED = _n("the date was moved")
HOLIDAY_CHANGED = "holiday"  # in the facts: words are found where it is read


def move_dates(
    session: Session,
    effects: Sequence[Effect],
    edits: Sequence[Edit],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Move each date, write it into its history, and tell each institution once.

    The clock starts anew, and a reminder for the old date that waits is dropped.
    """
    told: dict[int, list[dict[str, Any]]] = defaultdict(list)
    days = _days(edits)
    for effect in effects:
        if effect.new is None:
            continue
        assignment = effect.assignment
        _move(session, assignment, effect.new, now=now)
        _record(session, effect, effect.new, by=by, now=now)
        told[assignment.institution_id].append(_line(effect, effect.new))
    _tell(session, told, days, now=now)


def _move(
    session: Session, assignment: Assignment, new: date, *, now: datetime
) -> None:
    assignment.due_on = new  # its term and its hour stay as they are
    assignment.clock_start += 1
    drop_waiting(session, assignment, [MailKind.REMINDER], DATE_MOVED, now=now)


def _record(
    session: Session, effect: Effect, new: date, *, by: Actor, now: datetime
) -> None:
    assignment = effect.assignment
    facts = {
        "institution": assignment.institution.short,
        "institution_id": assignment.institution_id,
        "assignment": assignment.id,
        "old": effect.old,
        "due_on": new,
        "reason": HOLIDAY_CHANGED,
    }
    query = assignment.query
    record(session, EventKind.DUE_CHANGED, query, by=by, now=now, **facts)


def _tell(
    session: Session,
    told: dict[int, list[dict[str, Any]]],
    days: list[dict[str, Any]],
    *,
    now: datetime,
) -> None:
    reached = addressees(session, told, office_day(now))
    for institution, lines in told.items():
        if institution not in reached:
            continue
        clocks = ".".join(f"{line['assignment']}-{line['clock']}" for line in lines)
        enqueue(
            session,
            MailKind.DATES_MOVED,
            reached[institution],
            key=f"dates_moved:{institution}:{clocks}",
            now=now,
            facts={"moves": lines, "days": days},
        )


def _line(effect: Effect, new: date) -> dict[str, Any]:
    assignment = effect.assignment
    hour = assignment.due_time
    return {
        "assignment": assignment.id,
        "clock": assignment.clock_start,
        "reference": assignment.query.reference,
        "title": assignment.query.title,
        "old": effect.old.isoformat(),
        "new": new.isoformat(),
        "hour": hour.isoformat("minutes") if hour else None,
    }


def _days(edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """The holidays that came or went, for the letter."""
    return [
        {
            "day": edit.day.isoformat(),
            "name_en": edit.names.english,
            "name_lt": edit.names.own or edit.names.english,
            "came": edit.kind is EditKind.ADD,
        }
        for edit in edits
        if edit.kind in {EditKind.ADD, EditKind.REMOVE}
    ]
