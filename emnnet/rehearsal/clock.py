"""A clock that is moved by hand, and lending it to an application."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from flask import Flask

from emnnet.domain.moments import at_hour, office_day

ONE_MINUTE = timedelta(minutes=1)


class MovableClock:
    """Stands still until it is moved, and never goes back."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The moment it shows."""
        return self.now

    @property
    def today(self) -> date:
        """The day where the office is."""
        return office_day(self.now)

    def move_to(self, day: date, hour: time) -> None:
        """Go on to that hour of the office, unless it is later already."""
        self.now = max(self.now, at_hour(day, hour))

    def later(self, minutes: int = 1) -> None:
        """Let some minutes pass."""
        self.now += minutes * ONE_MINUTE


@contextmanager
def lent_to(app: Flask, clock: MovableClock) -> Iterator[None]:
    """Inside, the application lives by this clock."""
    own = app.extensions["emnnet.clock"]
    app.extensions["emnnet.clock"] = clock
    try:
        yield
    finally:
        app.extensions["emnnet.clock"] = own
