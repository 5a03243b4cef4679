"""A clock that is stopped while the asking state clarifies, and started again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from emnnet.domain.calendar import Calendar
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.messages import _n


@dataclass(frozen=True)
class Pause:
    """Stopped on a day, for a reason; restarted on another, or still stopped."""

    stopped_on: date
    reason: str
    restarted_on: date | None = None

    def working_days(self, calendar: Calendar) -> int:
        """The working days lost: with the day of the stop, without the restart's."""
        if self.restarted_on is None:
            return 0
        days = calendar.working_days(self.stopped_on, self.restarted_on)
        lost = {self.stopped_on, *days} - {self.restarted_on}
        return sum(calendar.is_working_day(day) for day in lost)


def is_stopped(pauses: Sequence[Pause]) -> bool:
    """Does the clock stand now?"""
    return any(pause.restarted_on is None for pause in pauses)


def paused_working_days(pauses: Sequence[Pause], calendar: Calendar) -> int:
    """The working days of all pauses that have ended."""
    return sum(pause.working_days(calendar) for pause in pauses)


def moved(due_on: date, pauses: Sequence[Pause], calendar: Calendar) -> date:
    """Where a deadline set before these pauses has moved to."""
    lost = paused_working_days(pauses, calendar)
    return calendar.add_working_days(due_on, lost)


def check_stop(
    day: date, pauses: Sequence[Pause], sent_on: date | None, today: date
) -> None:
    """Raises `IllegalAction` while it stands, `DomainError` for an impossible day."""
    if is_stopped(pauses):
        raise IllegalAction(_n("The clock is stopped already. Start it again first."))
    if day > today:
        raise DomainError(
            _n("%(day)s is in the future. Choose today or before."), day=day
        )
    if sent_on is None or day < sent_on:
        raise DomainError(
            _n("On %(day)s the query had not been sent yet: no clock was running."),
            day=day,
        )
    last = max(
        (pause.restarted_on or pause.stopped_on for pause in pauses), default=day
    )
    if day < last:
        raise DomainError(
            _n("The clock was started again on %(last)s. Choose that day or later."),
            last=last,
        )


def check_restart(day: date, pauses: Sequence[Pause], today: date) -> None:
    """Raises `IllegalAction` while it runs, `DomainError` for an impossible day."""
    stopped = [pause for pause in pauses if pause.restarted_on is None]
    if not stopped:
        raise IllegalAction(_n("The clock is running: there is nothing to start."))
    if day > today:
        raise DomainError(
            _n("%(day)s is in the future. Choose today or before."), day=day
        )
    if day < stopped[0].stopped_on:
        raise DomainError(
            _n("The clock was stopped on %(stopped_on)s. Choose that day or later."),
            stopped_on=stopped[0].stopped_on,
        )
