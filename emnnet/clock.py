"""The only module that reads the clock. Everything else is told the time."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251 -- the one place


def now() -> datetime:
    """The present moment, from the clock the app was built with."""
    return cast("Clock", current_app.extensions["emnnet.clock"])()


def zone() -> ZoneInfo:
    """The time zone of the office."""
    return ZoneInfo(current_app.config["TIMEZONE"])


def today() -> date:
    """The present day where the office is."""
    return now().astimezone(zone()).date()
