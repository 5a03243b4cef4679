"""The only module that reads the clock. Everything else is told the time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251 -- the one place


def shifted_clock(path: Path) -> Clock:
    """A clock that a rehearsal moves: the file says how many seconds to add."""

    def moment() -> datetime:
        try:
            seconds = float(path.read_text())
        except (OSError, ValueError):
            seconds = 0.0  # not written yet, or just being written
        return system_clock() + timedelta(seconds=seconds)

    return moment


def now() -> datetime:
    """The present moment, from the clock the app was built with."""
    return cast("Clock", current_app.extensions["emnnet.clock"])()


def zone() -> ZoneInfo:
    """The time zone of the office."""
    return ZoneInfo(current_app.config["TIMEZONE"])


def today() -> date:
    """The present day where the office is."""
    return now().astimezone(zone()).date()
