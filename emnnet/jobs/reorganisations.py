"""On the day of a planned reorganisation, what is open follows."""

from flask import Flask

from emnnet import clock
from emnnet.domain.roles import SCHEDULER
from emnnet.services.reorganisation import follow_planned
from emnnet.transaction import committing


def follow_reorganisations(app: Flask) -> int:
    """Move what is open for each reorganisation whose day has come; how many."""
    with app.app_context(), committing() as session:
        return follow_planned(session, by=SCHEDULER, now=clock.now())
