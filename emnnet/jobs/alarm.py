"""Looking at the health of all, and telling of it by a second way: not by our mail.

One alert for each incident, and a note when it is over. Any process may look; the row
of the incident is claimed by the one that tells it. While the data base is away, a
file in the instance folder remembers, for this host.
"""

import logging
from datetime import timedelta

from flask import current_app

from emnnet import clock
from emnnet.domain.health import Health, Part
from emnnet.health import diagnose
from emnnet.jobs.alerts import Alert, is_told, ways
from emnnet.jobs.outage import note_outage
from emnnet.services.incidents import Note, claim_notes, mark_told, note_troubles
from emnnet.transaction import committing

log = logging.getLogger(__name__)


def raise_alarm(*, patience: timedelta) -> Health:
    """Look, note what is not well, and tell what has lasted for `patience`."""
    health, now = diagnose(), clock.now()
    is_away = bool(health.of(Part.DATABASE))
    alert = note_outage(current_app, is_away=is_away, patience=patience, now=now)
    if alert is not None:
        is_told(alert)
    if is_away:
        return health
    with committing() as session:
        for name in note_troubles(session, health.troubles, now=now):
            log.warning("not well: %s", name)
    if ways():
        with committing() as session:
            notes = claim_notes(session, patience=patience, now=now)
        for note in notes:
            _tell(note)
    return health


def _tell(note: Note) -> None:
    """Tell first, then note that it was told: rather twice than never."""
    alert = Alert(note.name, note.detail, note.began_at, note.ended_at)
    if is_told(alert):
        with committing() as session:
            mark_told(session, note, now=clock.now())
