"""Every ten minutes: calls that are needed no more leave the list."""

from flask import Flask

from emnnet import clock
from emnnet.services.calls import settle_calls as settle
from emnnet.transaction import committing


def settle_calls(app: Flask) -> int:
    """Finish the calls whose answers have come; returns how many. Safe to run twice."""
    with app.app_context(), committing() as session:
        return settle(session, now=clock.now())
