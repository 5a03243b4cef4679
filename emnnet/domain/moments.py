"""Days and hours of the office as moments in UTC.

Only moments in UTC are compared: Python compares two moments of one zone by the
clock on the wall and is wrong by an hour in the night the clock goes back.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VILNIUS = ZoneInfo("Europe/Vilnius")
ONE_DAY = timedelta(days=1)


def office_day(moment: datetime, zone: ZoneInfo = VILNIUS) -> date:
    """The date on the office's calendar at `moment`, which must be aware."""
    return _aware(moment).astimezone(zone).date()


def at_hour(day: date, hour: time, zone: ZoneInfo = VILNIUS) -> datetime:
    """The moment, in UTC, when the office's clock shows `hour` on `day`.

    In autumn, when an hour is shown twice, it is the first showing. In spring, when
    one is left out, it is the hour after it: 03:30 becomes 04:30.
    """
    local = datetime.combine(day, hour.replace(tzinfo=None, fold=0), tzinfo=zone)
    return local.astimezone(UTC)


def end_of_day(day: date, zone: ZoneInfo = VILNIUS) -> datetime:
    """The first moment, in UTC, that is no longer on `day`."""
    return at_hour(day + ONE_DAY, time.min, zone)


def is_over(
    due_on: date, due_time: time | None, now: datetime, zone: ZoneInfo = VILNIUS
) -> bool:
    """Has the deadline passed? A day is over at its midnight, an hour just after it."""
    moment = _aware(now).astimezone(UTC)
    if due_time is None:
        return moment >= end_of_day(due_on, zone)
    return moment > at_hour(due_on, due_time, zone)


def late_by(
    due_on: date, due_time: time | None, at: datetime, zone: ZoneInfo = VILNIUS
) -> timedelta | None:
    """How long after its day or hour something came; None if it was in time."""
    if not is_over(due_on, due_time, at, zone):
        return None
    end = at_hour(due_on, due_time, zone) if due_time else end_of_day(due_on, zone)
    return _aware(at).astimezone(UTC) - end


def next_at(now: datetime, hour: time, zone: ZoneInfo = VILNIUS) -> datetime:
    """The next moment, in UTC, when a daily job planned for `hour` has to run.

    Once on each day of the office, also where the clock shows `hour` twice or not.
    """
    moment = _aware(now).astimezone(UTC)
    today = at_hour(office_day(moment, zone), hour, zone)
    if today > moment:
        return today
    return at_hour(office_day(moment, zone) + ONE_DAY, hour, zone)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone means nothing")
    return moment
