"""Writing down who is away, and who takes over."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.absences import AwayNote, check_away
from emnnet.domain.addressing import Stand
from emnnet.domain.errors import DomainError, IllegalAction, NotFound
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.models.absence import Absence
from emnnet.models.contact import Contact
from emnnet.models.task import Task, TaskKind
from emnnet.services.events import record_office
from emnnet.services.tasks import finish_task, open_task

STREAM = "contacts"
NOT_YOURS = _n("The substitute must be another contact of the same institution.")
NO_PROPOSAL = _n("No new address waits for a decision here.")


def note_absence(
    session: Session, contact: Contact, note: AwayNote, *, by: Actor, now: datetime
) -> Absence:
    """Keep that a contact is away. What it said before for these days is replaced.

    An address nobody knows is written to only after the office has confirmed it.
    Raises `DomainError` for impossible days or a stranger as substitute.
    """
    check_away(note, office_day(now))
    stand_in = _checked_substitute(session, contact, note)
    for earlier in open_absences(session, contact):
        if _overlap(earlier, note):
            end_absence(session, earlier, by=by, now=now)
    proposed = note.stand is Stand.PROPOSED
    absence = Absence(
        contact_id=contact.id,
        begins=note.begins,
        until=note.until,
        stand=note.stand,
        substitute_id=stand_in,
        proposed_email=note.proposed_email.strip().lower() if proposed else None,
        proposed_title=note.proposed_title.strip() or None if proposed else None,
        said_at=now,
        said_by=by.name,
    )
    session.add(absence)
    session.flush()
    facts = {"contact": contact.id, "begins": note.begins, "until": note.until}
    record_office(session, STREAM, EventKind.ABSENCE_NOTED, by=by, now=now, **facts)
    if proposed:
        _ask_the_office(session, contact, absence, now=now)
    return absence


def end_absence(
    session: Session, absence: Absence, *, by: Actor, now: datetime
) -> None:
    """The contact is there again, or will be after all. The second time: nothing."""
    if absence.ended_at is not None:
        return
    absence.ended_at, absence.ended_by = now, by.name
    facts = {"contact": absence.contact_id, "absence": absence.id}
    record_office(session, STREAM, EventKind.ABSENCE_ENDED, by=by, now=now, **facts)
    _finish_proposal(session, absence, by=by, now=now)


def open_absences(session: Session, contact: Contact) -> list[Absence]:
    """What stands about a contact and was not ended, the earliest first."""
    wanted = (
        select(Absence)
        .where(Absence.contact_id == contact.id, Absence.ended_at.is_(None))
        .order_by(Absence.begins, Absence.id)
    )
    return list(session.scalars(wanted))


def confirm_substitute(
    session: Session, absence: Absence, *, by: Actor, now: datetime
) -> Contact:
    """The proposed address is right: it becomes a contact, the last in order."""
    email, contact = absence.proposed_email, absence.contact
    if absence.stand is not Stand.PROPOSED or not email:
        raise IllegalAction(NO_PROPOSAL)
    known = _known_contact(session, contact, email)
    if known is None:
        known = Contact(
            institution_id=contact.institution_id,
            role_title=absence.proposed_title or contact.role_title,
            email=email,
            language=contact.language,
            position=_last_position(session, contact.institution_id) + 1,
        )
        session.add(known)
        session.flush()
        facts = {"contact": known.id}
        record_office(session, STREAM, EventKind.CONTACT_ADDED, by=by, now=now, **facts)
    absence.stand, absence.substitute_id = Stand.CONTACT, known.id
    _finish_proposal(session, absence, by=by, now=now)
    return known


def refuse_substitute(
    session: Session, absence: Absence, *, by: Actor, now: datetime
) -> None:
    """The proposed address is not taken: mail goes to the next contact."""
    if absence.stand is not Stand.PROPOSED:
        raise IllegalAction(NO_PROPOSAL)
    absence.stand = Stand.NEXT
    _finish_proposal(session, absence, by=by, now=now)


def _checked_substitute(
    session: Session, contact: Contact, note: AwayNote
) -> int | None:
    if note.stand is not Stand.CONTACT:
        return None
    other = session.get(Contact, note.substitute_id)
    if other is None:
        raise NotFound(NOT_YOURS)
    if other.institution_id != contact.institution_id or other.id == contact.id:
        raise DomainError(NOT_YOURS)
    return other.id


def _overlap(earlier: Absence, note: AwayNote) -> bool:
    begins_after = note.until is not None and earlier.begins > note.until
    ended_before = earlier.until is not None and earlier.until < note.begins
    return not (begins_after or ended_before)


def _ask_the_office(
    session: Session, contact: Contact, absence: Absence, *, now: datetime
) -> None:
    open_task(
        session,
        TaskKind.CONTACT_PROPOSED,
        f"contact-proposed:{absence.id}",
        now=now,
        institution_id=contact.institution_id,
        address=absence.proposed_email,
        instead_of=contact.email,
        absence=absence.id,
    )


def _finish_proposal(
    session: Session, absence: Absence, *, by: Actor, now: datetime
) -> None:
    task = session.scalar(
        select(Task).where(
            Task.key == f"contact-proposed:{absence.id}", Task.done_at.is_(None)
        )
    )
    if task is not None:
        finish_task(task, by=by, now=now)


def _known_contact(session: Session, contact: Contact, email: str) -> Contact | None:
    return session.scalar(
        select(Contact).where(
            Contact.institution_id == contact.institution_id, Contact.email == email
        )
    )


def _last_position(session: Session, institution_id: int) -> int:
    rows = session.scalars(
        select(Contact.position).where(Contact.institution_id == institution_id)
    )
    return max(rows, default=0)
