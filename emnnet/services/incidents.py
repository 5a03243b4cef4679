"""Incidents: noted when something fails, told once, and once more when it is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from emnnet.domain.health import Trouble
from emnnet.models.incident import Incident

TELLING = timedelta(minutes=5)  # then somebody else may try to tell it


@dataclass(frozen=True)
class Note:
    """What is to be told of an incident."""

    incident_id: int
    name: str
    detail: str
    began_at: datetime
    ended_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Is it the good news?"""
        return self.ended_at is not None


def note_troubles(
    session: Session, troubles: Iterable[Trouble], *, now: datetime
) -> list[str]:
    """Open what is new, end what is over; returns the names of the new ones."""
    found = {trouble.name: trouble.detail for trouble in troubles}
    open_ = set(
        session.scalars(select(Incident.name).where(Incident.ended_at.is_(None)))
    )
    over = open_ - found.keys()
    if over:
        session.execute(
            update(Incident)
            .where(Incident.name.in_(over), Incident.ended_at.is_(None))
            .values(ended_at=now)
        )
    return [
        name
        for name in sorted(found.keys() - open_)
        if _opened(session, name, found[name], now)
    ]


def _opened(session: Session, name: str, detail: str, now: datetime) -> bool:
    """False if another process was quicker."""
    row = {"name": name, "detail": detail[:500], "began_at": now}
    of = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    anew = of.insert(Incident).values(row).on_conflict_do_nothing()
    return session.scalar(anew.returning(Incident.id)) is not None


def claim_notes(session: Session, *, patience: timedelta, now: datetime) -> list[Note]:
    """What this process is to tell now; no other gets it for some minutes.

    What lasts for less than `patience` is told to nobody.
    """
    news = and_(
        Incident.told_at.is_(None),
        Incident.ended_at.is_(None),
        Incident.began_at <= now - patience,
    )
    good_news = and_(
        Incident.told_at.is_not(None),
        Incident.ended_at.is_not(None),
        Incident.end_told_at.is_(None),
    )
    free = or_(Incident.claimed_at.is_(None), Incident.claimed_at < now - TELLING)
    rows = session.scalars(
        select(Incident)
        .where(or_(news, good_news), free)
        .order_by(Incident.id)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.claimed_at = now
    return [
        Note(row.id, row.name, row.detail, row.began_at, row.ended_at) for row in rows
    ]


def mark_told(session: Session, note: Note, *, now: datetime) -> None:
    """It was told: the trouble, or that it is over."""
    row = session.get_one(Incident, note.incident_id)
    row.claimed_at = None
    if note.is_over:
        row.end_told_at = now
    else:
        row.told_at = now
