"""Days off out of an iCalendar file (RFC 5545): whole days, also repeated each year."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from emnnet.domain.calendar_edits import LONGEST_NAME, Names, Offered
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n

MOST_BYTES = 1024 * 1024
MOST_EVENTS = 3000
MOST_DAYS = 31  # of one event: a longer one is no holiday
YEARS_AHEAD = 2
ONE_DAY = timedelta(days=1)
PLAIN_PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY"}
    | {"BYDAY", "BYSETPOS"}
)

TOO_LARGE = _n(
    "The file is larger than %(most)d MB. A calendar of holidays is a few kB: export"
    " only the holidays, or only the years you need."
)
NOT_ICS = _n(
    "This is no iCalendar file (.ics), or it is broken: it could not be read. Nothing"
    " was changed."
)
NO_DAYS = _n(
    "The file holds no day off between %(first)d and %(last)d. Nothing was changed."
)
TOO_MANY = _n("The file holds more than %(most)d events. Export only the holidays.")

HAS_AN_HOUR = _n("has an hour, so it is no day off")
TOO_LONG = _n("lasts too long for a holiday")
NOT_YEARLY = _n("repeats more often than once a year")


class UnreadableCalendar(DomainError):
    """The file cannot be read as a calendar of holidays; the message says why."""


class EmptyCalendar(UnreadableCalendar):
    """It can be read, and there is no day off in it."""


def years_from(today: date) -> range:
    """The years that are read out of a file: what is over stays as it was."""
    return range(today.year, today.year + YEARS_AHEAD + 1)


def read_ics(data: bytes, years: range) -> list[Offered]:
    """The days off in these years, by date; doubtful ones say why.

    Raises `UnreadableCalendar` for a file that is too large or broken, and
    `EmptyCalendar` for one without a day off.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableCalendar(TOO_LARGE, most=MOST_BYTES // 2**20)
    events = _events(data)
    if len(events) > MOST_EVENTS:
        raise UnreadableCalendar(TOO_MANY, most=MOST_EVENTS)
    found: dict[date, Offered] = {}
    try:
        for one in chain.from_iterable(_offered(event, years) for event in events):
            found[one.day] = _joined(found.get(one.day), one)
    except Exception as error:  # the library tells of a broken part when it is used
        raise UnreadableCalendar(NOT_ICS) from error
    if not found:
        raise EmptyCalendar(NO_DAYS, first=years[0], last=years[-1])
    return [found[day] for day in sorted(found)]


def _events(data: bytes) -> list[Any]:
    """The events; time zones, with their changes of the clock, are none."""
    import icalendar  # noqa: PLC0415 -- slow import: icalendar

    try:
        whole = icalendar.Calendar.from_ical(data.decode("utf-8-sig"))
        events: list[Any] = list(whole.walk("VEVENT"))
        for event in events:
            _ = event["DTSTART"].dt
    except Exception as error:  # the library raises what its parts raise
        raise UnreadableCalendar(NOT_ICS) from error
    return [one for one in events if str(one.get("STATUS", "")) != "CANCELLED"]


def _offered(event: Any, years: range) -> Iterator[Offered]:
    names, start = _names(event), event["DTSTART"].dt
    if isinstance(start, datetime):
        if start.year in years:
            yield Offered(start.date(), names, HAS_AN_HOUR)
        return
    length, doubt = _length(event, start), ""
    if length > MOST_DAYS:
        length, doubt = 1, TOO_LONG
    first, last = date(years[0], 1, 1) - ONE_DAY * length, date(years[-1], 12, 31)
    starts, doubt = _starts(event, start, first, last, doubt)
    for day in starts:
        for step in range(length):
            if (day + ONE_DAY * step).year in years:
                yield Offered(day + ONE_DAY * step, names, doubt)


def _starts(
    event: Any, start: date, first: date, last: date, doubt: str
) -> tuple[list[date], str]:
    """The first days of an event: its own, the dates it lists, those of its rule."""
    rule = event.get("RRULE")
    days = {start, *_listed(event, "RDATE")}
    if rule is not None:
        frequency = [str(part).upper() for part in rule.get("FREQ", [])]
        if frequency != ["YEARLY"] or set(rule) - PLAIN_PARTS:
            doubt = NOT_YEARLY
        else:
            days |= _of_rule(rule, start, first, last)
    days -= set(_listed(event, "EXDATE"))
    return sorted(day for day in days if first <= day <= last), doubt


def _of_rule(rule: Any, start: date, first: date, last: date) -> set[date]:
    from dateutil.rrule import (  # type: ignore[import-untyped]  # noqa: PLC0415 -- slow import: dateutil
        rrulestr,
    )

    midnight = datetime.min.time()
    text = rule.to_ical().decode().replace("Z", "")
    repeated = rrulestr(text, dtstart=datetime.combine(start, midnight))
    since, until = (datetime.combine(day, midnight) for day in (first, last))
    return {moment.date() for moment in repeated.between(since, until, inc=True)}


def _listed(event: Any, name: str) -> Iterator[date]:
    """The dates of RDATE or EXDATE; moments are cut to their day."""
    value = event.get(name)
    for part in value if isinstance(value, list) else [value] if value else []:
        for one in part.dts:
            day = one.dt
            yield day.date() if isinstance(day, datetime) else day


def _length(event: Any, start: date) -> int:
    """How many days it lasts: the end of a whole day is the day after it."""
    if "DTEND" in event:
        end = event["DTEND"].dt
        end = end.date() if isinstance(end, datetime) else end
        return max(1, (end - start).days)
    if "DURATION" in event:
        return max(1, int(event["DURATION"].dt.days))
    return 1


def _names(event: Any) -> Names:
    name = " ".join(str(event.get("SUMMARY", "")).split())[:LONGEST_NAME] or "?"
    return Names(name, name)


def _joined(one: Offered | None, other: Offered) -> Offered:
    """Two events on one day: the sure one counts; two sure ones share it."""
    if one is None or (one.doubt and not other.doubt):
        return other
    if other.doubt or other.names == one.names:
        return one
    both = f"{one.names.english} / {other.names.english}"[:LONGEST_NAME]
    return Offered(one.day, Names(both, both))
