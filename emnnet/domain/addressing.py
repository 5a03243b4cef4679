"""Whom a mail to an institution goes to on a day, decided from facts alone, and why.

The first contact in order who is there; who is not is passed over with the reason:
not valid, account closed, address refused, away. A substitute comes before the next
contact, the functional mailbox after all of them. A closed institution gets nothing
before it opens again, unless it named a substitute.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from emnnet.domain.messages import Message, _n, message

ONE_DAY = timedelta(days=1)
FURTHEST = 3  # substitutes of substitutes
MAILBOX_LANGUAGE = "lt"

CLOSED_ACCOUNT = _n("Not to %(address)s: the account was closed.")
REFUSED = _n("Not to %(address)s: the address refuses mail.")
NOT_YET = _n("Not to %(address)s: only from %(day)s on.")
NO_LONGER = _n("Not to %(address)s: only until %(day)s.")
AWAY_UNTIL = _n("Instead of %(address)s, absent until %(day)s.")
AWAY = _n("Instead of %(address)s, absent until further notice.")
CLOSED = _n("The institution is closed until %(day)s (%(reason)s).")
WAITS = _n("It waits until the institution opens again on %(day)s.")
LAST_RESORT = _n("To the functional mailbox: no contact can be written to.")
TO_MAILBOX = _n("To the functional mailbox, as the contact wishes.")


class Purpose(StrEnum):
    """What a contact may be written to for."""

    ROUTING = "routing"
    ESCALATION = "escalation"
    PUBLICATION = "publication"


class Stand(StrEnum):
    """Who gets the mail of a contact who is away."""

    CONTACT = "contact"  # a named colleague
    MAILBOX = "mailbox"  # the functional address
    NEXT = "next"  # whoever comes next in order
    PROPOSED = "proposed"  # an address the office has to confirm; till then the next


@dataclass(frozen=True)
class Away:
    """From a day to a day, both included; without an end: until further notice."""

    begins: date
    until: date | None
    stand: Stand = Stand.NEXT
    substitute: int | None = None

    def covers(self, day: date) -> bool:
        """Is it on?"""
        return self.begins <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Closed:
    """An institution is closed from a day to a day, both included."""

    begins: date
    until: date
    reason: str
    substitute: int | None = None

    def covers(self, day: date) -> bool:
        """Is it on?"""
        return self.begins <= day <= self.until


@dataclass(frozen=True)
class Person:
    """A contact as the choice needs it."""

    id: int
    email: str
    language: str
    purposes: frozenset[Purpose]
    valid_from: date | None = None
    valid_to: date | None = None
    is_refused: bool = False
    is_deactivated: bool = False
    substitute: int | None = None
    absences: tuple[Away, ...] = ()

    def away(self, day: date) -> Away | None:
        """The absence that is on; of several the one that lasts longest."""
        on = [away for away in self.absences if away.covers(day)]
        return max(on, key=lambda away: away.until or date.max, default=None)


@dataclass(frozen=True)
class Reach:
    """Where a mail goes, why there, and from which day on where that is not today."""

    email: str
    language: str
    contact_id: int | None = None
    why: tuple[Message, ...] = ()
    not_before: date | None = None


def reach(
    people: Sequence[Person],
    mailbox: str | None,
    closures: Sequence[Closed],
    on: date,
    purpose: Purpose = Purpose.ROUTING,
) -> Reach | None:
    """Where a mail to the institution goes on that day, or none.

    `people` are all its contacts in their order. Only a mail for answers falls back
    on the mailbox: an escalation that nobody is named for goes nowhere.
    """
    day, why = on, []
    known = {person.id: person for person in people}
    while (closed := _closed(closures, day)) is not None:
        why.append(message(CLOSED, day=closed.until, reason=closed.reason))
        stand = known.get(closed.substitute or 0)
        if stand is not None and why_not(stand, day) is None:
            return _to(stand, why)
        day = closed.until + ONE_DAY
    if day > on:
        why.append(message(WAITS, day=day))
    found = _open(people, known, mailbox, day, purpose)
    if found is None:
        return None
    later = day if day > on else None
    return replace(found, why=(*why, *found.why), not_before=later)


def _closed(closures: Iterable[Closed], day: date) -> Closed | None:
    on = [closed for closed in closures if closed.covers(day)]
    return max(on, key=lambda closed: closed.until, default=None)


def _open(
    people: Sequence[Person],
    known: dict[int, Person],
    mailbox: str | None,
    day: date,
    purpose: Purpose,
) -> Reach | None:
    """The choice among the contacts of an institution that is open."""
    why: list[Message] = []
    for person in people:
        if purpose not in person.purposes:
            continue
        for one, reason in _line(person, known, day):
            if reason is None:
                return _to(one, why)
            why.append(reason)
            away = one.away(day)
            if away and away.stand is Stand.MAILBOX and mailbox:
                to_mailbox = (*why, message(TO_MAILBOX))
                return Reach(mailbox, MAILBOX_LANGUAGE, None, to_mailbox)
    if mailbox and purpose is Purpose.ROUTING:
        last = (*why, message(LAST_RESORT)) if why else ()
        return Reach(mailbox, MAILBOX_LANGUAGE, None, last)
    return None


def _line(
    person: Person, known: dict[int, Person], day: date
) -> Iterator[tuple[Person, Message | None]]:
    """A contact, then the substitutes; each with what speaks against it."""
    seen: set[int] = set()
    one: Person | None = person
    while one is not None and one.id not in seen and len(seen) < FURTHEST:
        seen.add(one.id)
        reason = why_not(one, day)
        yield one, reason
        away = one.away(day)
        next_id = (away.substitute if away else None) or one.substitute
        one = known.get(next_id or 0)


def why_not(person: Person, day: date) -> Message | None:
    """Why this contact is not written to on that day, or None."""
    address = person.email
    if person.valid_from is not None and day < person.valid_from:
        return message(NOT_YET, address=address, day=person.valid_from)
    if person.valid_to is not None and person.valid_to < day:
        return message(NO_LONGER, address=address, day=person.valid_to)
    if person.is_deactivated:
        return message(CLOSED_ACCOUNT, address=address)
    if person.is_refused:
        return message(REFUSED, address=address)
    away = person.away(day)
    if away is None:
        return None
    if away.until is None:
        return message(AWAY, address=address)
    return message(AWAY_UNTIL, address=address, day=away.until)


def _to(person: Person, why: Sequence[Message]) -> Reach:
    return Reach(person.email, person.language, person.id, tuple(why))
