"""The contacts of an institution in words."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from emnnet.domain.addressing import Purpose, why_not
from emnnet.models.absence import Absence
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.selectors.absences import contact_lines
from emnnet.selectors.contacts import Reachable, reachables
from emnnet.web.messages import spoken


@dataclass(frozen=True)
class ContactRow:
    """One contact: what speaks against writing to it today, and its absence."""

    contact: Contact
    against: str
    absence: Absence | None
    gets_mail: bool


@dataclass(frozen=True)
class ContactsPage:
    """Where mail goes today, and all contacts."""

    to: str
    why: tuple[str, ...]
    not_before: date | None
    above: str  # who gets copies of the last chasers
    rows: tuple[ContactRow, ...]


def contacts_page(session: Session, body: Institution, today: date) -> ContactsPage:
    """The rows in the order in which they are asked."""
    known = reachables(session, [body.id]).get(body.id, Reachable())
    to, above = known.reach(today), known.reach(today, Purpose.ESCALATION)
    people = {one.id: one for one in known.people}
    rows = []
    for line in contact_lines(session, body.id, today):
        person = people.get(line.contact.id)
        against = why_not(person, today) if person else None
        rows.append(
            ContactRow(
                line.contact,
                spoken(against) if against else "",
                line.absence,
                to is not None and to.contact_id == line.contact.id,
            )
        )
    return ContactsPage(
        to=to.email if to else "",
        why=tuple(spoken(reason) for reason in to.why) if to else (),
        not_before=to.not_before if to else None,
        above=above.email if above else "",
        rows=tuple(rows),
    )
