"""Terms: so many working or calendar days from a day zero, and which day that is."""

from dataclasses import dataclass
from datetime import date, datetime, time

from emnnet.domain.calendar import Calendar, Deadline, Unit, check_term
from emnnet.domain.moments import VILNIUS, at_hour, office_day


@dataclass(frozen=True)
class Term:
    """`days` from `day_zero`; a negative number is counted back, in working days."""

    days: int
    unit: Unit
    day_zero: date

    @property
    def is_backwards(self) -> bool:
        """Is it counted back from its day, as the plan counts from reply-by?"""
        return self.days < 0

    def deadline(self, calendar: Calendar) -> Deadline:
        """The date it leads to; raises `DomainError` for zero or an absurd number."""
        check_term(abs(self.days))
        if self.is_backwards:
            return calendar.due_before(self.day_zero, -self.days)
        if self.unit is Unit.CALENDAR_DAYS:
            return calendar.due_after_calendar_days(self.day_zero, self.days)
        return calendar.due_after(self.day_zero, self.days)


def find_term(
    days: int | None, unit: Unit | None, day_zero: date | None
) -> Term | None:
    """The term of these columns, or none where the date was set by hand."""
    if days is None or unit is None or day_zero is None:
        return None
    return Term(days, unit, day_zero)


def day_zero(sent_at: datetime, calendar: Calendar) -> date:
    """The day that a sending counts for: its own, whatever the hour.

    Where the calendar says when the office closes, what is sent after that hour, or
    on a day off, counts as sent on the next working day.
    """
    sent_on = office_day(sent_at, VILNIUS)
    if calendar.closes_at is None:
        return sent_on
    if not calendar.is_working_day(sent_on):
        return calendar.on_or_after(sent_on)
    if is_after_hours(sent_at, calendar.closes_at):
        return calendar.add_working_days(sent_on, 1)
    return sent_on


def is_after_hours(sent_at: datetime, closes_at: time) -> bool:
    """Had the office closed for that day?"""
    return sent_at > at_hour(office_day(sent_at), closes_at)
