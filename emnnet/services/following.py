"""What is open follows a successor: questions, contacts, accounts, waiting mail."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.history import EventKind
from emnnet.domain.moments import office_day
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


def follow(
    session: Session,
    act: NetworkAct,
    old: Institution,
    heir: Institution,
    *,
    contacts: bool,
    last_day: date,
    by: Actor,
    now: datetime,
) -> Followed:
    """Move what is open from a body to its heir, and tell the heir once.

    What is submitted or closed keeps the old body. Personal links keep working: they
    belong to the assignment, and its contact comes along.
    """
    if contacts:
        _move_people(session, act, old, heir, last_day)
    moved, stayed, linkless = [], [], set()
    for assignment in open_assignments(session, old.id):
        if _is_asked(session, assignment.query_id, heir.id):
            stayed.append(assignment)
            continue
        if _move(session, act, assignment, heir, now=now):
            linkless.add(assignment.id)
        record_assignment(
            session,
            EventKind.ASSIGNMENT_MOVED,
            assignment,
            by=by,
            now=now,
            old=old.short,
        )
        moved.append(assignment)
    tell_of_work(
        session, act, heir, moved, Reason.MOVED, about=old, linkless=linkless, now=now
    )
    return Followed(tuple(moved), tuple(stayed))


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
    session: Session,
    act: NetworkAct,
    old: Institution,
    heir: Institution,
    last_day: date,
) -> None:
    """Contacts and accounts; an address that the heir has already only ends."""
    theirs = select(func.lower(Contact.email)).where(Contact.institution_id == heir.id)
    known = set(session.scalars(theirs))
    held = Contact.valid_to.is_(None) | (Contact.valid_to > last_day)
    wanted = select(Contact).where(Contact.institution_id == old.id, held)
    for contact in session.scalars(wanted.order_by(Contact.position)):
        before = facts_of(contact)
        if contact.email.lower() in known:
            contact.valid_to = last_day
        else:
            contact.institution_id = heir.id
        note_change(session, act, contact, before)
    for user in session.scalars(select(User).where(User.institution_id == old.id)):
        before = facts_of(user)
        user.institution_id = heir.id
        note_change(session, act, user, before)
    session.flush()
