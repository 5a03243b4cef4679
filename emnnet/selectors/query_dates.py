"""What moved, or may move, the dates of a query: stops, extensions, requests."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    bindparam,
    cast,
    exists,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.pauses import Pause
from emnnet.models.assignment import Assignment
from emnnet.models.clock_stop import ClockStop
from emnnet.models.extension import Extension
from emnnet.models.reply_by_move import ReplyByMove
from emnnet.models.time_request import TimeRequest


@dataclass(frozen=True)
class StopLine:
    """The clock stood from one day to another, or stands still."""

    stop_id: int
    stopped_on: date
    restarted_on: date | None
    reason: str
    by: str
    at: datetime
    working_days: int | None

    @property
    def pause(self) -> Pause:
        """As the rules want it."""
        return Pause(self.stopped_on, self.reason, self.restarted_on)


@dataclass(frozen=True)
class ExtensionLine:
    """An institution got another date."""

    extension_id: int
    assignment_id: int
    old_on: date
    new_on: date
    reason: str
    by: str
    at: datetime
    is_whole: bool


@dataclass(frozen=True)
class ReplyByLine:
    """The asking country moved its date."""

    move_id: int
    old_on: date | None
    new_on: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class RequestLine:
    """An institution asks for more time, and nobody has decided."""

    request_id: int
    assignment_id: int
    wanted_on: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class QueryDates:
    """All of it, each kind in the order it happened."""

    stops: tuple[StopLine, ...] = ()
    extensions: tuple[ExtensionLine, ...] = ()
    requests: tuple[RequestLine, ...] = ()
    reply_by: tuple[ReplyByLine, ...] = ()

    @property
    def standing(self) -> StopLine | None:
        """The stop that holds now, or none while the clock runs."""
        return next((one for one in self.stops if one.restarted_on is None), None)

    def total(self, calendar: Calendar) -> int:
        """The working days of all stops that have ended."""
        return sum(
            one.pause.working_days(calendar)
            if one.working_days is None
            else one.working_days
            for one in self.stops
        )


def has_dates(query_id: Any) -> ColumnElement[bool]:
    """Is there anything of it? A condition, so that most pages need not look."""
    mine = select(Assignment.id).where(Assignment.query_id == query_id)
    return or_(
        exists().where(ClockStop.query_id == query_id),
        exists().where(Extension.assignment_id.in_(mine)),
        exists().where(TimeRequest.assignment_id.in_(mine)),
        exists().where(ReplyByMove.query_id == query_id),
    )


def query_dates(session: Session, query_id: int) -> QueryDates:
    """Stops, moves and undecided requests that count. One statement."""
    found: dict[str, list[Any]] = {}
    for row in session.execute(_statement(), {"query_id": query_id}):
        found.setdefault(row.kind, []).append(row)
    return QueryDates(
        tuple(map(_stop_line, found.get("stop", ()))),
        tuple(map(_extension_line, found.get("extension", ()))),
        tuple(map(_request_line, found.get("request", ()))),
        tuple(map(_reply_by_line, found.get("reply_by", ()))),
    )


def _stop_line(row: Any) -> StopLine:
    return StopLine(
        row.id, row.first, row.second, row.words, row.by, row.at, row.number
    )


def _extension_line(row: Any) -> ExtensionLine:
    days = row.first, row.second
    is_whole = bool(row.flag)
    return ExtensionLine(
        row.id, row.assignment_id, *days, row.words, row.by, row.at, is_whole
    )


def _request_line(row: Any) -> RequestLine:
    return RequestLine(row.id, row.assignment_id, row.first, row.words, row.by, row.at)


def _reply_by_line(row: Any) -> ReplyByLine:
    return ReplyByLine(row.id, row.first, row.second, row.words, row.by, row.at)


@cache
def _statement() -> Any:
    wanted: Any = bindparam("query_id")
    parts = _stops(wanted).union_all(
        _extensions(wanted), _requests(wanted), _reply_by(wanted)
    )
    return parts.order_by("at", "id")


def _stops(query_id: Any) -> Any:
    return select(
        literal("stop").label("kind"),
        ClockStop.id.label("id"),
        cast(null(), Integer).label("assignment_id"),
        ClockStop.stopped_on.label("first"),
        ClockStop.restarted_on.label("second"),
        ClockStop.reason.label("words"),
        ClockStop.stopped_by.label("by"),
        ClockStop.stopped_at.label("at"),
        ClockStop.working_days.label("number"),
        cast(null(), Boolean).label("flag"),
    ).where(ClockStop.query_id == query_id, ClockStop.taken_back_at.is_(None))


def _extensions(query_id: Any) -> Any:
    return (
        select(
            literal("extension"),
            Extension.id,
            Extension.assignment_id,
            Extension.old_on,
            Extension.new_on,
            Extension.reason,
            Extension.given_by,
            Extension.given_at,
            cast(null(), Integer),
            Extension.is_whole,
        )
        .join(Assignment, Assignment.id == Extension.assignment_id)
        .where(Assignment.query_id == query_id, Extension.taken_back_at.is_(None))
    )


def _requests(query_id: Any) -> Any:
    return (
        select(
            literal("request"),
            TimeRequest.id,
            TimeRequest.assignment_id,
            TimeRequest.wanted_on,
            cast(null(), Date),
            TimeRequest.reason,
            TimeRequest.asked_by,
            TimeRequest.asked_at,
            cast(null(), Integer),
            cast(null(), Boolean),
        )
        .join(Assignment, Assignment.id == TimeRequest.assignment_id)
        .where(Assignment.query_id == query_id, TimeRequest.decided_at.is_(None))
    )


def _reply_by(query_id: Any) -> Any:
    return select(
        literal("reply_by"),
        ReplyByMove.id,
        cast(null(), Integer),
        ReplyByMove.old_on,
        ReplyByMove.new_on,
        ReplyByMove.reason,
        ReplyByMove.moved_by,
        ReplyByMove.moved_at,
        cast(null(), Integer),
        cast(null(), Boolean),
    ).where(ReplyByMove.query_id == query_id, ReplyByMove.taken_back_at.is_(None))
