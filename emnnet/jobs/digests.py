"""Each working morning at half past seven: the coordinators' digest."""

import logging

from flask import Flask, current_app

from emnnet import clock
from emnnet.selectors.calendar import office_calendar
from emnnet.services.digests import DigestTick, queue_digests
from emnnet.transaction import committing

log = logging.getLogger(__name__)


def send_digests(app: Flask) -> DigestTick:
    """Promise the digests of today. Safe to run twice: the ledger keeps one a day."""
    with app.app_context(), committing() as session:
        calendar = office_calendar(session, current_app.config["CALENDAR"])
        tick = queue_digests(session, calendar, now=clock.now())
    log.info(
        "digests: %d sent, %d empty, %d broken", tick.sent, tick.empty, tick.broken
    )
    return tick
