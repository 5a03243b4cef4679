"""Whom the office writes to in an institution on a given day."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
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
from emnnet.selectors.reading import Reading, Rows, Selection, some

PERSON = (
    Contact.id.label("contact"),
    Contact.position,
    Contact.email,
    Contact.language,
    Contact.for_routing,
    Contact.for_escalation,
    Contact.for_publication,
    Contact.valid_from,
    Contact.valid_to,
    Contact.refused_at,
    Contact.substitute_id,
)


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
    """Where a mail to each institution goes that day; one statement for any number.

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
    """The contacts with their absences, the mailbox and the closures; one statement.

    Read once, they answer for any day: a plan of many days needs no more.
    """
    if not institution_ids:
        return {}
    return reachables_reading(set(institution_ids)).take(session)


def reachables_reading(
    institution_ids: Collection[int],
) -> Reading[dict[int, Reachable]]:
    """The same, to be read together with other things."""
    values = {"reached_ids": list(institution_ids)}
    return Reading((_people(), *_away()), _reachables, values)


@lru_cache
def _people() -> Selection:
    return (
        select(Institution.id, Institution.mailbox, *PERSON, User.id.label("closed"))
        .join(Contact, Contact.institution_id == Institution.id, isouter=True)
        .join(User, _closed_account(), isouter=True)
        .where(Institution.id.in_(some("reached_ids")))
    )


def _reachables(people: Rows, absent: Rows, closed: Rows) -> dict[int, Reachable]:
    absences: dict[int, list[Away]] = defaultdict(list)
    for id_, begins, until, stand_in, stand in absent:
        absences[id_].append(Away(begins, until, stand, stand_in))
    closures: dict[int, list[Closed]] = defaultdict(list)
    for id_, begins, until, stand_in, reason in closed:
        closures[id_].append(Closed(begins, until, reason, stand_in))
    persons: dict[int, dict[int, Person]] = defaultdict(dict)
    for row in sorted(people, key=lambda row: (row.position or 0, row.contact or 0)):
        if row.contact is not None:
            persons[row.id].setdefault(row.contact, _person(row, absences))
    return {
        row.id: Reachable(
            row.mailbox, tuple(persons[row.id].values()), tuple(closures[row.id])
        )
        for row in people
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


@lru_cache
def _away() -> tuple[Selection, ...]:
    """Absences by contact, closures by institution."""
    absent = (
        select(
            Absence.contact_id,
            Absence.begins,
            Absence.until,
            Absence.substitute_id,
            Absence.stand,
        )
        .join(Contact, Contact.id == Absence.contact_id)
        .where(
            Contact.institution_id.in_(some("reached_ids")), Absence.ended_at.is_(None)
        )
    )
    closed = select(
        Closure.institution_id,
        Closure.begins,
        Closure.until,
        Closure.substitute_id,
        Closure.reason,
    ).where(Closure.institution_id.in_(some("reached_ids")), Closure.ended_at.is_(None))
    return absent, closed


def _person(row: Any, absences: Mapping[int, list[Away]]) -> Person:
    purposes = {
        Purpose.ROUTING: row.for_routing,
        Purpose.ESCALATION: row.for_escalation,
        Purpose.PUBLICATION: row.for_publication,
    }
    return Person(
        id=row.contact,
        email=row.email,
        language=row.language,
        purposes=frozenset(purpose for purpose, is_for in purposes.items() if is_for),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        is_refused=row.refused_at is not None,
        is_deactivated=row.closed is not None,
        substitute=row.substitute_id,
        absences=tuple(absences.get(row.contact, ())),
    )
