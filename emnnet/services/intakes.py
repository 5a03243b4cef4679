"""Intakes: keeping what arrived and what was read, until it is registered."""

from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n
from emnnet.domain.reading.values import Era, ReadQuery
from emnnet.domain.roles import Actor
from emnnet.models.intake import Intake
from emnnet.models.stored_file import StoredFile
from emnnet.services.intake_reading import as_json

REGISTERED = _n("This was registered as a query; it stays with it.")


def take_in(
    session: Session,
    text: str,
    read: ReadQuery,
    *,
    by: Actor,
    now: datetime,
    file_name: str | None = None,
    stored_file: StoredFile | None = None,
) -> Intake:
    """Keep a document's text with what was read from it."""
    intake = Intake(
        file_name=file_name,
        stored_file=stored_file,
        text=text,
        reading=as_json(read),
        taken_by=by.name,
        taken_at=now,
    )
    session.add(intake)
    session.flush()
    return intake


def begin_empty(session: Session, *, by: Actor, now: datetime) -> Intake:
    """Begin with an empty form: an intake in which nothing was read."""
    return take_in(session, "", ReadQuery(era=Era.UNKNOWN), by=by, now=now)


def discard(intake: Intake, *, now: datetime) -> None:
    """It is not registered after all. Raises `DomainError` if it was."""
    if intake.query_id is not None:
        raise DomainError(REGISTERED)
    intake.discarded_at = now
