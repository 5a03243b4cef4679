"""A contact leaves: open questions go back, the rest keeps the name."""

import pytest
from sqlalchemy import select

from emnnet.domain.errors import DomainError
from emnnet.domain.roles import Role
from emnnet.models.contact import Contact
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task, TaskKind
from emnnet.selectors.contacts import find_addressee
from emnnet.services.leaving import leave, what_follows
from emnnet.services.network_undo import undo_act
from tests.builders import (
    COORDINATOR,
    a_contact,
    a_query,
    a_user,
    an_assignment,
    an_institution,
)
from tests.conftest import NOON

TODAY = NOON.date()
DONE = {"by": COORDINATOR, "now": NOON}
MAIL = "person@example.org"


@pytest.fixture
def unit(session):
    unit = an_institution(session, email=MAIL)
    a_contact(session, unit, email="colleague@example.org", position=2)
    return unit


def the_person(session, unit):
    return session.scalars(
        select(Contact).where(Contact.institution_id == unit.id, Contact.email == MAIL)
    ).one()


def test_d10_open_ones_go_back_to_the_inbox_and_the_account_lives_on(session, unit):
    other = an_institution(session, email=MAIL)
    person = the_person(session, unit)
    account = a_user(
        session, Role.CONTACT, email=MAIL, institution_id=unit.id, contact_id=person.id
    )
    opened = [an_assignment(session, institution=unit) for _ in range(2)]
    submitted = an_assignment(session, institution=unit)
    for one in session.scalars(
        select(Contribution).where(Contribution.assignment_id == submitted.id)
    ):
        one.latest_number = 1
    closed = an_assignment(
        session, institution=unit, query=a_query(session, closed_at=NOON)
    )
    leave(session, person, **DONE)
    session.commit()
    assert [one.contact_id for one in opened] == [None, None]
    assert [submitted.contact_id, closed.contact_id] == [person.id, person.id]
    assert (account.institution_id, account.deactivated_at) == (other.id, None)
    told = session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == "handed_on")
    ).all()
    assert [one.recipient for one in told] == ["colleague@example.org"]
    assert len(told[0].facts["handed"]) == 2


def test_d10_an_account_without_another_unit_is_closed_and_comes_back(session, unit):
    person = the_person(session, unit)
    account = a_user(
        session, Role.CONTACT, email=MAIL, institution_id=unit.id, contact_id=person.id
    )
    act = leave(session, person, **DONE)
    assert account.deactivated_at == NOON
    undo_act(session, act, **DONE)
    assert (account.deactivated_at, person.valid_to) == (None, None)


def test_d11_the_last_contact_leaves_after_a_warning(session):
    unit = an_institution(session, email=MAIL, mailbox="info@unit.example.org")
    person = the_person(session, unit)
    assert what_follows(session, person, TODAY).is_last
    with pytest.raises(DomainError):
        leave(session, person, **DONE)
    session.rollback()
    leave(session, person, knows_last=True, **DONE)
    session.commit()
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.institution_id) == (TaskKind.NO_CONTACT, unit.id)
    to = find_addressee(session, unit.id, TODAY)
    assert to.email == "info@unit.example.org"


def test_who_has_left_cannot_leave_again(session, unit):
    person = the_person(session, unit)
    leave(session, person, **DONE)
    with pytest.raises(DomainError):
        leave(session, person, **DONE)
