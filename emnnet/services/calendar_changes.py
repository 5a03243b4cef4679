"""Changing a calendar: written with its history, and with the dates confirmed to move.

Nothing moves that nobody ticked: the page before shows every date that would.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from emnnet.domain.calendar_edits import (
    Edit,
    EditKind,
    Names,
    check_edits,
    undoing,
)
from emnnet.domain.errors import NotFound, StaleVersion
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.models.holiday import (
    CalendarChange,
    CalendarYear,
    Holiday,
    OfficeCalendar,
)
from emnnet.models.task import Task, TaskKind
from emnnet.selectors.calendar import find_calendar_now
from emnnet.selectors.holiday_effects import holiday_effects
from emnnet.services.events import record_office
from emnnet.services.holiday_moves import move_dates
from emnnet.services.tasks import finish_task

NO_CALENDAR = _n("There is no calendar “%(code)s”.")
CHANGED_MEANWHILE = _n(
    "The calendar or a date has changed since you looked at this page. It is new below:"
    " look again, then confirm."
)


@dataclass(frozen=True)
class Change:
    """What is to change in a calendar, where it comes from, and what it undoes."""

    code: str
    edits: tuple[Edit, ...]
    source: str
    version: str = ""
    undoes: int | None = None


def change_calendar(
    session: Session,
    change: Change,
    *,
    moves: Mapping[int, date],
    seen: str | None,
    by: Actor,
    now: datetime,
) -> CalendarChange:
    """Write the change, and move the dates that were confirmed, in one transaction.

    `moves` are assignments with the new dates they were confirmed for; `seen` is the
    state of the calendar that the page carried. Raises `StaleVersion` if either is no
    longer so, `DomainError` for a change that the table does not allow.
    """
    _locked(session, change.code)
    known = find_calendar_now(session, change.code)
    if known is None or (seen is not None and seen != known.state):
        raise StaleVersion(CHANGED_MEANWHILE)
    table = known.table
    check_edits(change.edits, table)
    change = replace(change, edits=_named(change.edits, table))
    effects = holiday_effects(session, known.counted, change.edits, office_day(now))
    chosen = [one for one in effects if moves.get(one.assignment.id) == one.new]
    chosen = [one for one in chosen if one.moves]
    if len(chosen) != len(moves):
        raise StaleVersion(CHANGED_MEANWHILE)
    _write(session, change, by=by, now=now)
    row = _record(session, change, table, len(chosen), by=by, now=now)
    move_dates(session, chosen, change.edits, by=by, now=now)
    return row


def set_closing_hour(
    session: Session, code: str, closes_at: time | None, *, by: Actor, now: datetime
) -> None:
    """From which hour a sending counts as the next working day's; None: never."""
    calendar = _locked(session, code)
    if calendar.closes_at == closes_at:
        return
    calendar.closes_at = closes_at
    hour = closes_at.isoformat("minutes") if closes_at else None
    kind = EventKind.CALENDAR_RULE_CHANGED
    record_office(session, "calendars", kind, by=by, now=now, calendar=code, hour=hour)


def _named(edits: Sequence[Edit], table: Mapping[date, Names]) -> tuple[Edit, ...]:
    """A holiday that goes goes with its name: the letter and the history say it."""
    removed = {one.day for one in edits if one.kind is EditKind.REMOVE}
    return tuple(
        replace(one, names=table[one.day]) if one.day in removed else one
        for one in edits
    )


def _locked(session: Session, code: str) -> OfficeCalendar:
    """The calendar, held until the commit: two never change it at once."""
    wanted = select(OfficeCalendar).where(OfficeCalendar.code == code)
    calendar = session.scalar(wanted.with_for_update())
    if calendar is None:
        raise NotFound(NO_CALENDAR, code=code)
    return calendar


def _write(session: Session, change: Change, *, by: Actor, now: datetime) -> None:
    for edit in change.edits:
        _write_one(session, change, edit, by=by, now=now)
    session.flush()
    new = {one.day.year for one in change.edits if one.kind is EditKind.KNOW_YEAR}
    touched = {one.day.year for one in change.edits if one.is_of_day} - new
    rows = session.scalars(
        select(CalendarYear).where(
            CalendarYear.calendar == change.code, CalendarYear.year.in_(touched)
        )
    )
    for year in rows:
        year.revision, year.changed_at = year.revision + 1, now


def _write_one(
    session: Session, change: Change, edit: Edit, *, by: Actor, now: datetime
) -> None:
    key = (change.code, edit.day)
    match edit.kind:
        case EditKind.ADD:
            session.add(_holiday(change, edit.day, edit.names, by=by, now=now))
        case EditKind.RENAME:
            row = session.get_one(Holiday, key)
            row.name_en, row.name_local = edit.names.english, _own(edit.names)
        case EditKind.REMOVE:
            session.delete(session.get_one(Holiday, key))
        case EditKind.KNOW_YEAR:
            _know_year(session, change, edit.day.year, by=by, now=now)
        case EditKind.FORGET_YEAR:
            _forget_year(session, change.code, edit.day.year)


def _holiday(
    change: Change, day: date, names: Names, *, by: Actor, now: datetime
) -> Holiday:
    return Holiday(
        calendar=change.code,
        day=day,
        name_en=names.english,
        name_local=_own(names),
        source=change.source,
        added_by=by.name,
        added_at=now,
    )


def _own(names: Names) -> str:
    return names.own or names.english


def _know_year(
    session: Session, change: Change, year: int, *, by: Actor, now: datetime
) -> None:
    """The year counts as loaded now; a task that asked for it is done."""
    if session.get(CalendarYear, (change.code, year)) is None:
        session.add(
            CalendarYear(
                calendar=change.code,
                year=year,
                source=change.source,
                version=change.version or f"{office_day(now).isoformat()}",
                loaded_at=now,
                loaded_by=by.name,
            )
        )
    finish_calendar_tasks(
        session, change.code, year, {TaskKind.CALENDAR_MISSING}, by=by, now=now
    )


def finish_calendar_tasks(
    session: Session,
    code: str,
    year: int | None,
    kinds: Collection[TaskKind],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Somebody has seen to that year of that calendar; without one, to its feed."""
    wanted = select(Task).where(Task.kind.in_(kinds), Task.done_at.is_(None))
    for task in session.scalars(wanted):
        if (task.facts.get("calendar"), task.facts.get("year")) == (code, year):
            finish_task(task, by=by, now=now)


def _forget_year(session: Session, code: str, year: int) -> None:
    session.execute(
        delete(CalendarYear).where(
            CalendarYear.calendar == code, CalendarYear.year == year
        )
    )


def _record(
    session: Session,
    change: Change,
    table: Mapping[date, Names],
    moved: int,
    *,
    by: Actor,
    now: datetime,
) -> CalendarChange:
    row = CalendarChange(
        calendar=change.code,
        source=change.source,
        lines=_lines(change.edits),
        undo_lines=_lines(undoing(change.edits, table)),
        moved=moved,
        changed_at=now,
        changed_by=by.name,
        undoes_id=change.undoes,
    )
    session.add(row)
    session.flush()
    facts = {"calendar": change.code, "changes": len(change.edits), "moved": moved}
    kind = EventKind.HOLIDAYS_CHANGED
    record_office(session, "calendars", kind, by=by, now=now, **facts)
    return row


def _lines(edits: Sequence[Edit]) -> list[str]:
    return [edit.written() for edit in edits]
