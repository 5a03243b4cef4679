"""Why a date is what it is: day by day, what counted and what did not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from emnnet.domain.calendar import Calendar, Deadline, Unit
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.terms import Term

ONE_DAY = timedelta(days=1)
FIRST_SHOWN, LAST_SHOWN = 45, 15  # of a longer way only its two ends are listed

WHATEVER_THE_HOUR = _n(
    "Day zero is the day of sending, whatever the hour; it is not counted."
)
OFFICE_HOURS = _n(
    "What is sent after %(closes_at)s, or on a day off, counts as sent on the next"
    " working day. That is day zero; it is not counted."
)
OUTSIDE_HOURS = _n(
    "It was sent outside office hours, so the next working day is day zero; it is not"
    " counted."
)
COUNTED_BACK = _n(
    "Counted back: day zero is the reply-by date, or the last working day before it."
)
SET_BY_HAND = _n(
    "The office has set this date; the days up to it are counted from the day of"
    " sending."
)
MORE_TIME = _n(
    "More time was given later: day zero is the former date; it is not counted."
)
NOT_YET_COUNTED = _n("sent outside office hours")


class DayKind(StrEnum):
    """What a day is in the counting."""

    ZERO = "zero"
    COUNTED = "counted"
    SKIPPED = "skipped"
    ROLLED = "rolled"  # after the last calendar day: the day off that was passed over
    REACHED = "reached"  # the working day that such a term rolled to


@dataclass(frozen=True)
class DayNote:
    """One day: its number if it counted, the reason if it did not."""

    day: date
    kind: DayKind
    number: int = 0
    why: str = ""
    is_due: bool = False


@dataclass(frozen=True)
class Why:
    """How a date was counted, in the order of counting."""

    due_on: date
    unit: Unit
    count: int
    notes: tuple[DayNote, ...]
    rule: Message
    calendar: str
    version: str
    source: str
    missing_years: tuple[int, ...]
    by_hand: bool = False

    @property
    def head(self) -> tuple[DayNote, ...]:
        """The first days; all of them where the way is not long."""
        return self.notes[:FIRST_SHOWN] if self.left_out else self.notes

    @property
    def tail(self) -> tuple[DayNote, ...]:
        """The last days of a long way."""
        return self.notes[-LAST_SHOWN:] if self.left_out else ()

    @property
    def left_out(self) -> int:
        """How many days between the two are not listed."""
        return max(0, len(self.notes) - FIRST_SHOWN - LAST_SHOWN)


def why_of_term(term: Term, calendar: Calendar, sent_on: date | None = None) -> Why:
    """The days of a term; `sent_on` shows a sending that counted for a later day."""
    deadline = term.deadline(calendar)
    before = _waited(sent_on, term.day_zero, calendar)
    notes = (*before, *_notes(deadline, term, calendar))
    rule = _rule(term, calendar, sent_on, late=bool(before))
    return _why(deadline, calendar, notes, rule, by_hand=False)


def why_by_hand(sent_on: date, due_on: date, calendar: Calendar) -> Why:
    """The days up to a date that no term led to, counted in working days."""
    way = tuple(_days(sent_on + ONE_DAY, due_on))
    counted = tuple(day for day in way if calendar.is_working_day(day))
    deadline = Deadline(
        due_on,
        counted,
        calendar.closed_days(sent_on, due_on),
        Unit.WORKING_DAYS,
        calendar.missing_years(way),
    )
    zero = DayNote(sent_on, DayKind.ZERO, is_due=due_on == sent_on)
    notes = (zero, *_way(way, deadline))
    return _why(deadline, calendar, notes, message(SET_BY_HAND), by_hand=True)


def _why(
    deadline: Deadline,
    calendar: Calendar,
    notes: tuple[DayNote, ...],
    rule: Message,
    *,
    by_hand: bool,
) -> Why:
    years = sorted({note.day.year for note in notes} & calendar.years)
    versions = dict.fromkeys(calendar.version_of(year) for year in years)
    return Why(
        due_on=deadline.due_on,
        unit=deadline.unit,
        count=len(deadline.counted),
        notes=notes,
        rule=rule,
        calendar=calendar.code,
        version=", ".join(versions),
        source=calendar.source,
        missing_years=deadline.missing_years,
        by_hand=by_hand,
    )


def _rule(
    term: Term, calendar: Calendar, sent_on: date | None, *, late: bool
) -> Message:
    if term.is_backwards:
        return message(COUNTED_BACK)
    if late:
        return message(OUTSIDE_HOURS)
    if sent_on is not None and sent_on != term.day_zero:
        return message(MORE_TIME)
    if calendar.closes_at is not None:
        return message(OFFICE_HOURS, closes_at=f"{calendar.closes_at:%H:%M}")
    return message(WHATEVER_THE_HOUR)


def _waited(
    sent_on: date | None, zero: date, calendar: Calendar
) -> tuple[DayNote, ...]:
    """The days between a sending outside office hours and the day it counted for."""
    if sent_on is None or sent_on >= zero:
        return ()
    following = calendar.add_working_days(sent_on, 1)
    if zero not in {following, calendar.on_or_after(sent_on)}:
        return ()
    days = _days(sent_on, zero - ONE_DAY)
    return tuple(DayNote(day, DayKind.SKIPPED, why=NOT_YET_COUNTED) for day in days)


def _notes(deadline: Deadline, term: Term, calendar: Calendar) -> Iterator[DayNote]:
    if not term.is_backwards:
        yield DayNote(term.day_zero, DayKind.ZERO)
        yield from _way(_days(term.day_zero + ONE_DAY, deadline.due_on), deadline)
        return
    zero = calendar.on_or_before(term.day_zero)
    for note in _way(tuple(_days(deadline.due_on, term.day_zero))[::-1], deadline):
        yield DayNote(zero, DayKind.ZERO) if note.day == zero else note


def _way(
    days: Iterator[date] | tuple[date, ...], deadline: Deadline
) -> Iterator[DayNote]:
    """Each day with its number or its reason; a calendar day may have both."""
    number = {day: place for place, day in enumerate(deadline.counted, 1)}
    why = {skipped.day: skipped.why for skipped in deadline.skipped}
    for day in days:
        is_due = day == deadline.due_on
        if day in number:
            yield DayNote(day, DayKind.COUNTED, number[day], why.get(day, ""), is_due)
        elif is_due:
            yield DayNote(day, DayKind.REACHED, is_due=True)
        else:
            rolled = deadline.unit is Unit.CALENDAR_DAYS
            kind = DayKind.ROLLED if rolled else DayKind.SKIPPED
            yield DayNote(day, kind, why=why.get(day, ""))


def _days(first: date, last: date) -> Iterator[date]:
    for step in range((last - first).days + 1):
        yield first + ONE_DAY * step
