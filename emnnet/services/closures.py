"""Writing down when a whole institution is closed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.absences import NO_REASON, check_period
from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.models.absence import Closure
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.services.events import record_office

STREAM = "contacts"
OVERLAP = _n(
    "%(institution)s is closed from %(begins)s to %(until)s already. "
    "Take that closure back first, or choose other days."
)
OTHER_BODY = _n("The substitute must be a contact of this institution.")


@dataclass(frozen=True)
class ClosureNote:
    """Closed from a day to a day, why, and who gets the mail all the same."""

    begins: date
    until: date
    reason: str
    substitute_id: int | None = None


def note_closure(
    session: Session,
    institution: Institution,
    note: ClosureNote,
    *,
    by: Actor,
    now: datetime,
) -> Closure:
    """Keep that an institution is closed. Raises `DomainError` where two overlap."""
    check_period(note.begins, note.until, office_day(now))
    if not note.reason.strip():
        raise DomainError(NO_REASON)
    _hold(session, institution)
    _check_free(session, institution, note)
    if note.substitute_id is not None:
        stand_in = session.get(Contact, note.substitute_id)
        if stand_in is None or stand_in.institution_id != institution.id:
            raise DomainError(OTHER_BODY)
    closure = Closure(
        institution_id=institution.id,
        begins=note.begins,
        until=note.until,
        reason=note.reason.strip(),
        substitute_id=note.substitute_id,
        made_at=now,
        made_by=by.name,
    )
    session.add(closure)
    session.flush()
    facts = {
        "institution": institution.short,
        "begins": note.begins,
        "until": note.until,
    }
    record_office(session, STREAM, EventKind.CLOSURE_NOTED, by=by, now=now, **facts)
    return closure


def end_closure(
    session: Session, closure: Closure, *, by: Actor, now: datetime
) -> None:
    """It was entered by mistake, or the institution is open again."""
    if closure.ended_at is not None:
        return
    closure.ended_at, closure.ended_by = now, by.name
    facts = {"institution": closure.institution.short, "closure": closure.id}
    record_office(session, STREAM, EventKind.CLOSURE_ENDED, by=by, now=now, **facts)


def _hold(session: Session, institution: Institution) -> None:
    """Two who enter a closure at once take turns."""
    held = select(Institution.id).where(Institution.id == institution.id)
    session.execute(held.with_for_update())


def _check_free(session: Session, institution: Institution, note: ClosureNote) -> None:
    other = session.scalars(
        select(Closure)
        .where(
            Closure.institution_id == institution.id,
            Closure.ended_at.is_(None),
            Closure.begins <= note.until,
            Closure.until >= note.begins,
        )
        .order_by(Closure.begins)
        .limit(1)
    ).first()
    if other is not None:
        raise DomainError(
            OVERLAP,
            institution=institution.short,
            begins=other.begins,
            until=other.until,
        )
