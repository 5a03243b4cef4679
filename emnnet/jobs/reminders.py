"""Hourly in office hours: promise the reminders fallen due."""

import logging

from flask import Flask, current_app

from emnnet import clock
from emnnet.selectors.calendar import office_calendar
from emnnet.services.reminders import Tick, queue_due_reminders
from emnnet.transaction import committing

log = logging.getLogger(__name__)


def queue_reminders(app: Flask) -> Tick:
    """Promise what is due. Safe to run twice: the ledger keeps one row a kind."""
    with app.app_context(), committing() as session:
        calendar = office_calendar(session, current_app.config["CALENDAR"])
        tick = queue_due_reminders(
            session, calendar, today=clock.today(), now=clock.now()
        )
    log.info(
        "reminders: %d in %d mails, %d calls, %d broken",
        tick.reminders,
        tick.mails,
        tick.calls,
        tick.broken,
    )
    return tick
