"""Reading who is away and which institutions are closed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.addressing import Stand
from emnnet.models.absence import Absence, Closure
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution

PER_PAGE = 100


@dataclass(frozen=True)
class ContactLine:
    """A contact, and the absence that is on or to come."""

    contact: Contact
    absence: Absence | None


def open_absence(session: Session, contact: Contact, today: date) -> Absence | None:
    """What is on or comes next for a contact, or none."""
    return session.scalars(
        select(Absence)
        .where(Absence.contact_id == contact.id, *_not_over(today))
        .order_by(Absence.begins, Absence.id)
        .options(joinedload(Absence.substitute))
        .limit(1)
    ).first()


def colleagues(session: Session, contact: Contact, today: date) -> list[Contact]:
    """The other contacts of the institution who can be written to, in their order."""
    wanted = (
        select(Contact)
        .where(
            Contact.institution_id == contact.institution_id,
            Contact.id != contact.id,
            Contact.refused_at.is_(None),
            or_(Contact.valid_to.is_(None), Contact.valid_to >= today),
        )
        .order_by(Contact.position, Contact.id)
    )
    return list(session.scalars(wanted))


def contact_of(
    session: Session, contact_id: int | None, institution_id: int | None, email: str
) -> Contact | None:
    """The contact an account belongs to: named with it, or by the same address."""
    wanted = select(Contact).options(joinedload(Contact.institution))
    if contact_id is not None:
        return session.scalar(wanted.where(Contact.id == contact_id))
    return session.scalar(
        wanted.where(
            Contact.institution_id == institution_id,
            func.lower(Contact.email) == email.lower(),
        )
    )


def contact_lines(
    session: Session, institution_id: int, today: date
) -> list[ContactLine]:
    """All contacts of an institution with their absences. One statement."""
    rows = session.execute(
        select(Contact, Absence)
        .outerjoin(Absence, and_(Absence.contact_id == Contact.id, *_not_over(today)))
        .where(Contact.institution_id == institution_id)
        .order_by(
            Contact.position, Contact.id, Absence.begins.desc(), Absence.id.desc()
        )
        .options(joinedload(Absence.substitute))
    )
    found: dict[int, ContactLine] = {}
    for contact, absence in rows:  # of several absences the first to begin
        found[contact.id] = ContactLine(contact, absence)
    return list(found.values())


def absences(session: Session, today: date) -> list[Absence]:
    """All absences that are on or to come; those to decide about first. One statement.

    The contact and its institution come along.
    """
    wanted = (
        select(Absence)
        .where(*_not_over(today))
        .order_by(Absence.stand != Stand.PROPOSED, Absence.begins, Absence.id)
        .options(
            joinedload(Absence.substitute),
            joinedload(Absence.contact).joinedload(Contact.institution),
        )
        .limit(PER_PAGE)
    )
    return list(session.scalars(wanted))


def closures(session: Session, today: date) -> list[Closure]:
    """The closures that are on or to come, the earliest first. One statement."""
    wanted = (
        select(Closure)
        .where(Closure.ended_at.is_(None), Closure.until >= today)
        .order_by(Closure.begins, Closure.id)
        .options(joinedload(Closure.institution), joinedload(Closure.substitute))
        .limit(PER_PAGE)
    )
    return list(session.scalars(wanted))


def institutions_with_contacts(
    session: Session,
) -> list[tuple[Institution, list[Contact]]]:
    """Each institution that can be written to, with its contacts. One statement."""
    rows = session.execute(
        select(Institution, Contact)
        .join(Contact, Contact.institution_id == Institution.id)
        .order_by(Institution.name_en, Contact.position, Contact.id)
    )
    found: dict[int, tuple[Institution, list[Contact]]] = {}
    for institution, contact in rows:
        found.setdefault(institution.id, (institution, []))[1].append(contact)
    return list(found.values())


def _not_over(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Absence.ended_at.is_(None),
        or_(Absence.until.is_(None), Absence.until >= today),
    )
