"""A contact leaves an institution: open questions go back to its inbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n, message
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor, Role
from emnnet.models.assignment import Assignment
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.network_change import ActKind, NetworkAct
from emnnet.models.task import TaskKind
from emnnet.models.user import User
from emnnet.services.accounts import deactivate
from emnnet.services.contacts import told
from emnnet.services.contribution_events import record_assignment
from emnnet.services.events import record_office
from emnnet.services.following import open_assignments
from emnnet.services.handing_on import Reason, tell_of_work
from emnnet.services.network_edits import facts_of, note_change, open_act, seal_act
from emnnet.services.tasks import open_task

STREAM = "contacts"
LEFT = _n("A contact left: %(what)s")
GONE = _n("This contact has left already.")
LAST = _n(
    "This is the last contact of the institution: say that you know it, "
    "or add another contact first."
)


@dataclass(frozen=True)
class Leaving:
    """What follows when a contact leaves today."""

    open: tuple[Assignment, ...]
    is_last: bool
    mailbox: str | None
    other_units: tuple[Institution, ...]


def what_follows(session: Session, contact: Contact, today: date) -> Leaving:
    """What would happen, for the page that asks before."""
    others = _held(today) & (Contact.id != contact.id)
    mine = Contact.institution_id == contact.institution_id
    same = func.lower(Contact.email) == contact.email.lower()
    rows = session.execute(
        select(Institution, same.label("is_same"))
        .join(Contact)
        .where(others, mine | same)
        .order_by(Institution.name_en)
    ).all()
    return Leaving(
        tuple(open_assignments(session, contact.institution_id, contact.id)),
        all(body.id != contact.institution_id for body, _ in rows),
        contact.institution.mailbox,
        tuple(dict.fromkeys(body for body, is_same in rows if is_same)),
    )


def leave(
    session: Session,
    contact: Contact,
    *,
    by: Actor,
    now: datetime,
    why: str = "",
    knows_last: bool = False,
) -> NetworkAct:
    """The contact is no longer one of the institution's, from today on.

    What is open goes back to the institution's inbox, and it is told once; what is
    submitted or closed keeps the name. Raises `DomainError` for the last contact
    unless whoever does it knows that.
    """
    today, body = office_day(now), contact.institution
    if contact.valid_to is not None and contact.valid_to < today:
        raise DomainError(GONE)
    follows = what_follows(session, contact, today)
    if follows.is_last and not knows_last:
        raise DomainError(LAST)
    said = message(LEFT, what=told(body, contact))
    act = open_act(session, ActKind.LEFT, said, by=by, now=now, why=why)
    before = facts_of(contact)
    contact.valid_to = today - timedelta(days=1)
    note_change(session, act, contact, before)
    _free_accounts(session, act, contact, today, by=by, now=now)
    _back(session, act, body, follows.open, by=by, now=now)
    if follows.is_last:
        _mark(session, act, body, now=now)
    seal_act(session, act)
    kind = EventKind.CONTACT_LEFT
    record_office(session, STREAM, kind, by=by, now=now, contact=contact.id)
    return act


def _back(
    session: Session,
    act: NetworkAct,
    body: Institution,
    opened: Sequence[Assignment],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """What is open goes back to the inbox, and the institution is told once."""
    for assignment in opened:
        _to_inbox(session, act, assignment, by=by, now=now)
    session.flush()
    linkless = {one.id for one in opened}
    tell_of_work(
        session, act, body, opened, Reason.LEFT, about=body, linkless=linkless, now=now
    )


def _to_inbox(
    session: Session,
    act: NetworkAct,
    assignment: Assignment,
    *,
    by: Actor,
    now: datetime,
) -> None:
    before = facts_of(assignment)
    assignment.contact_id = None
    note_change(session, act, assignment, before)
    record_assignment(session, EventKind.BACK_TO_INBOX, assignment, by=by, now=now)


def _free_accounts(
    session: Session,
    act: NetworkAct,
    contact: Contact,
    today: date,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """An account lives on for another unit of the same person; else it is closed."""
    own = or_(User.contact_id == contact.id, User.email == contact.email.lower())
    users = select(User).where(
        own,
        User.role == Role.CONTACT,
        User.institution_id == contact.institution_id,
        User.deactivated_at.is_(None),
    )
    same = func.lower(Contact.email) == contact.email.lower()
    other = session.scalars(
        select(Contact)
        .where(same, _held(today), Contact.id != contact.id)
        .order_by(Contact.id)
    ).first()
    for user in session.scalars(users):
        before = facts_of(user)
        if other is None:
            deactivate(session, user, by=by, now=now)
        else:
            user.institution_id, user.contact_id = other.institution_id, other.id
        note_change(session, act, user, before)


def _mark(
    session: Session, act: NetworkAct, body: Institution, *, now: datetime
) -> None:
    """The office has to find somebody: a task, whether or not there is a mailbox."""
    open_task(
        session,
        TaskKind.NO_CONTACT,
        f"no_contact:{act.id}:{body.id}",
        now=now,
        institution_id=body.id,
        institution=body.short,
        mailbox=body.mailbox or "",
    )


def _held(today: date) -> ColumnElement[bool]:
    """Contacts that are there today or will be."""
    return or_(Contact.valid_to.is_(None), Contact.valid_to >= today)
