"""Each night: tokens that expired long ago are deleted."""

import logging

from flask import Flask

from emnnet import clock
from emnnet.services.tidying import tidy_links
from emnnet.transaction import committing

log = logging.getLogger(__name__)


def tidy_tokens(app: Flask) -> int:
    """Delete them; returns how many. Safe to run twice."""
    with app.app_context(), committing() as session:
        gone = tidy_links(session, now=clock.now())
    log.info("tokens: %d expired long ago and deleted", gone)
    return gone
