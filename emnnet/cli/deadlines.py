"""`emnnet deadlines`: a date, how it was counted, and the days skipped."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import click
from flask.cli import ScriptInfo
from sqlalchemy.exc import SQLAlchemyError

from emnnet.documents.holidays_source import CALENDARS, package_calendar
from emnnet.domain.calendar import LONGEST_TERM, Calendar, Deadline, Unit
from emnnet.domain.dates import parse_day
from emnnet.domain.errors import DomainError
from emnnet.domain.planner import PlanSteps
from emnnet.extensions import db
from emnnet.selectors.calendar import office_calendar

YEARS_AROUND = LONGEST_TERM // 200  # the longest term spans four to five years
OFFICE_TABLE = "the office's table"
UNITS = {Unit.WORKING_DAYS: "working days", Unit.CALENDAR_DAYS: "calendar days"}


class Day(click.ParamType[date]):
    """A day as people type it: 2026-12-31, 31.12.2026, 31/12/2026."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """The day, or a usage error in the words of the date reader."""
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except DomainError as refusal:
            return self.fail(str(refusal), param, ctx)


@click.command()
@click.option("--sent", type=Day(), help="The day of sending; it is day zero.")
@click.option("--working-days", type=int, help="The term in working days.")
@click.option("--calendar-days", type=int, help="The term in calendar days.")
@click.option("--reply-by", type=Day(), help="The last day of the European deadline.")
@click.option(
    "--buffer",
    type=int,
    help="Working days kept for the office before --reply-by.  [default: 5]",
)
@click.option(
    "--calendar",
    "code",
    type=click.Choice(sorted(CALENDARS), case_sensitive=False),
    default="LT",
    show_default=True,
    help="The country whose holidays are skipped.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def deadlines(
    sent: date | None,
    working_days: int | None,
    calendar_days: int | None,
    reply_by: date | None,
    buffer: int | None,
    code: str,
    *,
    as_json: bool,
) -> None:
    """Count a deadline and say why.

    Forwards with --sent and --working-days or --calendar-days; backwards with
    --reply-by and --buffer.
    """
    ask = Ask(sent, working_days, calendar_days, reply_by, buffer)
    calendar = _calendar(code, ask.start)
    try:
        deadline = _counted(ask, calendar)
    except DomainError as refusal:
        raise click.UsageError(str(refusal)) from refusal
    click.echo((_json if as_json else _text)(deadline, calendar, ask.start))


@dataclass(frozen=True)
class Ask:
    """What was given on the command line."""

    sent: date | None
    working_days: int | None
    calendar_days: int | None
    reply_by: date | None
    buffer: int | None

    @property
    def start(self) -> date:
        """The day to count from."""
        if self.sent is not None and self.reply_by is None:
            return self.sent
        if self.reply_by is not None and self.sent is None:
            return self.reply_by
        raise click.UsageError("Give either --sent or --reply-by.")


def _calendar(code: str, start: date) -> Calendar:
    """The office's own table; the package where there is none."""
    info = click.get_current_context().find_object(ScriptInfo)
    if info is not None:
        with info.load_app().app_context(), suppress(SQLAlchemyError):
            table = office_calendar(db.session, code.upper())
            if table.years:
                return replace(table, source=OFFICE_TABLE)
    return _from_package(code, start)


def _from_package(code: str, start: date) -> Calendar:
    years = range(start.year - YEARS_AROUND, start.year + YEARS_AROUND + 1)
    return package_calendar(code.upper(), years)


def _counted(ask: Ask, calendar: Calendar) -> Deadline:
    match ask:
        case Ask(working_days=None, calendar_days=None, reply_by=date() as reply_by):
            buffer = PlanSteps().buffer if ask.buffer is None else ask.buffer
            return calendar.due_before(reply_by, buffer)
        case Ask(date() as sent, int() as term, None, None, None):
            return calendar.due_after(sent, term)
        case Ask(date() as sent, None, int() as term, None, None):
            return calendar.due_after_calendar_days(sent, term)
    if ask.reply_by is not None:
        raise click.UsageError("With --reply-by give --buffer, not a term.")
    raise click.UsageError(
        "With --sent give either --working-days or --calendar-days, and no --buffer."
    )


def _json(deadline: Deadline, calendar: Calendar, _start: date) -> str:
    answer = {
        "due_on": deadline.due_on.isoformat(),
        "counted": [day.isoformat() for day in deadline.counted],
        "skipped": [
            {"day": skipped.day.isoformat(), "why": skipped.why}
            for skipped in deadline.skipped
        ],
        "warnings": [str(warning) for warning in deadline.warnings],
        "unit": deadline.unit.value,
        "calendar": {
            "code": calendar.code,
            "version": calendar.version,
            "from": _whence(calendar),
        },
    }
    return json.dumps(answer, indent=2, ensure_ascii=False)


def _text(deadline: Deadline, calendar: Calendar, start: date) -> str:
    return "\n".join(_lines(deadline, calendar, start))


def _lines(deadline: Deadline, calendar: Calendar, start: date) -> Iterator[str]:
    backwards = deadline.due_on < start
    side = "before" if backwards else "after"
    number, unit = len(deadline.counted), UNITS[deadline.unit]
    yield f"Due on {_written(deadline.due_on)}"
    yield f"{number} {unit} {side} {_written(start)}"
    notes = _notes(deadline, start)
    for day in sorted(notes, reverse=backwards):
        yield f"  {_written(day):<18}{', '.join(notes[day])}"
    yield f"Calendar: {calendar.code}, {calendar.version}, from {_whence(calendar)}."
    yield from (f"Warning: {warning}." for warning in deadline.warnings)


def _whence(calendar: Calendar) -> str:
    return OFFICE_TABLE if calendar.source == OFFICE_TABLE else "the package"


def _notes(deadline: Deadline, start: date) -> dict[date, list[str]]:
    first, last = sorted((start, deadline.due_on))
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    notes: dict[date, list[str]] = {day: [] for day in days}
    for number, day in enumerate(deadline.counted, 1):
        notes[day].append(str(number))
    for skipped in deadline.skipped:
        notes[skipped.day].append(f"skipped: {skipped.why}")
    for day in days:
        if not notes[day]:
            notes[day].append("due" if day == deadline.due_on else "day zero")
    return notes


def _written(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
