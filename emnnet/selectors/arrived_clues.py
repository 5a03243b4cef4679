"""Finding whose a message is and what it names, in our tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from emnnet.domain.arriving.letters import ArrivedLetter
from emnnet.domain.arriving.matching import Candidate, Clue, Match, match
from emnnet.domain.lifecycle import contribution_status
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.references import Reference, find_key, find_reference
from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.contact import Contact
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.user import User
from emnnet.selectors.contributions import facts_of

MOST_IDS = 50
ANSWERS = _n("It answers our mail of %(day)s.")
FORM = _n("Our Word form of that query is attached.")
THREAD = _n("It stands in the thread of %(reference)s.")
SUBJECT = _n("Its subject names %(reference)s.")
TEXT = _n("Its text names %(reference)s.")
SAME_DOMAIN = _n("Its address is at %(domain)s, as those of %(institution)s are.")


@dataclass(frozen=True)
class Sender:
    """Who wrote, as our tables know them on that day."""

    institution_ids: tuple[int, ...] = ()
    contact_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What a message is about, and which mail of ours it answers."""

    match: Match
    sender: Sender
    outbox_message_id: int | None = None


def find_out(
    session: Session, letter: ArrivedLetter, on: date, forms: Sequence[int] = ()
) -> Finding:
    """Whose the message is, and the one assignment meant or the best guess.

    `forms` are the assignments that our own Word forms among its files belong to.
    """
    sender = known_sender(session, letter.from_address, on)
    answered = find_answered(session, letter.threads)
    clues = _clues_of_forms(session, forms) + _clues(session, letter, answered)
    own = _open_candidates(session, sender.institution_ids)
    found = match(clues, own, sender.institution_ids)
    if not sender.institution_ids and found.institution_id is None:
        found = _by_domain(session, letter.from_address, found)
    return Finding(found, sender, answered.id if answered else None)


def known_sender(session: Session, address: str, on: date) -> Sender:
    """The institutions whose contact, mailbox or account that address is on a day."""
    address = address.strip().lower()
    if "@" not in address:
        return Sender()
    contacts = session.execute(
        select(Contact.id, Contact.institution_id)
        .where(
            func.lower(Contact.email) == address,
            or_(Contact.valid_from.is_(None), Contact.valid_from <= on),
            or_(Contact.valid_to.is_(None), Contact.valid_to >= on),
        )
        .order_by(Contact.id)
    ).all()
    mailboxes = session.scalars(
        select(Institution.id).where(func.lower(Institution.mailbox) == address)
    )
    accounts = session.scalars(
        select(User.institution_id).where(
            func.lower(User.email) == address,
            User.role == Role.CONTACT,
            User.deactivated_at.is_(None),
            User.institution_id.is_not(None),
        )
    )
    ids = [one.institution_id for one in contacts]
    ids += [*mailboxes, *(id_ for id_ in accounts if id_ is not None)]
    return Sender(tuple(dict.fromkeys(ids)), tuple(one.id for one in contacts))


def find_answered(session: Session, threads: Sequence[str]) -> OutboxMessage | None:
    """The latest mail of ours among these Message-IDs, or none."""
    if not threads:
        return None
    return session.scalar(
        select(OutboxMessage)
        .where(OutboxMessage.message_id.in_(threads[:MOST_IDS]))
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    )


def _clues_of_forms(session: Session, forms: Sequence[int]) -> list[Clue]:
    found = session.scalars(select(Assignment).where(Assignment.id.in_(forms))).all()
    return [Clue(message(FORM), _candidates([one]), one.query_id) for one in found]


def _clues(
    session: Session, letter: ArrivedLetter, answered: OutboxMessage | None
) -> list[Clue]:
    """What the message names, the strongest first."""
    found: list[Clue] = []
    if answered is not None and (answered.assignment_id or answered.query_id):
        day = (answered.sent_at or answered.queued_at).date()
        why = message(ANSWERS, day=day.isoformat())
        found.append(_clue_of_mail(session, answered, why))
    headers = " ".join((*letter.threads, *letter.sent_to))
    places = (
        (THREAD, find_key(headers)),
        (SUBJECT, find_reference(letter.subject)),
        (TEXT, find_reference(letter.text)),
    )
    for why_text, reference in places:
        clue = reference and _clue_of_number(session, reference, why_text)
        found += [clue] if clue else []
    return found


def _clue_of_mail(session: Session, mail: OutboxMessage, why: Message) -> Clue:
    wanted = select(Assignment)
    if mail.assignment_id is not None:
        wanted = wanted.where(Assignment.id == mail.assignment_id)
    else:
        wanted = wanted.where(Assignment.query_id == mail.query_id)
        if mail.institution_id is not None:
            wanted = wanted.where(Assignment.institution_id == mail.institution_id)
    return Clue(why, _candidates(session.scalars(wanted).all()), mail.query_id)


def _clue_of_number(session: Session, named: Reference, why: str) -> Clue | None:
    """What the number leads to; a number whose parts disagree leads nowhere."""
    query = session.scalar(
        select(Query).where(
            Query.year == named.year,
            Query.number == named.number,
            Query.deleted_at.is_(None),
        )
    )
    if query is None:
        return None
    wanted = select(Assignment).where(Assignment.query_id == query.id)
    if named.assignment_id is not None:
        wanted = wanted.where(Assignment.id == named.assignment_id)
    found = session.scalars(wanted.order_by(Assignment.id)).all()
    if named.assignment_id is not None and not found:
        return None
    return Clue(message(why, reference=str(named)), _candidates(found), query.id)


def _candidates(assignments: Sequence[Assignment]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(one.id, one.institution_id, one.query_id) for one in assignments
    )


def _open_candidates(
    session: Session, institution_ids: Sequence[int]
) -> list[Candidate]:
    """The assignments of these institutions in which something is still owed."""
    if not institution_ids:
        return []
    rows = session.execute(
        select(Contribution, Assignment, Query)
        .join(Contribution.assignment)
        .join(Assignment.query)
        .where(
            Assignment.institution_id.in_(institution_ids),
            Query.closed_at.is_(None),
            Query.withdrawn_at.is_(None),
            Query.deleted_at.is_(None),
            Contribution.released_at.is_(None),
        )
        .order_by(Assignment.id)
    )
    owing = {
        assignment.id: assignment
        for contribution, assignment, query in rows
        if contribution_status(facts_of(contribution, query)).is_owed
    }
    return list(_candidates(list(owing.values())))


def _by_domain(session: Session, address: str, found: Match) -> Match:
    """A guess at the institution: whose addresses end as this one does."""
    domain = address.rpartition("@")[2].lower()
    if not domain:
        return found
    like = f"%@{domain.replace('%', '').replace('_', '')}"
    ids = session.scalars(
        select(Contact.institution_id).where(func.lower(Contact.email).like(like))
    ).all()
    ids = [
        *ids,
        *session.scalars(
            select(Institution.id).where(func.lower(Institution.mailbox).like(like))
        ),
    ]
    if len(set(ids)) != 1:
        return found
    institution = session.get_one(Institution, ids[0])
    why = message(SAME_DOMAIN, domain=domain, institution=institution.short)
    return Match(institution.id, found.query_id, None, why=(*found.why, why))
