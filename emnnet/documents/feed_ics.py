"""A person's dates as an iCalendar file (RFC 5545), read by calendar programs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from emnnet.documents.printable import one_line, printable
from emnnet.domain.feed import FeedState

if TYPE_CHECKING:
    from icalendar import Event, Timezone

VILNIUS = ZoneInfo("Europe/Vilnius")
MAKER = "-//emnnet//calendar//EN"
FRESH_FOR = "PT6H"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class FeedLine:
    """One date as the reader's program shows it."""

    uid: str
    day: date
    hour: time | None  # by the clock of Vilnius
    summary: str
    description: str
    address: str
    state: FeedState
    sequence: int
    changed_at: datetime


def feed_ics(
    name: str, lines: Iterable[FeedLine], *, host: str, language: str
) -> bytes:
    """The calendar; the same dates give the same bytes."""
    from icalendar import Calendar  # noqa: PLC0415 -- slow import: only feeds need it

    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", one_line(name), parameters={"LANGUAGE": language})
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("x-wr-timezone", str(VILNIUS))
    calendar.add("x-published-ttl", FRESH_FOR)
    calendar.add_component(_zone())
    for line in lines:
        calendar.add_component(_event(line, host))
    return bytes(calendar.to_ical())


def _event(line: FeedLine, host: str) -> "Event":
    from icalendar import Event  # noqa: PLC0415 -- slow import: only feeds need it

    event = Event()
    event.add("uid", f"{line.uid}@{host}")
    event.add("dtstamp", line.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", line.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", line.sequence)
    if line.hour is None:
        event.add("dtstart", line.day)
        event.add("dtend", line.day + ONE_DAY)
    else:
        event.add("dtstart", datetime.combine(line.day, line.hour, tzinfo=VILNIUS))
    event.add("summary", one_line(line.summary))
    event.add("description", printable(line.description))
    event.add("url", line.address)
    cancelled = line.state is FeedState.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a deadline takes nobody's time
    event.add("class", "PRIVATE")
    return event


def _zone() -> "Timezone":
    """Europe/Vilnius since 2003: the clock changes at 01:00 UTC, as in all the Union.

    Source: Directive 2000/84/EC, Articles 2 and 3.
    """
    from icalendar import (  # noqa: PLC0415 -- slow import: only feeds need it
        Timezone,
        TimezoneDaylight,
        TimezoneStandard,
    )

    winter, summer = timedelta(hours=2), timedelta(hours=3)
    zone = Timezone()
    zone.add("tzid", str(VILNIUS))
    for part, name, changed_on, before, after in (
        (TimezoneStandard(), "EET", date(2003, 10, 26), summer, winter),
        (TimezoneDaylight(), "EEST", date(2003, 3, 30), winter, summer),
    ):
        hour = time(1 + before // timedelta(hours=1))  # by the clock before the change
        start = datetime.combine(changed_on, hour)
        rule = {"freq": "yearly", "bymonth": start.month, "byday": "-1su"}
        part.add("dtstart", start)
        part.add("rrule", rule)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone
