"""What is open follows a successor: questions, contacts, accounts, waiting mail."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.history import EventKind
from emnnet.domain.moments import office_day
from emnnet.domain.reorganisation import Share
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.contact import Contact
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.network_change import NetworkAct
from emnnet.models.outbox import OutboxMessage
from emnnet.models.question import Question
from emnnet.models.routing_cell import RoutingCell
from emnnet.models.user import User
from emnnet.selectors.chases import RUNNING
from emnnet.selectors.contacts import find_addressee
from emnnet.selectors.keeping import contacts_from
from emnnet.selectors.outbox import UNENDED
from emnnet.selectors.query_facts import OWED
from emnnet.services.contribution_events import record_assignment
from emnnet.services.handing_on import Reason, tell_of_work
from emnnet.services.network_edits import facts_of, note_change


@dataclass(frozen=True)
class Followed:
    """What moved, and what could not: the heir is asked the same query itself."""

    moved: tuple[Assignment, ...] = ()
    stayed: tuple[Assignment, ...] = ()


@dataclass(frozen=True)
class Heirs:
    """Who takes over: the first heir, but for rows that were given to another one."""

    first: Institution
    chosen: Mapping[Share, Institution] = field(default_factory=dict)

    def of(self, row: Contact | Assignment) -> Institution:
        """Who gets the row; an assignment goes where its contact goes, unless chosen.

        So a personal link leads to the body where its reader is.
        """
        keys = [(row.__tablename__, row.id)]
        if isinstance(row, Assignment) and row.contact_id:
            keys.append((Contact.__tablename__, row.contact_id))
        found = (self.chosen[key] for key in keys if key in self.chosen)
        return next(found, self.first)


def follow(
    session: Session,
    act: NetworkAct,
    old: Institution,
    heirs: Heirs,
    *,
    contacts: bool,
    last_day: date,
    by: Actor,
    now: datetime,
) -> Followed:
    """Move what is open from a body to its heirs, and tell each heir once.

    What is submitted or closed keeps the old body. Personal links keep working: they
    belong to the assignment, and its contact comes along.
    """
    if contacts:
        _move_people(session, act, old, heirs, last_day)
    moved: dict[int, list[Assignment]] = defaultdict(list)
    stayed: list[Assignment] = []
    linkless: set[int] = set()
    for assignment in open_assignments(session, old.id):
        heir = heirs.of(assignment)
        if _is_asked(session, assignment.query_id, heir.id):
            stayed.append(assignment)
            continue
        if _move(session, act, assignment, heir, now=now):
            linkless.add(assignment.id)
        kind = EventKind.ASSIGNMENT_MOVED
        record_assignment(session, kind, assignment, by=by, now=now, old=old.short)
        moved[heir.id].append(assignment)
    for id_, theirs in moved.items():
        heir = session.get_one(Institution, id_)
        own = linkless & {one.id for one in theirs}
        why = Reason.MOVED
        tell_of_work(session, act, heir, theirs, why, about=old, linkless=own, now=now)
    done = tuple(one for theirs in moved.values() for one in theirs)
    return Followed(done, tuple(stayed))


def open_assignments(
    session: Session, institution_id: int, contact_id: int | None = None
) -> list[Assignment]:
    """What a body (or one of its contacts) still owes on queries that run."""
    owed = exists().where(Contribution.assignment_id == Assignment.id, OWED)
    wanted = (
        select(Assignment)
        .join(Assignment.query)
        .options(joinedload(Assignment.query), joinedload(Assignment.institution))
        .where(Assignment.institution_id == institution_id, RUNNING, owed)
        .order_by(Assignment.id)
    )
    if contact_id is not None:
        wanted = wanted.where(Assignment.contact_id == contact_id)
    return list(session.scalars(wanted))


def move_planned(session: Session, assignment: Assignment, old: int, new: int) -> None:
    """What belongs to a moved assignment goes with it: grid cells, waiting mail."""
    asked = select(Question.id).where(Question.query_id == assignment.query_id)
    session.flush()
    quietly = {"synchronize_session": False}
    session.execute(
        update(RoutingCell)
        .where(RoutingCell.institution_id == old, RoutingCell.question_id.in_(asked))
        .values(institution_id=new),
        execution_options=quietly,
    )
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.assignment_id == assignment.id,
            OutboxMessage.institution_id == old,
            UNENDED,
        )
        .values(institution_id=new),
        execution_options=quietly,
    )
    session.expire_all()


def _is_asked(session: Session, query_id: int, institution_id: int) -> bool:
    """Is the body asked the query itself, or planned to be?"""
    asked = exists().where(
        Assignment.query_id == query_id, Assignment.institution_id == institution_id
    )
    planned = exists().where(
        RoutingCell.institution_id == institution_id,
        RoutingCell.question_id == Question.id,
        Question.query_id == query_id,
    )
    return bool(session.scalar(select(asked | planned)))


def _move(
    session: Session,
    act: NetworkAct,
    assignment: Assignment,
    heir: Institution,
    *,
    now: datetime,
) -> bool:
    """One assignment. True: its contact stayed behind, the heir's has no link yet."""
    before, old = facts_of(assignment), assignment.institution_id
    assignment.institution_id = heir.id
    contact = assignment.contact
    is_new = contact is None or contact.institution_id != heir.id
    if is_new:
        to = find_addressee(session, heir.id, office_day(now))
        assignment.contact_id = to.contact_id if to else None
    move_planned(session, assignment, old, heir.id)
    note_change(session, act, assignment, before)
    session.flush()
    return is_new


def _move_people(
    session: Session, act: NetworkAct, old: Institution, heirs: Heirs, last_day: date
) -> None:
    """Contacts and accounts; an address that the heir has already only ends."""
    for contact in contacts_from(session, old.id, last_day):
        before, heir = facts_of(contact), heirs.of(contact)
        if _has_address(session, heir.id, contact.email):
            contact.valid_to = last_day
        else:
            contact.institution_id = heir.id
        note_change(session, act, contact, before)
    for user in session.scalars(select(User).where(User.institution_id == old.id)):
        before = facts_of(user)
        contact_of = session.get(Contact, user.contact_id) if user.contact_id else None
        user.institution_id = heirs.of(contact_of).id if contact_of else heirs.first.id
        note_change(session, act, user, before)
    session.flush()


def _has_address(session: Session, institution_id: int, email: str) -> bool:
    theirs = select(Contact.id).where(
        Contact.institution_id == institution_id,
        func.lower(Contact.email) == email.lower(),
    )
    return session.scalar(theirs.limit(1)) is not None
