"""Whom the office writes to in an institution on a given day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from emnnet.models.contact import Contact
from emnnet.models.institution import Institution


@dataclass(frozen=True)
class Addressee:
    """Where a mail to an institution goes, and in which language."""

    institution_id: int
    email: str
    language: str
    contact_id: int | None = None


def addressees(
    session: Session, institution_ids: Collection[int], on: date
) -> dict[int, Addressee]:
    """The first reachable routing contact of each institution, else its mailbox.

    Someone absent is replaced by the substitute; a refused address is passed over.
    An institution without any is missing from the result.
    """
    found = _mailboxes(session, institution_ids)
    contacts = list(_contacts(session, institution_ids, on))
    for contact in reversed(contacts):  # the first one is written last, and stays
        reached = _present(contact, on)
        if reached is not None and reached.refused_at is None:
            found[contact.institution_id] = Addressee(
                contact.institution_id, reached.email, reached.language, reached.id
            )
    return found


def find_addressee(session: Session, institution_id: int, on: date) -> Addressee | None:
    """Where a mail to one institution goes, or none."""
    return addressees(session, [institution_id], on).get(institution_id)


def _mailboxes(
    session: Session, institution_ids: Collection[int]
) -> dict[int, Addressee]:
    rows = session.execute(
        select(Institution.id, Institution.mailbox).where(
            Institution.id.in_(institution_ids), Institution.mailbox.is_not(None)
        )
    )
    return {id_: Addressee(id_, mailbox or "", "lt") for id_, mailbox in rows}


def _contacts(
    session: Session, institution_ids: Collection[int], on: date
) -> list[Contact]:
    return list(
        session.scalars(
            select(Contact)
            .where(
                Contact.institution_id.in_(institution_ids),
                Contact.for_routing,
                or_(Contact.valid_from.is_(None), Contact.valid_from <= on),
                or_(Contact.valid_to.is_(None), Contact.valid_to >= on),
            )
            .order_by(Contact.institution_id, Contact.position, Contact.id)
        )
    )


def _present(contact: Contact, on: date) -> Contact | None:
    begun = contact.absent_from is not None and contact.absent_from <= on
    away = begun and (contact.absent_to is None or on <= contact.absent_to)
    return contact.substitute if away else contact
