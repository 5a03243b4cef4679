"""Whom the office writes to in an institution on a given day."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, cast, func, null, or_, select
from sqlalchemy.orm import Session

from emnnet.domain.addressing import (
    Away,
    Closed,
    Person,
    Purpose,
    Reach,
    reach,
    why_not,
)
from emnnet.domain.messages import Message
from emnnet.models.absence import Absence, Closure
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.user import User


@dataclass(frozen=True)
class Addressee:
    """Where a mail to an institution goes, in which language, and why there.

    `not_before` is set where the institution is closed: nothing leaves till then.
    """

    institution_id: int
    email: str
    language: str
    contact_id: int | None = None
    why: tuple[Message, ...] = ()
    not_before: date | None = None


@dataclass(frozen=True)
class Reachable:
    """All that decides whom of one institution a mail goes to."""

    mailbox: str | None = None
    people: tuple[Person, ...] = ()
    closures: tuple[Closed, ...] = field(default=())

    def reach(self, on: date, purpose: Purpose = Purpose.ROUTING) -> Reach | None:
        """Where a mail goes on that day, or none."""
        return reach(self.people, self.mailbox, self.closures, on, purpose)

    def may_be_written_to(self, contact_id: int | None, on: date) -> bool:
        """Is that contact there, or is it the mailbox that was chosen?"""
        if contact_id is None:
            return True
        person = next((one for one in self.people if one.id == contact_id), None)
        return person is not None and why_not(person, on) is None


def addressees(
    session: Session,
    institution_ids: Collection[int],
    on: date,
    purpose: Purpose = Purpose.ROUTING,
) -> dict[int, Addressee]:
    """Where a mail to each institution goes that day; two statements for any number.

    An institution that cannot be written to is missing from the result.
    """
    found = {}
    for id_, one in reachables(session, institution_ids).items():
        to = one.reach(on, purpose)
        if to is not None:
            found[id_] = addressee_of(id_, to)
    return found


def find_addressee(
    session: Session,
    institution_id: int,
    on: date,
    purpose: Purpose = Purpose.ROUTING,
) -> Addressee | None:
    """Where a mail to one institution goes, or none."""
    return addressees(session, [institution_id], on, purpose).get(institution_id)


def reachables(
    session: Session, institution_ids: Collection[int]
) -> dict[int, Reachable]:
    """The contacts with their absences, the mailbox and the closures; two statements.

    Read once, they answer for any day: a plan of many days needs no more.
    """
    wanted = set(institution_ids)
    if not wanted:
        return {}
    absences, closures = _away(session, wanted)
    mailboxes: dict[int, str | None] = {}
    people: dict[int, list[Person]] = defaultdict(list)
    rows = session.execute(
        select(Institution.id, Institution.mailbox, Contact, User.id)
        .join(Contact, Contact.institution_id == Institution.id, isouter=True)
        .join(User, _closed_account(), isouter=True)
        .where(Institution.id.in_(wanted))
        .order_by(Institution.id, Contact.position, Contact.id)
    )
    for id_, mailbox, contact, closed in rows:
        mailboxes[id_] = mailbox
        if contact is not None and all(one.id != contact.id for one in people[id_]):
            people[id_].append(_person(contact, closed is not None, absences))
    return {
        id_: Reachable(mailbox, tuple(people[id_]), tuple(closures.get(id_, ())))
        for id_, mailbox in mailboxes.items()
    }


def addressee_of(institution_id: int, to: Reach) -> Addressee:
    """What was decided for an institution, as mails want it."""
    return Addressee(
        institution_id, to.email, to.language, to.contact_id, to.why, to.not_before
    )


def _closed_account() -> ColumnElement[bool]:
    """The closed account of a contact: its own, or one under the same address."""
    same = or_(User.contact_id == Contact.id, User.email == func.lower(Contact.email))
    return and_(same, User.deactivated_at.is_not(None))


def _away(
    session: Session, institution_ids: Collection[int]
) -> tuple[Mapping[int, list[Away]], Mapping[int, list[Closed]]]:
    """Absences by contact, closures by institution: one statement for both."""
    absent = (
        select(
            Absence.contact_id,
            Absence.begins,
            Absence.until,
            Absence.substitute_id,
            Absence.stand,
            func.coalesce(Absence.proposed_title, "").label("reason"),
        )
        .join(Contact, Contact.id == Absence.contact_id)
        .where(Contact.institution_id.in_(institution_ids), Absence.ended_at.is_(None))
    )
    closed = select(
        Closure.institution_id,
        Closure.begins,
        Closure.until,
        Closure.substitute_id,
        cast(null(), Absence.stand.type),
        Closure.reason,
    ).where(Closure.institution_id.in_(institution_ids), Closure.ended_at.is_(None))
    absences: dict[int, list[Away]] = defaultdict(list)
    closures: dict[int, list[Closed]] = defaultdict(list)
    for id_, begins, until, stand_in, stand, reason in session.execute(
        absent.union_all(closed)
    ):
        if stand is None:
            closures[id_].append(Closed(begins, until, reason, stand_in))
        else:
            absences[id_].append(Away(begins, until, stand, stand_in))
    return absences, closures


def _person(
    contact: Contact, closed: bool, absences: Mapping[int, list[Away]]
) -> Person:
    purposes = {
        Purpose.ROUTING: contact.for_routing,
        Purpose.ESCALATION: contact.for_escalation,
        Purpose.PUBLICATION: contact.for_publication,
    }
    return Person(
        id=contact.id,
        email=contact.email,
        language=contact.language,
        purposes=frozenset(purpose for purpose, is_for in purposes.items() if is_for),
        valid_from=contact.valid_from,
        valid_to=contact.valid_to,
        is_refused=contact.refused_at is not None,
        is_deactivated=closed,
        substitute=contact.substitute_id,
        absences=tuple(absences.get(contact.id, ())),
    )
