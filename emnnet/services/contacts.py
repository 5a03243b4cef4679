"""Adding and changing whom the office writes to in an institution."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.absences import check_address
from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n, message
from emnnet.domain.roles import Actor
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.network_change import ActKind
from emnnet.services.events import record_office
from emnnet.services.network_edits import facts_of, note_change, open_act, seal_act
from emnnet.services.network_keeping import ADDED, CHANGED

STREAM = "contacts"
KNOWN = _n("%(email)s is a contact of this institution already.")
NO_PURPOSE = _n("Tick at least one thing the contact may be written to for.")
END_FIRST = _n("The last day is before the first one.")
OWN_SUBSTITUTE = _n("A contact cannot stand in for itself.")
STRANGER = _n("The substitute must be a contact of the same institution.")


@dataclass(frozen=True)
class ContactFields:
    """All the office sets about a contact."""

    role_title: str
    email: str
    phone: str = ""
    language: str = "lt"
    position: int = 1
    for_routing: bool = True
    for_escalation: bool = False
    for_publication: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    substitute_id: int | None = None
    try_again: bool = False  # the address refused mail; it is right now


def save_contact(
    session: Session,
    institution: Institution,
    contact: Contact | None,
    given: ContactFields,
    *,
    by: Actor,
    now: datetime,
) -> Contact:
    """Add a contact (none given) or change one. Raises `DomainError` with the reason.

    Another address, or one the office vouches for, is no longer held as refused.
    """
    email = given.email.strip()
    check_address(email)
    _check(session, institution, contact, given, email)
    is_new = contact is None
    before = facts_of(contact) if contact is not None else None
    if contact is None:
        contact = Contact(institution_id=institution.id, email=email)
        session.add(contact)
    if given.try_again or contact.email.lower() != email.lower():
        contact.refused_at = contact.refusal = None
    contact.email, contact.role_title = email, given.role_title.strip()
    contact.phone, contact.language = given.phone.strip() or None, given.language
    contact.position = given.position
    contact.for_routing = given.for_routing
    contact.for_escalation = given.for_escalation
    contact.for_publication = given.for_publication
    contact.valid_from, contact.valid_to = given.valid_from, given.valid_to
    contact.substitute_id = given.substitute_id
    session.flush()
    kind = EventKind.CONTACT_ADDED if is_new else EventKind.CONTACT_CHANGED
    record_office(session, STREAM, kind, by=by, now=now, contact=contact.id)
    said = message(ADDED if is_new else CHANGED, what=told(institution, contact))
    act = open_act(session, ActKind.EDITED, said, by=by, now=now)
    note_change(session, act, contact, before)
    seal_act(session, act)
    return contact


def told(institution: Institution, contact: Contact) -> str:
    """A contact in few words, for the history of the network."""
    return f"{institution.short}, {contact.role_title}"


def _check(
    session: Session,
    institution: Institution,
    contact: Contact | None,
    given: ContactFields,
    email: str,
) -> None:
    if not (given.for_routing or given.for_escalation or given.for_publication):
        raise DomainError(NO_PURPOSE)
    if given.valid_from and given.valid_to and given.valid_to < given.valid_from:
        raise DomainError(END_FIRST)
    same = session.scalar(
        select(Contact).where(
            Contact.institution_id == institution.id,
            func.lower(Contact.email) == email.lower(),
        )
    )
    if same is not None and same is not contact:
        raise DomainError(KNOWN, email=email)
    if given.substitute_id is None:
        return
    if contact is not None and given.substitute_id == contact.id:
        raise DomainError(OWN_SUBSTITUTE)
    stand_in = session.get(Contact, given.substitute_id)
    if stand_in is None or stand_in.institution_id != institution.id:
        raise DomainError(STRANGER)
