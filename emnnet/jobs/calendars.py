"""Daily: years whose holidays nobody loaded. Monthly: the feed of the calendar."""

import logging

from flask import Flask, current_app

from emnnet import clock
from emnnet.documents.calendar_feed import FeedUnreachable, read_feed
from emnnet.documents.ics_holidays import (
    EmptyCalendar,
    UnreadableCalendar,
    read_ics,
    years_from,
)
from emnnet.domain.calendar_edits import Offered
from emnnet.services.calendar_watch import (
    FeedState,
    Watched,
    alert_feed,
    compare_feed,
    watch_calendars,
)
from emnnet.transaction import committing

log = logging.getLogger(__name__)


def check_calendars(app: Flask) -> Watched:
    """Open the tasks for years that are missing, and for next year's from October."""
    with app.app_context(), committing() as session:
        code = current_app.config["CALENDAR"]
        watched = watch_calendars(session, code, now=clock.now())
    log.info("calendars: %d tasks", watched.tasks)
    return watched


def read_calendar_feed(app: Flask) -> FeedState | None:
    """Compare the feed with the table. Nothing is changed: a person confirms that.

    No transaction is open while the network is spoken to.
    """
    with app.app_context():
        address = current_app.config["CALENDAR_FEED"]
        if not address:
            return None
        code, now = current_app.config["CALENDAR"], clock.now()
        state, error, offered = _read(address)
        with committing() as session:
            if state is None:
                state = compare_feed(session, code, offered, now=now)
            else:
                alert_feed(session, code, state, error, now=now)
    log.info("calendar feed: %s %s", state, error)
    return state


def _read(address: str) -> tuple[FeedState | None, str, list[Offered]]:
    """What the feed brings, or what is wrong with it."""
    try:
        years = years_from(clock.today())
        return None, "", read_ics(read_feed(address), years)
    except FeedUnreachable as error:
        return FeedState.UNREACHABLE, str(error), []
    except EmptyCalendar as error:
        return FeedState.EMPTY, str(error), []
    except UnreadableCalendar as error:
        return FeedState.INVALID, str(error), []
